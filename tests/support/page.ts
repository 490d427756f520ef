/** What many browser tests ask of the page. */
import type { Locator, Page, Worker } from '@playwright/test';
import { expect } from './expect.ts';

/** What the page complains about, refusals by its security policy among it; looked at when the test ends. */
export function complaints(page: Page, types: readonly string[] = ['error']): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('blocked by Playwright')) return; // its own doing: these tests run without a service worker
    if (types.includes(message.type())) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return heard;
}

/**
 * A teacher's link that leaves out the figures of a study, for tests of something else: drawing those of the saved one is a third of what it takes to open the page, and
 * all are drawn anew while a study trains.
 */
export const WITHOUT_FIGURES = `hide=${[
  ...['tape', 'curves', 'landscape', 'shapley', 'layers', 'weights', 'along-training', 'pictures', 'confusion'],
  ...['path-pictures', 'image-layers', 'own', 'hand', 'timing', 'frontier', 'domains', 'layer-sets', 'interactions'],
].join(',')}`;

export const accuracyRow = (page: Page): Locator => page.getByRole('row', { name: /Test accuracy/ });

/** The row of test accuracies of the study as it stands: tables and figures may come a moment after it. */
export async function accuracyShown(page: Page): Promise<string> {
  await expect(page.getByRole('region', { name: 'Results', exact: true })).not.toHaveAttribute('aria-busy');
  await expect(accuracyRow(page)).toContainText(/\d/);
  return (await accuracyRow(page).innerText()).replace(/\s+/g, ' ').trim();
}

/** The button behind which all that is said of a figure is folded. */
export const moreRead = (page: Page, figure: string): Locator =>
  page.getByRole('figure', { name: figure }).getByRole('button', { name: /^More/ });

/** Nothing lies outside the width of the window. */
export const expectFits = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

/** The study is unfolded, as for a reader who has unfolded it before: on the hosts of a test's own, which playwright.config.ts does not know. */
export const unfoldStudy = (page: Page): Promise<unknown> =>
  page.addInitScript(() => localStorage.setItem('copra-study', 'open'));

/** The pointer goes onto something that scrolling would close: Locator.hover asks the browser to scroll to it first, wherever it is. */
export async function moveOnto(page: Page, over: Locator): Promise<void> {
  await (await over.elementHandle()).waitForElementState('stable');
  const { x, y, width, height } = (await over.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await expect.poll(() => over.evaluate((element) => element.matches(':hover'))).toBe(true);
}

/** The inputs of the study's task for a folder and for files: the last ones, as those for data sets of other domains stand above them. Other parts of the page have such inputs too. */
const taskInput = (page: Page, selector: string) =>
  page.getByRole('region', { name: 'Task', exact: true }).locator(selector).last();
export const folderInput = (page: Page) => taskInput(page, 'input[webkitdirectory]');
export const filesInput = (page: Page) => taskInput(page, 'input[accept*="zip"]');

/** The engine is open, which is the last thing that the page does by itself when it starts. */
export const engineOpened = (page: Page): Promise<void> =>
  expect(page.getByRole('button', { name: /^Compute device: (?!Checking)/ })).toBeVisible();

/** What the page does at once with something new, it has done two frames later. */
export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

/** A drop from outside the browser, which only its own protocol can make. */
export const drop = (page: Page, ...files: string[]): Promise<void> => dropAt(page, { x: 400, y: 400 }, ...files);

/** The same at a place in the window. */
export async function dropAt(
  page: Page,
  at: { readonly x: number; readonly y: number },
  ...files: string[]
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
}

/** Bytes of all checkpoints on this device. */
export const savedBytes = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('checkpoints', { create: true });
    let bytes = 0;
    for await (const handle of folder.values())
      if (handle.kind === 'file')
        bytes += await handle.getFile().then(
          ({ size }) => size,
          () => 0,
        ); // gone meanwhile
    return bytes;
  });

/** The newest: one that was ended while it did not answer may still be listed. */
export function studyWorker(page: Page): Worker {
  const worker = page.workers().findLast((one) => /\/worker-[^/]*\.js$/.test(one.url()));
  if (!worker) throw new Error('There is no study worker.');
  return worker;
}

/** The study under way is saved at its next step: the seconds between two checkpoints, in which it would train, pass at once on its worker's clock. */
export async function saveNow(page: Page): Promise<void> {
  await expect(page.getByText(/^step [1-9][\d,]* of /)).toBeVisible();
  await studyWorker(page).evaluate(
    '{ const now = performance.now.bind(performance); performance.now = () => now() + 10_000; }',
  );
  await expect.poll(() => savedBytes(page), { intervals: [100] }).toBeGreaterThan(0);
}
