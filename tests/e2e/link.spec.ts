/** A result link on the built page: every chart filled without computing anything, nothing refused by the security policy. */
import { readFileSync } from 'node:fs';
import { test, type Locator } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints } from '../support/page.ts';

const fragment = readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim();

/** Numbers that name places on the x axis, with their middles in the window. */
const namesBelow = (chart: Locator): Promise<{ text: string; middle: number }[]> =>
  chart.locator('text').evaluateAll((texts) => {
    const lowest = Math.max(
      ...texts
        .filter(({ textContent }) => /^\d+$/.test(textContent))
        .map((text) => text.getBoundingClientRect().bottom),
    );
    return texts.flatMap((text) => {
      const { left, right, bottom } = text.getBoundingClientRect();
      return /^\d+$/.test(text.textContent) && Math.abs(bottom - lowest) < 2
        ? [{ text: text.textContent, middle: (left + right) / 2 }]
        : [];
    });
  });

test('opens with its charts, says where the numbers come from, and has no accessibility violation, whatever is open', async ({
  page,
}) => {
  const heard = complaints(page, ['error', 'warning', 'trace']);
  await page.goto(`#${fragment}`);
  await expect(page.getByText('From the link', { exact: true })).toBeVisible();
  await expect(page.locator('svg[data-picture]').first()).toBeVisible();
  await expect(page.getByText(/70\.8/).first()).toBeVisible();

  expect(await violations(page)).toEqual([]);
  for (const [button, opened] of [
    ['Share the result as a link', page.getByRole('dialog', { name: 'Share' })],
    [/^Preset: /, page.getByRole('menu')],
    [/^Compute device: /, page.getByRole('dialog', { name: 'Compute device' })],
    [/how to read: Landscape/, page.getByRole('dialog', { name: /how to read: Landscape/ })],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(opened).toBeVisible();
    if (button === 'Share the result as a link')
      await expect(opened.getByRole('img', { name: /QR code/ })).toBeVisible();
    // What pops up lies at the end of the document and is no region of the page.
    expect(await violations(opened, { without: ['region'] })).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  }

  // Charts are drawn when they are about to be seen, and all of them for a printer.
  const undrawn = page.locator('[data-chart]:not(:has(svg[data-picture]))');
  await expect(undrawn).not.toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(undrawn).toHaveCount(0);

  // A picture stands until somebody points at it: then numbers can be read off it.
  await expect(page.locator('.js-plotly-plot')).toHaveCount(0);
  const chart = page.getByRole('img', { name: /^Landscape/ });
  await chart.hover();
  await expect(chart.locator('.main-svg').first()).toBeVisible();
  await expect(chart.locator('svg[data-picture]')).toHaveCount(0);
  await chart.hover({ position: { x: 120, y: 120 } });
  await expect(chart.locator('.hoverlayer')).toContainText(/LoRA \d+\.\d %/);

  // Layers are called 1, 2, …, and stand where they stood.
  const layers = page.getByRole('img', { name: /^Shapley value of every layer/ });
  await layers.scrollIntoViewIfNeeded();
  const standing = await namesBelow(layers.locator('svg[data-picture]'));
  expect(standing.map(({ text }) => text).slice(0, 3)).toEqual(['1', '2', '3']);
  await layers.hover();
  await expect(layers.locator('.main-svg').first()).toBeVisible();
  const explored = await namesBelow(layers.locator('.xaxislayer-above'));
  expect(explored.map(({ text }) => text)).toEqual(standing.map(({ text }) => text));
  explored.forEach(({ middle }, i) => expect(Math.abs(middle - standing[i].middle)).toBeLessThan(2));
  const box = (await layers.boundingBox())!;
  await page.mouse.move(standing[2].middle, box.y + box.height / 2, { steps: 3 });
  await expect(layers.locator('.hoverlayer')).toContainText(/^layer 3[^\d]/);
  expect(heard).toEqual([]);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a scroll that begins on a chart leaves it a picture, and a tap lets numbers be read off it', async ({
    page,
  }) => {
    await page.goto('');
    const chart = page.getByRole('img', { name: /^Landscape/ });
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('svg[data-picture]')).toBeVisible();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    const box = (await chart.boundingBox())!;
    const scrolled = () => page.evaluate(() => window.scrollY);
    const before = await scrolled();
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width / 2, y }],
      });
    const from = box.y + box.height / 2;
    await touch('touchStart', from);
    // A finger rests before it moves.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    for (let i = 1; i <= 10; i++) await touch('touchMove', from - 12 * i);
    await touch('touchEnd', 0);
    await expect.poll(scrolled).toBeGreaterThan(before + 50);
    expect(requested.filter((url) => url.includes('exploring'))).toEqual([]);
    await chart.tap();
    await expect(chart.locator('.main-svg').first()).toBeVisible();
  });
});
