/** What the page says of a study while somebody changes settings, stops it or looks on with a keyboard or a screen reader. */
import { readFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { WITHOUT_FIGURES } from '../support/page.ts';

/** One seed, two steps, no analysis, a task of few images: most of a short study is its validations, one per step. */
const SHORT =
  'backbone=emoji-clip-2&task=food&seeds=0&steps=2&batch=4&landscape=off&shapley=off&pruning=off&test-images=20';
/** Never done by itself. */
const LONG = SHORT.replace('steps=2', 'steps=90000');

const console_ = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });
const button = (page: Page, name: string | RegExp) => console_(page).getByRole('button', { name });
const bar = (page: Page) => page.getByRole('progressbar', { name: /^Progress/ });

/** What begins a study, also beside what resumes one that was stopped. */
const BEGINS = /^(Run|Start over)/;

async function run(page: Page): Promise<void> {
  await button(page, BEGINS).click();
  await expect(button(page, 'Pause')).toBeEnabled();
  await expect(console_(page).getByText(/^step [\d,]+ of/)).toBeVisible();
}

/** It is under way while it pauses, too, and a machine that tests share has more to do than to train. */
async function pause(page: Page): Promise<void> {
  await button(page, 'Pause').click();
  await expect(button(page, 'Resume')).toBeVisible();
}

async function setSteps(page: Page, steps: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Steps/ });
  await field.fill(steps);
  await field.press('Enter');
}

test('a study under way keeps the focus on its button and its own settings, whatever is set meanwhile, and the page says so', async ({
  page,
}) => {
  await page.goto(`?${LONG}`);
  await test.step('its report holds figures of it alone, and says that it runs', () => savesItself(page));
  await test.step('the focus stays on the button that runs, pauses and goes on, and a stop is told', () =>
    keepsTheFocus(page));
  await test.step('a study under way goes on with its own settings, and the page says so', () =>
    keepsItsSettings(page));
  await test.step('settings changed while a study starts are not taken for its own', () => keepsThemFromTheStart(page));
});

async function savesItself(page: Page): Promise<void> {
  // Most figures still show the saved result, which is of another task.
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await run(page);
  await pause(page);
  const earlier = page.locator('[data-earlier]').getByRole('figure', { name: 'Accuracy of every class' });
  await expect(earlier).toBeVisible();
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await expect(share.getByText(/^The study is still running: the link holds it up to step [\d,]+\.$/)).toBeVisible();
  await share.getByRole('button', { name: /^Files/ }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    share.getByRole('button', { name: 'Report', exact: true }).click(),
  ]);
  const report = await readFile(await saved.path(), 'utf8');
  expect(report).toContain('still running: what is done so far is shown');
  const titles = [...report.matchAll(/<section><h2>([^<]*)</g)].map(([, title]) => title);
  expect(titles.filter((title) => title !== 'Training')).toEqual(['At a glance', 'Settings', 'Appendix']);
  await share.press('Escape');
  await button(page, /^Stop/).click();
  await expect(button(page, 'Start over')).toBeEnabled();
}

async function keepsTheFocus(page: Page): Promise<void> {
  await expect(button(page, 'Start over')).toBeEnabled();
  await button(page, 'Start over').focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Pause')).toBeFocused();
  await expect(console_(page).getByText(/^step [\d,]+ of/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Resume')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Pause')).toBeFocused();
  await button(page, /^Stop/).focus();
  await page.keyboard.press('Enter');
  await expect(button(page, /^Resume at step/)).toBeFocused();

  // Who stops a study hears that it was stopped, and the bar stays where it was.
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(console_(page).getByText(/^stopped at step [\d,]+ of 90,000$/)).toBeVisible();
  await expect(bar(page)).not.toHaveAttribute('aria-valuenow', '100');
  await expect(console_(page).locator('[aria-live]')).toHaveText('The study was stopped.');
  // It has tested no arm: there is no difference to explain.
  await expect(page.getByText('No arm has been tested yet.')).toBeVisible();
  // Rows of pictures that nobody will be asked about any more are not left empty.
  await expect(page.getByText('ended before it was asked').first()).toBeVisible();
  await expect(page.getByText(/^Difference: second arm minus first/)).toHaveCount(0);
}

async function keepsItsSettings(page: Page): Promise<void> {
  await run(page);
  await pause(page);
  const progress = await console_(page)
    .getByText(/^step [\d,]+ of/)
    .innerText();
  const note = console_(page).getByText('goes on with the settings it began with');
  await expect(note).toBeHidden();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  await setSteps(page, '40');
  await expect(note).toBeVisible();
  await expect(console_(page).getByText(/steps 90000 → 40/)).toBeVisible();
  // What is shown is of the study under way.
  await expect(console_(page).getByText(/1\sseed\s×\s90,000\ssteps, computing on this device/)).toBeVisible();
  await expect(console_(page).getByText(/^step [\d,]+ of 90,000$/)).toBeVisible();
  expect(await violations(console_(page))).toEqual([]);

  await page.getByRole('button', { name: /^Preset/ }).click();
  await page.getByRole('menuitem', { name: 'Geometry', exact: true }).click();
  await expect(console_(page).getByText(/^Train$/)).toBeVisible();
  await expect(console_(page).getByText(/^Plane$/)).toBeHidden();
  await expect(note).toBeVisible();
  await console_(page).getByRole('button', { name: 'Take its settings back' }).click();
  await expect(note).toBeHidden();
  await expect(page.getByRole('button', { name: /^Training 90,000 steps/ })).toBeVisible();

  await setSteps(page, '40');
  await button(page, 'Resume').click();
  const step = console_(page).getByText(/^step [\d,]+ of 90,000$/);
  await expect(step).not.toHaveText(progress);
  await button(page, /^Stop/).click();
  await expect(console_(page).getByText(/90,000\ssteps, stopped at step [\d,]+ of 90,000 ·/)).toBeVisible();
  await expect(console_(page).getByText('Changed since the result shown:')).toBeVisible();
  await expect(note).toBeHidden();
}

async function keepsThemFromTheStart(page: Page): Promise<void> {
  await setSteps(page, '90000');
  await expect(button(page, BEGINS)).toBeEnabled();
  // Before the worker has answered, in one task.
  await button(page, BEGINS).focus();
  await page.keyboard.press('Enter');
  await setSteps(page, '77');
  await expect(console_(page).getByText('goes on with the settings it began with')).toBeVisible();
  await expect(console_(page).getByText(/^step [\d,]+ of 90,000$/)).toBeVisible();
  await button(page, /^Stop/).click();
  await expect(button(page, /^Run/)).toBeVisible();
  await expect(page.getByText('Computed here')).toBeVisible();
}

test('the bar is full at the end, screen readers hear once that it is, and a button that goes away hands the focus on', async ({
  page,
}) => {
  await page.goto(`?${WITHOUT_FIGURES}&${SHORT}`);
  await expect(button(page, /^Run/)).toBeEnabled();
  await page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const line = document.querySelector('section[aria-label="Run"] [aria-live]')!;
    new MutationObserver(() => spoken.push(line.textContent ?? '')).observe(line, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const spoken = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  await button(page, /^Run/).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(bar(page)).toHaveAttribute('aria-valuenow', '100');
  await expect(console_(page).getByText('done', { exact: true })).toBeVisible();
  await expect(console_(page).getByText(/1\sseed\s×\s2\ssteps/)).toBeVisible();
  await expect(console_(page).locator('[aria-live]')).toHaveText('The study is done.');
  expect((await spoken()).filter((text) => text.includes('done'))).toHaveLength(1);
  // It goes away when it starts a study.
  await page.getByRole('button', { name: 'More seeds' }).focus();
  await page.keyboard.press('Enter');
  await expect(console_(page).getByText(/3\sseeds\s×\s2\ssteps, computed/)).toBeVisible();
  await expect(button(page, /^Run/)).toBeFocused();
  await expect(console_(page).locator('[aria-live]')).toHaveText('The study is done.');
  // Nothing is said of a study that is over when its settings are changed for the next one.
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  await setSteps(page, '13');
  await expect(console_(page).getByText('Changed since the result shown:')).toBeVisible();
  expect((await spoken()).at(-1)).toBe('The study is done.');
  // In its place stands the way back.
  await page.getByRole('button', { name: 'Show the saved result' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Back to my own result' })).toBeFocused();
});

test('the keyboard goes on beside a control that leaves the page or becomes disabled, and never at the top', async ({
  page,
}) => {
  await page.goto(`?${WITHOUT_FIGURES}&${SHORT}`);
  await expect(button(page, /^Run/)).toBeEnabled();
  const named = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await named('Close').press('Enter');
  await expect(named('Open the study')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Study', exact: true })).toBeFocused();

  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  await named(/^Reset Steps/).press('Enter');
  await expect(named('About Steps')).toBeFocused();
  await named('Add arm').click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('button', { name: /^CopRA r \d/ }).click();
  await named('Remove CopRA').press('Enter');
  await expect(page.getByRole('button', { name: /^LoRA 2/ })).toBeFocused();

  await page.getByRole('button', { name: /^Camera and single pictures/ }).click();
  await named('Select').press('Enter');
  await expect(named('Choose pictures').last()).toBeFocused();
  // By a pointer, too.
  await named('Add a class').click();
  await named('Remove the class class 2').click();
  await expect(named('Remove the class class 3').or(named('Choose pictures').last())).toBeFocused();
  // Who presses into nothing leaves the controls.
  await page
    .getByRole('heading', { name: 'Study', exact: true })
    .locator('..')
    .click({ position: { x: 1, y: 1 } });
  await expect(page.locator('body')).toBeFocused();
});

test('the keyboard goes on where the reader sees it, and stays at the language with lessons open', async ({ page }) => {
  // As in Safari before 17.4.
  await page.addInitScript('delete Element.prototype.checkVisibility');
  await page.setViewportSize({ width: 1440, height: 450 });
  await page.goto(`?${SHORT}`);
  await expect(button(page, /^Run/)).toBeEnabled();
  const named = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await test.step('a pointer leaves alone what is out of view, and Space scrolls', async () => {
    await named('Close').click();
    await expect(named('Close')).toHaveCount(0);
    await expect(named('Open the study')).not.toBeInViewport();
    await expect(page.locator('body')).toBeFocused();
    await page.keyboard.press('Space');
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    await expect(named('Close')).toHaveCount(0);
  });
  await test.step('a key brings it into view', async () => {
    await named('Open the study').press('Enter');
    await expect(page.getByRole('heading', { name: 'Study', exact: true })).toBeFocused();
    await named('Close').focus();
    await page.evaluate(() => window.scrollTo(0, 900));
    await page.keyboard.press('Enter');
    await expect(named('Open the study')).toBeFocused();
    await expect(named('Open the study')).toBeInViewport({ ratio: 1 });
    expect((await named('Open the study').boundingBox())!.y).toBeGreaterThan(57);
  });
  await test.step('another language, with a lesson open and with their list', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const lessons = page.getByRole('complementary');
    const language = page.locator('[data-languages]');
    await named('Take the tour').click();
    await expect(lessons.getByRole('heading', { level: 3 })).toBeFocused();
    await language.press('Enter');
    await expect(language).toHaveAccessibleName('English');
    await expect(language).toBeFocused();
    await expect(language).toBeInViewport();
    await lessons.getByRole('button', { name: 'Alle Lektionen' }).press('Enter');
    await expect(lessons.getByRole('heading', { level: 2 })).toBeFocused();
    await language.press('Enter');
    await expect(language).toHaveAccessibleName('Deutsch');
    await expect(language).toBeFocused();
    await lessons.getByRole('button', { name: 'Close the lessons' }).press('Enter');
    await expect(page.locator('[data-opens-lessons]')).toBeFocused();
    await expect(page.locator('[data-opens-lessons]')).toBeInViewport({ ratio: 1 });
  });
});
