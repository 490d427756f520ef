/** Lessons, teacher's links, presenter mode and class results on the built page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import type { StudyResult } from '../../src/study/result/result.ts';
import { mapResultFixture } from '../fixtures/map-result.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { readJsonFile } from '../support/files.ts';
import { ofFirstSeeds } from '../support/first-seeds.ts';
import { complaints, drop } from '../support/page.ts';

test.use({ locale: 'en-GB' });

const lesson = (page: Page) => page.getByRole('complementary');
const part = (page: Page, name: string) => page.locator(`[data-lesson-target="${name}"]`);

test('lesson 3: a prediction uncovers the chart, the next step too, and a reload goes on there', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await expect(lesson(page).getByRole('heading', { name: 'Lessons', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Start 3. Two seeds, one task' }).click();
  await expect(lesson(page).getByRole('heading', { name: 'Average two good adapters' })).toBeFocused();
  await expect(lesson(page).locator('.katex').first()).toBeVisible();
  await expect(part(page, 'path-pictures').getByText('Make your prediction in the lesson first.')).toBeVisible();
  await expect(part(page, 'landscape').getByText('The next steps of the lesson ask about this.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Barrier/ })).toHaveCount(0);
  // What was found is covered, too, and leaves no empty line above the page.
  await expect(page.locator('main > :first-child')).not.toHaveText('');
  // Paper shows the result.
  await page.emulateMedia({ media: 'print' });
  await expect(part(page, 'path-pictures').getByText('Make your prediction in the lesson first.')).toBeHidden();
  await expect(page.getByRole('figure', { name: 'Landscape between two seeds' })).toBeVisible();
  await expect(part(page, 'path-pictures')).toHaveCSS('outline-style', 'none');
  await page.emulateMedia({ media: 'screen' });
  await expect(part(page, 'path-pictures')).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('figure', { name: 'Landscape between two seeds' })).toHaveCount(0);
  // The panel lies beside the chart, not over it.
  const [panel, chart] = [await lesson(page).boundingBox(), await part(page, 'path-pictures').boundingBox()];
  expect(chart!.x + chart!.width).toBeLessThanOrEqual(panel!.x);

  await lesson(page).getByRole('button', { name: 'Clearly worse' }).press('Enter');
  await expect(lesson(page).getByText('How far the path falls below the straight line')).toBeVisible();
  const [barrier] = (await page.getByRole('row', { name: /^Barrier/ }).innerText()).match(/\d+\.\d/)!;
  await expect(lesson(page).getByText(`barrier: ${barrier} points here`)).toBeVisible();
  await expect(part(page, 'path-pictures').getByRole('slider').first()).toBeVisible();
  // The product path stays covered: the next step asks about it.
  await expect(part(page, 'landscape').getByText('The next steps of the lesson ask about this.')).toBeVisible();
  expect(await violations(lesson(page))).toEqual([]);
  expect(await violations(part(page, 'path-pictures'))).toEqual([]);

  await lesson(page).getByRole('button', { name: 'Next' }).press('Enter');
  await expect(lesson(page).getByRole('heading', { name: 'Why it fails' })).toBeFocused();
  await lesson(page).getByRole('button', { name: 'Close to nothing' }).press('Enter');
  await expect(part(page, 'landscape').getByText(/ask about this/)).toHaveCount(0);
  await page.reload();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Go on 3. Two seeds, one task' }).click();
  await expect(lesson(page).getByText('Step 2 of 5')).toBeVisible();
  expect(heard).toEqual([]);
});

test('lesson 5: an answer brings the panel that is meant into view', async ({ page }) => {
  await page.goto('?lesson=pruning/weights');
  await expect(part(page, 'weights').getByText('Make your prediction in the lesson first.')).toBeVisible();
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await lesson(page).getByRole('button', { name: 'Neither', exact: true }).click();
  await expect(part(page, 'weights').getByText('Smallest of all A and B together')).toBeInViewport();
  await expect(lesson(page).getByText('With nothing removed the difference is')).toBeVisible();
});

test('lesson 2: the small study runs on bundled data and is read when it ends', async ({ page }) => {
  await page.goto('?lesson=lora/train&shots=5');
  await lesson(page).getByRole('button', { name: 'Clearly above zero-shot' }).click();
  await expect(lesson(page).getByText('Run the step to see your own.')).toBeVisible();
  await lesson(page).getByRole('button', { name: 'Train one adapter per arm, 100 steps' }).click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 160_000 });
  await expect(lesson(page).getByText(/Your run ends at/)).toBeVisible();
  await expect(lesson(page).getByText('✓ Done')).toBeVisible();
  // Another lesson asks about more than the run holds: the saved result has it, and the run comes back.
  await lesson(page).getByRole('button', { name: 'All lessons' }).click();
  await lesson(page).getByRole('button', { name: 'Start 3. Two seeds, one task' }).click();
  await lesson(page).getByRole('button', { name: 'Clearly worse' }).click();
  await expect(lesson(page).getByText('The result on the page does not hold these numbers.')).toBeVisible();
  await expect(lesson(page).getByText('✓ Done')).toHaveCount(0);
  await lesson(page).getByRole('button', { name: 'Show the saved result' }).click();
  await expect(lesson(page).getByText('How far the path falls below the straight line')).toBeVisible();
  await expect(lesson(page).getByText('✓ Done')).toBeVisible();
  await page.getByRole('button', { name: 'Back to my own result' }).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  // The step has taken in that the run is back: what stands below it does not move any more.
  await expect(lesson(page).getByRole('button', { name: 'Show the saved result' })).toBeVisible();
  // The learner's own settings come back.
  await lesson(page).getByRole('button', { name: 'Put my own settings back' }).click();
  await expect(page).toHaveURL(/shots=5/);
});

test('a link names a step by its number, and says what it cannot find', async ({ page }) => {
  await page.goto('?lesson=shapley/3');
  await expect(lesson(page).getByText('Step 3 of 5')).toBeVisible();
  await page.goto('?lesson=shapley/9');
  await expect(lesson(page).getByText('Step 1 of 5')).toBeVisible();
  await expect(page.getByRole('main').getByText(/The step of “lesson=shapley\/9” is skipped/)).toBeVisible();
  await page.goto('?lesson=nonsense');
  await expect(lesson(page).getByRole('button', { name: 'Start 4. Who does the work?' })).toBeVisible();
  await expect(page.getByText(/“lesson=nonsense” is skipped/)).toBeVisible();
});

test('lesson 4: Shapley values by hand, with the keyboard, on a phone in German', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('?lesson=shapley/by-hand&lang=de');
  await expect(lesson(page).getByText('Schritt 2 von 5')).toBeVisible();
  const layers = [
    { layer: 1, added: ['3', '6', '0', '9'], value: '5' },
    { layer: 2, added: ['6', '9', '9', '18'], value: '11' },
    { layer: 3, added: ['12', '9', '15', '18'], value: '14' },
  ];
  for (const { layer, added, value } of layers) {
    await lesson(page)
      .getByRole('radio', { name: `Schicht ${layer}` })
      .press('Space');
    const fields = lesson(page).getByRole('textbox', { name: `Beitrag von Schicht ${layer} zu` });
    for (const [i, text] of added.entries()) await fields.nth(i).fill(text);
    await lesson(page)
      .getByRole('textbox', { name: `Shapley-Wert von Schicht ${layer}` })
      .fill(value);
  }
  await expect(lesson(page).getByText('Zusammen 5 + 11 + 14: genau 60')).toBeVisible();
  await expect(lesson(page).getByText('✓ Erledigt')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await violations(lesson(page))).toEqual([]);
});

test('the longest formulas are seen whole on a small phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of ['?lesson=pruning/gain&lang=de', '?lesson=merging/clients']) {
    await page.goto(address);
    const formula = lesson(page).locator('.katex-display').first();
    await expect(formula).toBeAttached();
    await page.evaluate(() => document.fonts.ready);
    const beyond = (element: HTMLElement): number =>
      element.querySelector('.katex-html')!.scrollWidth - element.getBoundingClientRect().width;
    expect(await formula.evaluate(beyond), address).toBeLessThanOrEqual(0);
  }
});

test('lesson 7: opens the map, covers it until the prediction, and reads it corner by corner', async ({ page }) => {
  const heard = complaints(page);
  await page.route('**/showcase/regime-map.json', (route) => route.fulfill({ json: mapResultFixture() }));
  await page.goto('?lesson=honest/regimes');
  await expect(part(page, 'map').getByText('Make your prediction in the lesson first.')).toBeVisible();
  await lesson(page).getByRole('button', { name: 'Few pictures, low rate' }).click();
  await expect(part(page, 'map').getByRole('link')).toHaveCount(16);
  await expect(
    lesson(page).getByText(/training images per class 8 to 16, learning rate 1e-\u2060?3 to 3e-\u2060?3: mean/),
  ).toBeVisible();
  await expect(lesson(page).getByText('Of all 16 cells that are done')).toBeVisible();
  expect(await violations(lesson(page))).toEqual([]);
  await lesson(page).getByRole('button', { name: 'Next' }).click();
  await lesson(page).getByRole('button', { name: 'A larger share' }).click();
  await expect(lesson(page).getByText('gain kept, every other layer kept, corner by corner')).toBeVisible();
  expect(heard).toEqual([]);
});

test('lesson 7: asks of a control, and leads to the saved study that has it', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('?lesson=honest/control');
  await expect(part(page, 'layers').getByText('Make your prediction in the lesson first.')).toBeVisible();
  await lesson(page).getByRole('button', { name: 'The control, without a ramp' }).click();
  await expect(lesson(page).getByText('The result on the page does not hold these numbers.')).toBeVisible();
  await expect(lesson(page).getByText('✓ Done')).toHaveCount(0);
  await lesson(page).getByRole('button', { name: 'Show the saved study “Controls”' }).click();
  await expect(lesson(page).getByText('in this measure the control keeps more')).toBeVisible();
  await expect(lesson(page).getByText('✓ Done')).toBeVisible();
  await expect(part(page, 'layers').getByText('Constant layer drop').first()).toBeVisible();
  expect(await violations(lesson(page))).toEqual([]);
  expect(heard).toEqual([]);
});

test('lesson 7: stands without a saved map, on a phone and when presented', async ({ page }) => {
  await page.route('**/showcase/regime-map.json', (route) => route.fulfill({ status: 404 }));
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto('?lesson=honest/regimes');
  await lesson(page).getByRole('button', { name: 'Many pictures, low rate' }).click();
  await expect(
    lesson(page).getByText('No cell of the map can be compared yet, and none came with the page.'),
  ).toBeVisible();
  await expect(part(page, 'map').getByRole('button', { name: 'Run 16 cells here' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('?lesson=honest/map&present');
  await expect(page.getByRole('heading', { level: 2, name: 'Ask the map something else' })).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: 'Run 16 cells here' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('a teacher’s link hides, locks, chooses the preset, and is made in a dialog', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Make a teacher’s link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a teacher’s link' });
  const choose = (name: string, state: string) =>
    dialog.getByRole('radiogroup', { name, exact: true }).getByRole('radio', { name: state }).click();
  await choose('Adapters', 'Hidden');
  await choose('Seeds', 'Locked');
  await choose('Presets', 'Locked');
  await dialog.getByRole('button', { name: /Preset/ }).click();
  await page.getByRole('option', { name: 'Quick' }).click();
  // The library puts popovers beside the landmarks of the page, and makes the rest inert.
  expect(await violations(dialog, { without: ['region'] })).toEqual([]);
  const link = await dialog.getByRole('textbox', { name: 'Teacher’s link' }).inputValue();
  expect(link).toMatch(/\?preset=quick&hide=adapters&lock=seeds,presets$/);

  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Preset: Quick' })).toBeDisabled();
  await expect(part(page, 'adapters')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Seeds per arm' })).toHaveValue('2');
  await expect(page.getByRole('textbox', { name: 'Seeds per arm' })).toBeDisabled();
  await expect(page.getByRole('group', { name: 'Seeds: locked by the link you opened' })).toBeVisible();
  await page.getByRole('button', { name: 'Draw seeds' }).click({ force: true });
  await expect(page.getByText('0, 1', { exact: true })).toBeVisible();
  expect(await violations(page.getByRole('region', { name: 'Study', exact: true }))).toEqual([]);
  await page.goto('?hide=nonsense');
  await expect(page.getByText('“hide=nonsense” is skipped')).toBeVisible();
});

test('presenter mode goes by keyboard alone', async ({ page }) => {
  await page.goto('?lesson=two-seeds/average&present');
  await expect(page.getByRole('heading', { level: 2, name: 'Average two good adapters' })).toBeFocused();
  const pictures = page.getByRole('figure', { name: 'Pictures between two seeds' });
  const chart = page.getByRole('figure', { name: 'Landscape between two seeds' });
  await expect(pictures).toHaveCount(0);
  await page.keyboard.press('3');
  await expect(pictures).toBeVisible();
  await expect(page.getByText('How far the path falls below')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('heading', { level: 2, name: 'Why it fails' })).toBeFocused();
  await expect(chart).toHaveCount(0);
  // Passed without an answer: the outcome is shown, nothing moves on.
  await page.keyboard.press('ArrowRight');
  await expect(chart).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { level: 2, name: 'What CopRA does differently' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { level: 2, name: 'Why it fails' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'CopRA Playground' })).toBeVisible();
});

test('what a teacher’s link hides is not presented, and no button leads to it', async ({ page }) => {
  await page.goto('?lesson=two-seeds/why&hide=landscape');
  await expect(lesson(page).getByRole('heading', { name: 'Why it fails' })).toBeVisible();
  await expect(lesson(page).getByRole('button', { name: /^Show on the page/ })).toHaveCount(0);
  await page.goto('?lesson=two-seeds/why&hide=landscape&present');
  await expect(page.getByRole('heading', { level: 2, name: 'Why it fails' })).toBeFocused();
  await page.keyboard.press('3');
  await expect(page.getByText('On the product path LoRA’s barrier is')).toBeVisible();
  await expect(page.getByRole('figure')).toHaveCount(0);
});

test('presented, every step begins at its title, and says which keys do something', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('?lesson=two-seeds/why&present');
  const title = page.getByRole('heading', { level: 2 }).first();
  await expect(title).toHaveText('Why it fails');
  await page.keyboard.press('3');
  await expect(page.getByRole('figure', { name: 'Landscape between two seeds' })).toBeVisible();
  await expect(title).not.toBeInViewport();
  for (const key of ['ArrowRight', 'ArrowLeft']) {
    await page.keyboard.press(key);
    await expect(title).toBeInViewport();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
  await expect(page.getByText('1–3 choose · Esc leave')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('↑ ↓ scroll · Esc leave')).toBeVisible();
  // Loaded anew, the lesson goes on where it was; and out of presenter mode once that was left.
  await page.reload();
  await expect(title).toHaveText('What CopRA does differently');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(lesson(page).getByText('Step 3 of 5')).toBeVisible();
});

test('presented, a figure taller than the window is seen to its end', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto('?lesson=two-seeds/compare&present&lang=de');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.keyboard.press('2');
  const picture = page.getByRole('figure').locator('svg[data-picture]');
  await expect(picture).toBeVisible();
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }));
  const below = async (): Promise<number> =>
    (await picture.evaluate((element) => element.getBoundingClientRect().bottom)) -
    (await page.locator('footer').evaluate((element) => element.getBoundingClientRect().top));
  await expect.poll(below).toBeLessThanOrEqual(0);
});

test('a result without what a lesson asks about leads to the saved one, presented too', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('?lesson=two-seeds/average&present&preset=federated');
  const title = page.getByRole('heading', { level: 2 }).first();
  await expect(title).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('This result does not say which pictures are right between two seeds')).toBeVisible();
  await expect(page.getByText('The result on the page does not hold these numbers.')).toBeVisible();
  await page.getByRole('button', { name: 'Show the saved result' }).click();
  await expect(page.getByText('How far the path falls below')).toBeVisible();
  // Of a sweep, the lesson reads the value that the chart shows.
  await page.goto('?lesson=picture/mistakes&present&preset=learning-rates');
  await expect(title).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByText(/^LoRA, lr 3e-\u2060?3 is least often right about/)).toBeVisible();
  await expect(page.getByText('Not on this screen: See it decide. Esc leads to the page.')).toBeVisible();
  expect(heard).toEqual([]);
});

/** A file of the first seeds of the saved study, with other numbers for them. */
function handIn(name: string, count: number, shift: number): string {
  const saved = ofFirstSeeds(readJsonFile('public/showcase/full.json') as StudyResult, count);
  const file = test.info().outputPath(name);
  const ofRun = <T extends { readonly seed: number }>(entry: T): T => ({ ...entry, seed: entry.seed + shift });
  const ofSeeds = <T extends { readonly seeds: readonly number[] }>(entry: T): T => ({
    ...entry,
    seeds: entry.seeds.map((seed) => seed + shift),
  });
  const result: StudyResult = {
    ...saved,
    config: ofSeeds(saved.config),
    runs: saved.runs.map(ofRun),
    landscape: saved.landscape.map(ofSeeds),
    shapley: saved.shapley.map(ofRun),
    pruning: saved.pruning.map(ofRun),
  };
  writeFileSync(file, JSON.stringify(result));
  return file;
}

test('results of a class are dropped together', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await drop(page, handIn('anna.json', 4, 0), handIn('ben.json', 4, 2));
  const figure = page.getByRole('figure', { name: 'Class results' });
  await expect(figure.locator('svg[data-picture]')).toBeVisible();
  await expect(figure.getByText('2 files · 16 runs')).toBeVisible();
  await expect(page.getByText('4 of the 16 runs repeat a run of somebody else')).toBeVisible();
  await expect(figure.getByText(/LoRA .* over 6 values; CopRA .* over 6 values\. 4 values of repeated/)).toBeVisible();
  await figure.getByRole('button', { name: 'Data table (16 rows)' }).click();
  await expect(figure.getByRole('row', { name: /^ben LoRA 2 / })).toBeVisible();
  // The study on the page is still there.
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  expect(await violations(figure)).toEqual([]);
  await page.getByRole('button', { name: 'Show ben' }).click();
  await expect(page.getByText('From the file', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Close the class' }).click();
  await expect(figure).toHaveCount(0);
});

test('a class of 25 is no wider than the window, and says why its files are not one study', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  const files = Array.from({ length: 25 }, (_, i) => handIn(`marie-${String(i + 1)}-hoffmann.json`, 2, 10 + 2 * i));
  await drop(page, ...files.slice(0, 15));
  await expect(page.getByRole('button', { name: 'Unite into one study: seeds 10–39' })).toBeVisible();
  await drop(page, ...files.slice(15));
  const part = page.getByRole('region', { name: 'Class results' });
  await expect(part.getByText('25 files · 100 runs')).toBeVisible();
  await expect(part.getByText('Together they have 50 seeds; a study has at most 32.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Unite/ })).toHaveCount(0);
  for (const width of [1440, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `at ${String(width)} pixels` })
      .toBeLessThanOrEqual(width);
    const { right } = await part.evaluate((element) => element.getBoundingClientRect());
    expect(right).toBeLessThanOrEqual(width);
  }
});

test('a teacher’s preset comes back after a lesson’s run, however often the page is loaded', async ({ page }) => {
  await page.goto('?preset=quick&lesson=two-seeds/run&lock=training,seeds,presets');
  await expect(page.getByRole('button', { name: 'Preset: Quick' })).toBeDisabled();
  await lesson(page).getByRole('group').getByRole('button').first().click();
  await lesson(page)
    .getByRole('button', { name: /^Train two/ })
    .click();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(lesson(page).getByRole('button', { name: 'Put my own settings back' })).toBeVisible();
  await expect(page).toHaveURL(/test-images=200/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Preset: Custom' })).toBeDisabled();
  await lesson(page).getByRole('button', { name: 'Put my own settings back' }).click();
  await expect(page.getByRole('button', { name: 'Preset: Quick' })).toBeDisabled();
  await expect(page).not.toHaveURL(/test-images=200/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Preset: Quick' })).toBeDisabled();
  await expect(lesson(page).getByRole('button', { name: 'Put my own settings back' })).toHaveCount(0);
});

test('where a link hides or locks the run panel, nothing on the page starts a study', async ({ page }) => {
  for (const key of ['hide', 'lock']) {
    await page.goto(`?lesson=two-seeds/run&${key}=run`);
    await lesson(page).getByRole('group').getByRole('button').first().click();
    await expect(lesson(page).getByRole('button', { name: /^Train two/ })).toBeDisabled();
    await expect(lesson(page).getByText('The link you opened lets no studies run here.')).toBeVisible();
    await lesson(page).getByRole('button', { name: 'Next: 4. ' }).click();
    await expect(lesson(page).getByText('Lesson 4 of 7 · Step 1 of')).toBeVisible();
    await lesson(page).getByRole('button', { name: 'All lessons' }).click();
    await expect(lesson(page).getByText('1 of 5 steps').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Draw seeds' })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'Training', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'More seeds' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Run/ }).and(page.locator(':enabled'))).toHaveCount(0);
    // A step that merges what a run leaves is done without.
    await page.goto(`?lesson=merging/merge&${key}=run`);
    await expect(lesson(page).getByText('The link you opened lets no studies run here.')).toBeVisible();
    await lesson(page).getByRole('group').getByRole('button').first().click();
    await lesson(page).getByRole('button', { name: 'Next' }).click();
    await lesson(page).getByRole('button', { name: 'Back' }).click();
    await expect(lesson(page).getByText(/Step 4 of 5 · ✓/)).toBeVisible();
    // The study of a link, and a map.
    const fragment = readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim();
    await page.goto(`?map=regime-map&${key}=run#${fragment}`);
    await expect(page.getByRole('button', { name: /^Run it again here/ })).toBeDisabled();
    await expect(page.getByText('The link you opened lets no studies run here.').first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Run \d+ cells here/ })).toBeDisabled();
  }
});
