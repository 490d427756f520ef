/**
 * What the model sees, from the saved study to the reader's camera, on a wide light page and on a dark phone: wrong pictures, one of them large with its path and a
 * look inside, a cell of the confusions, λ, pruning by hand, a picture of the reader's, the camera.
 */
import { test, type Locator, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { settled } from '../support/layout.ts';
import { longestTask } from '../support/longest-task.ts';
import { complaints, expectFits, moveOnto } from '../support/page.ts';
import { WITH_CAMERA } from '../support/whole-browser.ts';

test.use({ permissions: ['camera'], launchOptions: WITH_CAMERA });

declare global {
  interface Window {
    /** Cumulative layout shift: the largest sum of the shifts, which no press or key explains, of five seconds without a pause of one. */
    shifted: number;
  }
}

const PICTURE = 'public/icon-512.png';

/** Searching a whole page for violations takes seconds: the wide page is searched with the opened picture, the phone with the reader's own. */
const isWide = (page: Page): boolean => (page.viewportSize()?.width ?? 0) > 600;

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });
/** The figure, unfolded where that takes a press. */
async function unfolded(page: Page, name: string): Promise<Locator> {
  if (!isWide(page)) await page.getByRole('button', { name: `Show: ${name}` }).click();
  return figure(page, name);
}
const tilesOf = (place: Locator, name: RegExp) => place.getByRole('group', { name }).getByRole('button');
const namesOf = (tiles: Locator) =>
  tiles.evaluateAll((all) => all.map((tile) => tile.getAttribute('aria-label') ?? ''));

/** Explanations and lists of an opened picture lie over it, and Escape closes them alone. */
async function overOpened(page: Page, path: Locator): Promise<void> {
  await path.getByRole('button', { name: /how to read/ }).click();
  const note = page.getByRole('dialog', { name: /how to read: This picture/ });
  await note.click();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await path.locator('[data-term]').first().hover();
  const explanation = page.getByRole('tooltip');
  await moveOnto(page, explanation);
  await page.keyboard.press('Escape');
  await expect(explanation).toBeHidden();
  await expect(path).toBeVisible();
  const averaging = path.getByRole('button', { name: /How adapters are averaged$/ });
  await averaging.click();
  await page.getByRole('option', { name: 'Average A, B' }).click();
  await expect(averaging).toHaveAttribute('aria-expanded', 'false');
  await expect(path).toBeVisible();
}

async function wrongPictures(page: Page): Promise<void> {
  const decide = figure(page, 'See it decide');
  await decide.scrollIntoViewIfNeeded();
  await decide.getByRole('button', { name: /Pictures shown$/ }).click();
  await page.getByRole('option', { name: 'Wrong in every arm', exact: true }).click();
  const tiles = tilesOf(decide, /^Test pictures/);
  for (const name of await namesOf(tiles)) expect(name).toMatch(/LoRA: wrong.*CopRA: wrong/);
  await expect(tiles.first().locator('canvas')).toBeVisible();
  // It is whole at once: a fold that moved while it is pressed would not open.
  const isWhole = await tiles.first().evaluate(async (tile) => {
    tile.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await new Promise(requestAnimationFrame);
    return document.querySelectorAll('dialog[open] section [data-chart]').length === 1;
  });
  expect(isWhole).toBe(true);

  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Its path between two seeds/ }).click();
  const path = dialog.getByRole('figure', { name: 'This picture along λ', exact: true });
  await expect(path).toContainText(/LoRA: .+ at the ends, .+ half-way; CopRA: .+ half-way; .*from one pair of seeds/);
  await overOpened(page, path);
  await path.getByRole('button', { name: /^Data table \(22 rows\)/ }).click();
  await expect(path.getByRole('row')).toHaveCount(23);
  await dialog.getByRole('button', { name: /^A look inside/ }).click();
  const maps = dialog.getByRole('group', { name: /^Maps of attention/ });
  await expect(maps.getByRole('img')).toHaveCount(3);
  await expect(maps.getByRole('img').last()).toHaveAccessibleName(/^CopRA: .+ times an even share\)$/);
  await maps.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(dialog).toContainText(/row 2, column 1: Backbone .+, LoRA .+, CopRA .+ times an even share/);
  await dialog.getByRole('button', { name: /^Data table \(16 rows\)/ }).click();
  await expect(dialog.getByRole('region', { name: 'A look inside: data' }).getByRole('row')).toHaveCount(17);
  if (isWide(page)) expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

async function confusionCell(page: Page): Promise<void> {
  const confusions = await unfolded(page, 'Which class is taken for which');
  await confusions.scrollIntoViewIfNeeded();
  const cells = confusions.getByRole('group', { name: /^Cells/ }).getByRole('button');
  await cells.first().focus();
  await page.keyboard.press('ArrowDown');
  const told = /^LoRA: (.+) taken for (.+), (\d+) % of its pictures$/.exec(
    (await page.locator(':focus').getAttribute('aria-label')) ?? '',
  );
  await page.keyboard.press('Enter');
  const decide = figure(page, 'See it decide');
  await expect(decide).toBeFocused();
  await expect(decide).toContainText(`taken for ${told?.[2]} by LoRA`);
  for (const name of await namesOf(tilesOf(decide, /^Test pictures/))) expect(name).toContain(`, ${told?.[1]}.`);
  await decide.getByRole('button', { name: /^taken for .*: remove this filter$/ }).click();
  await expect(decide).not.toContainText('taken for');
  await confusions.getByRole('button', { name: /Confusions of$/ }).click();
  await page.getByRole('option', { name: 'CopRA − LoRA', exact: true }).click();
  await expect(cells.first()).toHaveAccessibleName(/^CopRA − LoRA: /);
}

/** Drags the marker from one seed to the other. */
async function alongPath(page: Page): Promise<number> {
  const path = await unfolded(page, 'Pictures between two seeds');
  await path.scrollIntoViewIfNeeded();
  const said = path.locator('p', { hasText: /^λ = / }).first();
  await expect(said).toContainText('of the 48 kept test pictures');
  const before = await namesOf(tilesOf(path, /^Pictures along the path/));
  // The first press draws what the others only change.
  await path.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText('λ = 0.1:');
  const marker = path.locator('[aria-hidden="true"] > span[style*="left"]');
  await marker.scrollIntoViewIfNeeded();
  await settled(page);
  const box = (await marker.boundingBox())!;
  const chart = (await path.boundingBox())!;
  const longest = await longestTask(page.context().browser()!, page, async () => {
    await page.mouse.move(box.x + box.width / 2, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(chart.x + chart.width, box.y + 40, { steps: 24 });
    await page.mouse.up();
    await expect(said).toContainText('λ = 1:');
  });
  expect(await namesOf(tilesOf(path, /^Pictures along the path/))).not.toEqual(before);
  return longest;
}

async function pruneByHand(page: Page): Promise<void> {
  await unfolded(page, 'Prune by hand');
  const hand = page.getByRole('region', { name: 'Prune by hand' });
  await hand.scrollIntoViewIfNeeded();
  await expect(hand).toContainText('Switch a layer off');
  const lost = hand.getByRole('region', { name: 'Go wrong' });
  await hand.getByRole('button', { name: 'Only top third' }).click();
  await expect(hand).toContainText('5 of 16 layers on');
  await expect(lost).toContainText(/of 48 pictures (is|are) right with every layer on and wrong now/);
  await hand.getByRole('button', { name: 'Only 1, 3, 5 …' }).click();
  await expect(hand).toContainText('8 of 16 layers on');
  await lost.getByRole('button').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await hand.getByRole('button', { name: 'Layer 3 of the vision tower' }).click();
  await expect(hand).toContainText('was not tested picture by picture');
}

async function ownPicture(page: Page): Promise<void> {
  const own = page.getByRole('region', { name: 'Try your own', exact: true });
  const winner = own.getByRole('group', { name: 'CopRA says', exact: true }).getByRole('paragraph').first();
  await own.scrollIntoViewIfNeeded();
  await own.locator('input[type=file]').setInputFiles(PICTURE);
  await expect(winner).toHaveText(/\w+ \d+.%$/);
  await own.getByRole('button', { name: /^A look inside/ }).click();
  await expect(own.getByRole('group', { name: /^Maps of attention/ }).getByRole('img')).toHaveCount(3);
  await own.getByRole('button', { name: 'Every other off' }).click();
  await expect(own).toContainText('seed 0, 8 layers off');
  const download = page.waitForEvent('download');
  await own.getByRole('button', { name: 'Try your own: download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('copra-own-picture.csv');

  if (!isWide(page)) expect(await violations(page)).toEqual([]);

  await own.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(own.getByLabel('What the camera sees')).toBeVisible();
  await expect(own).toContainText(/\d+ frames a second/);
  await expect(own.getByRole('group', { name: 'CopRA says', exact: true })).toContainText('With every layer on');
  await own.getByRole('button', { name: 'Stop camera' }).click();
  await expect(own.getByLabel('What the camera sees')).toHaveCount(0);
}

for (const { name, ...look } of [
  { name: 'a wide light page', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'a dark phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const)
  test.describe(() => {
    test.use(look);
    test(`from wrong pictures to the camera, on ${name}`, async ({ page }, { annotations }) => {
      const heard = complaints(page);
      await page.addInitScript(() => {
        window.shifted = 0;
        let [from, last, sum, pressed] = [-Infinity, -Infinity, 0, -Infinity];
        for (const kind of ['pointerdown', 'keydown', 'change'])
          addEventListener(kind, ({ timeStamp }) => (pressed = timeStamp), { capture: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
            // The browser takes half a second for the answer to a press; on a busy machine it comes later.
            if (entry.startTime > pressed && entry.startTime - pressed < 3000) continue;
            if (entry.startTime - last > 1000 || entry.startTime - from > 5000) [from, sum] = [entry.startTime, 0];
            last = entry.startTime;
            sum += entry.value;
            window.shifted = Math.max(window.shifted, sum);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto('');
      await wrongPictures(page);
      await confusionCell(page);
      const longest = await alongPath(page);
      annotations.push({ type: 'longest task', description: `${longest.toFixed(1)} ms` });
      console.log(`longest task while λ is dragged, ${name}: ${longest.toFixed(1)} ms`);
      await pruneByHand(page);
      await ownPicture(page);
      await expectFits(page);
      const shifted = await page.evaluate(() => window.shifted);
      annotations.push({ type: 'layout shift', description: shifted.toFixed(3) });
      expect(shifted).toBeLessThan(0.02);
      expect(heard).toEqual([]);
    });
  });
