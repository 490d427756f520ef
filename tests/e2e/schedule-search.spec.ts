/** A search for a schedule on the page: its rounds as points, the way from a point to its study, its test, and files of other searches. */
import { test } from '@playwright/test';
import { searchFixture, testedSearch } from '../fixtures/schedule-search.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { layoutFaults } from '../support/layout.ts';
import { complaints, expectFits, twoFrames } from '../support/page.ts';

const search = testedSearch('behind');

test('a search opens by its address: points lead to their studies, its test to its result, files to other searches', async ({
  page,
}) => {
  const heard = complaints(page);
  await page.route('**/showcase/schedule-plenty.json', (route) => route.fulfill({ json: search }));
  await page.route('**/showcase/schedule-plenty.result.json', (route) => route.fulfill({ json: studyResultFixture() }));
  await page.goto('?search=plenty');
  const panel = page.getByRole('region', { name: 'Schedule search: Plenty of data', exact: true });
  const figure = panel.getByRole('figure', { name: 'Schedule search: Plenty of data' });
  const points = figure.getByRole('group', { name: /^Candidates;/ }).getByRole('link');

  await expect(points).toHaveCount(search.rungs[2].tried.length);
  await expect(figure).toContainText('this search found no schedule that has both');
  const winner = panel.getByRole('region', { name: 'The winner, tested once' });
  await expect(winner).toContainText('is clearly below LoRA in accuracy');

  // A press takes over the settings; arrow keys go to the next in the order of the margins.
  await figure.getByRole('radio', { name: '500 steps' }).click();
  await expect(points).toHaveCount(search.rungs[0].tried.length);
  const layerDrop = figure.getByRole('link', {
    name: /^\d+ layer drop, p = 0\.75: accuracy .*; margin .*; left behind$/,
  });
  await layerDrop.press('Enter');
  await expect(layerDrop).toHaveAttribute('aria-current', 'true');
  const card = figure.getByRole('region', { name: 'layer drop, p = 0.75', exact: true });
  await expect(card).toContainText('method');
  await expect(card).toContainText('The settings under Study are those of this candidate');
  await expect(page).toHaveURL(/search=plenty&.*arms=lora,copra,layer-drop-75/);
  await layerDrop.press('ArrowDown');
  await expect(layerDrop).not.toBeFocused();
  await expect(points.and(page.locator(':focus'))).toHaveCount(1);

  // Axes, table and files.
  await figure.getByRole('button', { name: /Search: axes/ }).click();
  await page.getByRole('option', { name: 'midpoint and gain kept' }).click();
  await expect(figure).toContainText('size: accuracy');
  await figure.getByRole('button', { name: /^Data table/ }).click();
  await expect(
    figure.getByRole('region', { name: 'Schedule search: Plenty of data: data' }).getByRole('row'),
  ).toHaveCount(1 + search.rungs[0].tried.length);
  const download = page.waitForEvent('download');
  await figure.getByRole('button', { name: 'Schedule search: Plenty of data: download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('copra-schedule-plenty.csv');
  await page.setViewportSize({ width: 360, height: 780 });
  await expect(points).toHaveCount(search.rungs[0].tried.length);
  await expectFits(page);
  expect(await layoutFaults(page, '[aria-label="Schedule search: Plenty of data"] table')).toEqual([]);
  // The rounds of a candidate and the test need no scrolling, and beside the names of candidates there is room for their numbers.
  await page.setViewportSize({ width: 320, height: 780 });
  await expect(points).toHaveCount(search.rungs[0].tried.length);
  for (const table of [card.getByRole('table'), winner.getByRole('table')])
    expect(await table.evaluate((element) => element.scrollWidth - element.parentElement!.clientWidth)).toBe(0);
  const names = figure.getByRole('region', { name: 'Schedule search: Plenty of data: data' }).getByRole('rowheader');
  const share = (name: Element): number =>
    name.getBoundingClientRect().width / name.closest('[role="region"]')!.clientWidth;
  expect(await names.first().evaluate(share)).toBeLessThan(0.5);
  await page.setViewportSize({ width: 1440, height: 900 });

  // Points overlap where candidates are alike; each can be reached by keyboard and in the table.
  expect(await violations(panel, { without: ['target-size'] })).toEqual([]);

  await panel.getByRole('button', { name: 'Open the result of the test' }).click();
  await expect(page.getByText('Emoji').first()).toBeVisible();

  // A file of one's own; a bad one is refused in words and changes nothing.
  const open = async (name: string, text: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await panel.getByRole('button', { name: 'Open a search' }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await open('bad.json', JSON.stringify({ ...search, candidates: search.candidates.slice(5) }));
  await expect(panel.getByRole('alert')).toContainText(
    'bad.json was not opened. The search is damaged: The search speaks of',
  );
  await expect(points).toHaveCount(search.rungs[0].tried.length);
  await open('mine.json', JSON.stringify({ ...testedSearch('ahead'), budget: 0.1 }));
  await expect(panel).toContainText('From mine.json.');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect(figure).toContainText('A shortened search');
  await expect(page).not.toHaveURL(/search=/);
  // Another search may have the same name and other rounds.
  await open('mine.json', JSON.stringify(searchFixture(1)));
  await expect(figure).not.toContainText('A shortened search');
  await expect(points).toHaveCount(search.rungs[0].tried.length);
  await panel.getByRole('button', { name: 'Close the search' }).click();
  await expect(panel).toHaveCount(0);
  expect(heard).toEqual([]);
});

test('on a phone, a search that was asked for is in view once it is there', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  let give: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (give = resolve));
  await page.route('**/showcase/schedule-plenty.json', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto('?search=plenty');
  const figure = page.getByRole('figure', { name: 'Schedule search: Plenty of data' });
  await expect(figure.getByRole('heading').first()).toBeInViewport();
  give();
  await expect(figure.getByRole('link').first()).toBeAttached();
  await twoFrames(page);
  await expect(figure.getByRole('heading').first()).toBeInViewport();
});

test('on a phone, the explanation of a figure stays beside the last word of its title, and a unit beside its number', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.route('**/showcase/schedule-plenty.json', (route) => route.fulfill({ json: search }));
  await page.goto('?search=plenty&lang=de');
  const figure = page.getByRole('figure', { name: 'Suche nach einem Verlauf: Viele Daten' });
  await expect(figure.getByRole('link').first()).toBeAttached();
  const offLine = await figure
    .getByRole('heading')
    .first()
    .evaluate((title) => {
      const line = document.createRange();
      line.selectNodeContents(title.firstChild!);
      const [text, symbol] = [[...line.getClientRects()].at(-1)!, title.querySelector('svg')!.getBoundingClientRect()];
      return Math.abs((text.top + text.bottom) / 2 - (symbol.top + symbol.bottom) / 2);
    });
  expect(offLine).toBeLessThan(8);
  await expect(figure.getByText(/^Größe: /)).toHaveText(/\d\u00a0%$/, { useInnerText: true });
});
