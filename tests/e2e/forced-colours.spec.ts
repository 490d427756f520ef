/** A system with colours of its own ("high contrast"): what the page tells by a fill alone is still told. */
import { test } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { engineOpened } from '../support/page.ts';

test('data keep their colours, and what is chosen or on looks so', async ({ page }) => {
  // Half-way from one colour to the next, all may be alike.
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto('');
  await engineOpened(page);
  const background = (element: Element) => getComputedStyle(element).backgroundColor;
  const canvas = await page.locator('body').evaluate(background);

  const landscape = page.getByRole('figure', { name: 'Landscape between two seeds', exact: true });
  await landscape.scrollIntoViewIfNeeded();
  const vivid = async () => {
    const strokes = await landscape
      .locator('[role="img"] svg path[stroke]')
      .evaluateAll((paths) => [...new Set(paths.map((path) => getComputedStyle(path).stroke))]);
    return strokes.filter((colour) => {
      const [red, green, blue] = colour.match(/\d+/g)!.map(Number);
      return Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
    });
  };
  // Both arms', as soon as they are drawn: axes come first.
  await expect.poll(vivid).toHaveLength(2);
  const chosen = landscape.getByRole('radio', { checked: true });
  const other = landscape.getByRole('radio', { checked: false });
  expect(await chosen.evaluate(background)).not.toBe(await other.evaluate(background));

  const bar = page.getByRole('progressbar', { name: 'Progress of the phase' });
  const bounds = (element: Element) => getComputedStyle(element).outlineStyle;
  expect(await bar.evaluate(bounds)).toBe('solid');
  expect(await bar.locator('span').evaluate(background)).not.toBe(canvas);
  const hand = page.getByRole('region', { name: 'Prune by hand', exact: true });
  await hand.scrollIntoViewIfNeeded();
  const mark = hand.locator('[class*="mark"]').first();
  expect(await mark.evaluate(background)).not.toBe(canvas);
  expect(await mark.locator('xpath=..').evaluate(bounds)).toBe('solid');

  const tape = page.getByRole('figure', { name: 'Activation tape', exact: true }).locator('canvas').last();
  const colours = await tape.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colours).toBeGreaterThan(3);

  const few = page.getByRole('switch', { name: 'Few images per class' });
  const track = few.locator('xpath=ancestor::label//*[contains(@class, "track")]');
  expect(await track.evaluate(background)).not.toBe(canvas);
  await few.press('Space');
  await expect(few).not.toBeChecked();
  expect(await track.evaluate((element) => getComputedStyle(element, '::after').backgroundColor)).not.toBe(
    await track.evaluate(background),
  );
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
});
