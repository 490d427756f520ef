/** A running study survives a reload, and its stop: the page offers to go on from the last checkpoint, or to discard it. */
import { test, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { expect } from '../support/expect.ts';
import { engineOpened, filesInput, savedBytes, saveNow, WITHOUT_FIGURES } from '../support/page.ts';

/** Where Run and Stop are. */
const console_ = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });

/** Reloading asks whether to leave a running study. */
async function reloadMidRun(page: Page): Promise<string> {
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.type();
    void dialog.accept();
  });
  await page.reload();
  return asked;
}

/** Collects what the tab says from now on, every wording once. @returns a function that tells it */
async function followTitle(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const titles = new Set<string>();
    new MutationObserver(() => titles.add(document.title)).observe(document.head, { subtree: true, childList: true });
    return titles;
  });
  return () => said.evaluate((titles) => [...titles]);
}

test('resume after a reload, then discard after another; among analyses, with those that are finished', async ({
  page,
}) => {
  await page.goto(`?${WITHOUT_FIGURES}&task=food&batch=4`);
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  const steps = page.getByRole('textbox', { name: /^Steps/ });
  await steps.fill('3000');
  await steps.press('Enter');
  const seeds = page.getByRole('textbox', { name: /^Seeds per arm/ });
  await seeds.fill('1');
  await seeds.press('Enter');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page).toHaveTitle(/^\d+ % · Train · CopRA Playground$/);
  await saveNow(page);
  expect(await reloadMidRun(page)).toBe('beforeunload');

  const resume = page.getByRole('button', { name: /^Resume at step/ });
  await expect(resume).toBeVisible();
  const step = Number((await resume.innerText()).replace(/\D/g, ''));
  expect(step).toBeGreaterThan(0);
  await resume.click();
  await expect(resume).toBeHidden();
  const progress = page.getByText(/^step [\d,]+ of 3,000$/);
  await expect(progress).toBeVisible();
  expect(Number(/step ([\d,]+)/.exec(await progress.innerText())![1].replace(',', ''))).toBeGreaterThanOrEqual(step);

  await reloadMidRun(page);
  await expect(resume).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(resume).toBeHidden();
  await expect.poll(() => savedBytes(page)).toBe(0);
  await page.goto('?steps=2&batch=4&seeds=0-1&test-images=32&landscape-points=3&shapley-images=256&pruning=off');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  // The page looks for interrupted studies before it opens the engine.
  await engineOpened(page);
  await expect(resume).toBeHidden();
  await expect(page).toHaveTitle('CopRA Playground');

  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page).toHaveTitle(/ % · Shapley · /, { timeout: 300_000 });
  await reloadMidRun(page);
  const goOn = page.getByRole('button', { name: 'Resume with the analyses' });
  await expect(goOn).toBeVisible();
  const titles = await followTitle(page);
  await goOn.click();
  await expect(page).toHaveTitle(/^\d % · Shapley · /, { timeout: 300_000 });
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  // Nothing is trained or tested again, and the landscape is told, not walked: what is named at all is done.
  const again = (await titles()).filter((title) => /^(?!100 ).* · (Train|Test|Landscape) · /.test(title));
  expect(again).toEqual([]);
  await expect(page.getByRole('row', { name: /^Midpoint of two seeds/ })).toContainText(/\d/);
  await expect(console_(page).getByText('stopped before its analyses were done')).toBeVisible();
  await expect(goOn).toBeEnabled();
});

test('a study that is stopped can be resumed where it stopped, and the next one that is stopped takes its place', async ({
  page,
}) => {
  const study = `${WITHOUT_FIGURES}&task=food&batch=4&validate-every=1000&seeds=0&test-images=32&shapley=off&pruning=off&landscape=off`;
  await page.goto(`?steps=3000&${study}`);
  await page.getByRole('button', { name: /^Run/ }).first().click();
  // Sooner than a checkpoint is due.
  await expect(page.getByText(/^step [1-9][\d,]* of 3,000$/)).toBeVisible();
  const heightOfConsole = () => console_(page).evaluate((element) => element.clientHeight);
  const height = await heightOfConsole();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  // The way back stands where Stop was, and not above the page.
  const resume = page.getByRole('button', { name: /^Resume at step/ });
  await expect(console_(page).getByRole('button', { name: /^Resume at step/ })).toBeFocused();
  await expect(console_(page).getByRole('button', { name: 'Start over' })).toBeEnabled();
  await expect(resume).toHaveCount(1);
  await expect(page.getByText(/^A study was stopped/)).toHaveCount(0);
  expect(await heightOfConsole()).toBe(height);
  const step = Number((await resume.innerText()).replace(/\D/g, ''));
  expect(step).toBeGreaterThan(0);
  await resume.click();
  const progress = page.getByText(/^step [1-9][\d,]* of 3,000$/);
  await expect(progress).toBeVisible();
  expect(Number((await progress.innerText()).split(' ')[1].replace(',', ''))).toBeGreaterThanOrEqual(step);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await expect(resume).toHaveCount(1);
  // Whoever is sent it reads that it is not whole.
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const link = page.getByRole('textbox', { name: 'Link to this result' });
  await expect(link).toHaveValue(/#/);
  await page.goto(await link.inputValue());
  await expect(page.getByText(/Numbers from the link.* stopped at step [1-9][\d,]* of 3,000$/)).toBeVisible();

  // Another one, which takes its place.
  await page.goto(`?steps=2000&${study}`);
  await expect(resume).toHaveCount(1);
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText(/^step [1-9][\d,]* of 2,000$/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await expect(console_(page).getByRole('button', { name: /^Resume at step/ })).toBeVisible();
  await expect(resume).toHaveCount(1);
  // Later it is offered above the page.
  await page.reload();
  await expect(
    page.getByText(/^A study was stopped: LoRA and CopRA on .*, step [1-9][\d,]* of 2,000, saved /),
  ).toBeVisible();
  await expect(resume).toHaveCount(1);
});

test('seeds that are added go on after a reload, in the study to which they are added', async ({ page }) => {
  await page.goto(
    `?${WITHOUT_FIGURES}&task=food&steps=300&batch=4&validate-every=300&seeds=0&test-images=32&shapley=off&pruning=off&landscape=off`,
  );
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await page.getByRole('button', { name: /^More seeds/ }).click();
  await saveNow(page);
  await reloadMidRun(page);

  const resume = page.getByRole('button', { name: 'Resume the added seeds' });
  await expect(
    page.getByText(/^Seeds that were being added to a study were interrupted: LoRA and CopRA on /),
  ).toBeVisible();
  await resume.click();
  await expect(resume).toBeHidden();
  // What was known is there at once.
  const seedsOf = page.getByText(/^2\sarms\s×\s3\sseeds\s×\s300\ssteps,\scomput/);
  await expect(seedsOf).toContainText('computing on this device');
  await expect(page.getByRole('row', { name: /Test accuracy/ })).toContainText('too few seeds to say');
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(seedsOf).toContainText('computed on this device');
  const adapters = page.getByRole('region', { name: 'Adapters', exact: true });
  for (const seed of [0, 1, 2]) await expect(adapters.getByText(`CopRA · seed ${seed}`)).toBeVisible();
  await expect.poll(() => savedBytes(page)).toBe(0);
});

test('own images come back with the study that goes on', async ({ page }) => {
  const files: Record<string, Uint8Array> = {};
  for (const [name, background] of Object.entries({ limes: '#2a2', plums: '#52c' }))
    for (let i = 0; i < 12; i++) {
      const size = 40 + i;
      const picture = sharp({ create: { width: size, height: 64, channels: 3, background } });
      const dot = Buffer.from(
        `<svg width="20" height="20"><circle cx="10" cy="10" r="${4 + (i % 6)}" fill="white"/></svg>`,
      );
      files[`fruit/${name}/${i}.png`] = await picture
        .composite([{ input: dot, left: i, top: 2 * i }])
        .png()
        .toBuffer();
    }
  await page.goto(`?${WITHOUT_FIGURES}&steps=900&validate-every=300&seeds=0&shapley=off&pruning=off&landscape=off`);
  await filesInput(page).setInputFiles({
    name: 'fruit.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(files)),
  });
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await saveNow(page);
  await reloadMidRun(page);
  await page.getByRole('button', { name: /^Resume at step/ }).click();
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /Name of the class limes/ })).toHaveValue('limes');
  await expect(page.getByRole('img', { name: 'limes, image 1' })).toBeVisible();
  const steps = async () => Number((/^step ([\d,]+) of/.exec(await progress.innerText()) ?? [])[1]?.replace(',', ''));
  const progress = page.getByText(/^step [1-9][\d,]* of 900$/);
  await expect(progress).toBeVisible();
  const resumed = await steps();
  await expect.poll(steps).toBeGreaterThan(resumed);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start over' })).toBeEnabled();
  // Stopped, it can be resumed as one that was interrupted can.
  const again = page.getByRole('button', { name: /^Resume at step/ });
  await expect(again).toBeVisible();
  expect(Number((await again.innerText()).replace(/\D/g, ''))).toBeGreaterThan(resumed);
  await page.reload();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(again).toBeHidden();
  await expect.poll(() => savedBytes(page)).toBe(0);
});
