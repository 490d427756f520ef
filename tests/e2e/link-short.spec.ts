/** Links of 2,000 characters, from the opening page to a fresh profile: every figure is drawn there, or says that the link does not hold it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { test, type Locator, type Page } from '@playwright/test';
import type { StudyResult } from '../../src/study/result/result.ts';
import { expect } from '../support/expect.ts';
import { readJsonFile } from '../support/files.ts';
import { allParts } from '../support/layout.ts';
import { ofFirstSeeds } from '../support/first-seeds.ts';
import { complaints, drop, engineOpened } from '../support/page.ts';

const CHAT = 2000;
const NOT_HELD = /This result does not hold it/;
/** Answers to single pictures are in no link. */
const NO_PICTURES = /This result keeps no predictions of single pictures/;

async function shareDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('status')).toHaveText(/[\d,]+ characters/);
  await dialog.getByRole('button', { name: /^Details/ }).click();
  return dialog;
}

const linkIn = (dialog: Locator): Promise<string> =>
  dialog.getByRole('textbox', { name: 'Link to this result' }).inputValue();

async function opened(page: Page, link: string): Promise<Page> {
  const fresh = await (await page.context().browser()!.newContext()).newPage();
  await fresh.goto(link);
  await expect(fresh.getByText('From the link', { exact: true })).toBeVisible();
  return fresh;
}

/** Title and caption of every figure, once all are drawn. @param last what is loaded when it is needed comes last */
async function figures(page: Page, last = 'Pruning whole layers'): Promise<Record<string, string>> {
  await expect(page.getByRole('figure', { name: last }).or(page.getByText(NOT_HELD)).first()).toBeVisible();
  await allParts(page);
  const said: Record<string, string> = {};
  for (const figure of await page.getByRole('figure').all()) {
    const title = (await figure.getAttribute('aria-label')) ?? '';
    const caption = figure.locator('figcaption').first();
    if (NO_PICTURES.test(await caption.innerText())) continue;
    if (title !== 'Activation tape' && !NOT_HELD.test(await caption.innerText())) {
      await figure.scrollIntoViewIfNeeded();
      const shapes = figure.locator('svg[data-picture]').locator('path, text');
      await expect.poll(() => shapes.count(), `${title} is drawn`).toBeGreaterThan(8);
    }
    said[title] = await caption.innerText();
  }
  return said;
}

test('the link of the opening page holds every figure that its study asks for in 2,000 characters', async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  const dialog = await shareDialog(page);
  const link = await linkIn(dialog);
  expect(link.length).toBeLessThanOrEqual(CHAT);
  await expect(
    dialog.getByText(/^In the link: settings, .*8 paths between adapters, Shapley values of 4 runs/),
  ).toBeVisible();
  await expect(dialog.getByText(/The link leaves out .*the interactions and the sets of layers/)).toBeVisible();
  const short = await opened(page, link);
  const last = 'Time of a step';
  await expect(short.getByRole('figure', { name: last })).toBeVisible();
  const there = await figures(short, last);
  expect(Object.keys(there)).toEqual([
    'Activation tape',
    'Training',
    'Landscape between two seeds',
    'Shapley value of every layer',
    'Pruning whole layers',
    'Pruning single weights',
    'The task against other domains',
    'What is kept of the backbone',
    last,
  ]);
  for (const [title, caption] of Object.entries(there)) expect(caption, title).not.toMatch(NOT_HELD);
  await short.context().close();
  expect(heard).toEqual([]);
});

test('the link of a study of four seeds holds every figure in 2,000 characters', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('?preset=full');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  const whole = readJsonFile('public/showcase/full.json') as StudyResult;
  const file = test.info().outputPath('four-seeds.json');
  writeFileSync(file, JSON.stringify(ofFirstSeeds(whole, 4)));
  await engineOpened(page);
  await drop(page, file);
  await expect(page.getByText('From the file', { exact: true })).toBeVisible();
  await expect(page.locator('section[aria-busy]')).toHaveCount(0);
  const here = await figures(page);
  const dialog = await shareDialog(page);
  const link = await linkIn(dialog);
  expect(link.length).toBeLessThanOrEqual(CHAT);
  await expect(
    dialog.getByText(/^In the link: settings, .*24 paths between adapters, Shapley values of 8 runs/),
  ).toBeVisible();
  const short = await opened(page, link);
  const there = await figures(short);
  expect(Object.keys(there)).toEqual(Object.keys(here));
  for (const [title, caption] of Object.entries(there)) {
    expect(caption, title).not.toMatch(NOT_HELD);
    // Accuracies are exact; Shapley values and losses are rounded, which the dialog says.
    if (!/Shapley|Activation tape/.test(title)) expect(caption, title).toBe(here[title]);
  }
  await short.getByRole('button', { name: 'What is missing' }).click();
  await expect(short.getByText(/The link rounds /)).toBeVisible();
  await short.context().close();

  await expect(dialog.getByRole('radio', { name: /^Full detail, [\d,]+$/ })).toBeVisible();
  await dialog.getByText(/^Full detail/).click();
  await expect.poll(() => linkIn(dialog)).not.toBe(link);
  const full = await opened(page, await linkIn(dialog));
  // Shapley values and their errors are kept to a thousandth of the largest, which can tip the last digit that is told.
  const told = (captions: Record<string, string>) =>
    JSON.stringify(captions)
      .replace(/standard error of a layer up to [\d.]+\spoints/, '')
      .replace(/(spreads it more evenly) \([^)]+\)/, '$1')
      .replace(/(in the share of credit[^(]+)\([^)]+\)/, '$1');
  expect(told(await figures(full))).toBe(told(here));
  await full.context().close();
  expect(heard).toEqual([]);
});

test('a short link of a study with many figures draws what it holds and says what it leaves out', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Preset: / }).click();
  await page.getByRole('menuitem', { name: 'Geometry', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Preset: Geometry', exact: true })).toBeVisible();
  const dialog = await shareDialog(page);
  await dialog.getByText(/^For chat/).click();
  await expect.poll(async () => (await linkIn(dialog)).length).toBeLessThanOrEqual(CHAT);
  await expect(dialog.getByText(/The link leaves out .*adapters on the way through training/)).toBeVisible();
  const fresh = await opened(page, await linkIn(dialog));
  const said = await figures(fresh, 'Adapters as points');
  for (const title of ['Landscape between two seeds', 'Plane through three adapters', 'Adapters as points'])
    expect(said[title], title).toMatch(/\d/);
  await fresh.getByRole('button', { name: 'What is missing' }).click();
  await expect(fresh.getByText(/leaves out .*adapters on the way through training/)).toBeVisible();
  await fresh.context().close();
});

test('a figure whose data are not in the link says so instead of standing empty', async ({ page }) => {
  // Made when links gave up the training curves first.
  await page.goto(`#${readFileSync('tests/golden/links/r1-full-chat.txt', 'utf8').trim()}`);
  await expect(page.getByText('From the link', { exact: true })).toBeVisible();
  const training = page.getByRole('figure', { name: 'Training', exact: true });
  await expect(training.locator('figcaption')).toHaveText(NOT_HELD);
  await expect(training.getByRole('button', { name: /download/ })).toHaveCount(0);
  expect((await training.boundingBox())!.height).toBeLessThan(160);
  await figures(page);
});
