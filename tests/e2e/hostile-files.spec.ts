/** Files that somebody made to harm: each is refused by name, and the page never stops to answer while it is looked at. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { drop } from '../support/page.ts';
import { bomb, entry, hostileZip, type HostileEntry } from '../support/hostile-zip.ts';

test.use({ actionTimeout: 20_000 });

/**
 * What the page may take in one piece while a file is looked at, in milliseconds. Nothing of the file is done on its thread: what is left is
 * drawing a message, which takes a few milliseconds, and longer on a machine that does other things as well. Before, it was 25 to 45 seconds.
 */
const LONGEST_MS = 500;

const MEGABYTE = 2 ** 20;
const result = studyResultFixture();
const text = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const manifest = (adapters: readonly unknown[] = []) => ({
  format: 'copra-study',
  version: 1,
  adapters,
  thumbnails: [],
});
const study = (...others: HostileEntry[]) => {
  const names = new Set(others.map(({ name }) => name));
  const own = [entry('copra-study.json', text(manifest())), entry('result.json', text(result))];
  return hostileZip(
    [...own.filter(({ name }) => !names.has(name)), ...others].toSorted(
      (a, b) => Number(b.name === 'copra-study.json') - Number(a.name === 'copra-study.json'),
    ),
  );
};
const base = { family: 'vit', shapes: { vision: { layers: 12, width: 64, mlpWidth: 256 } }, layerScales: null };
const listed = (file: string, i: number) => ({
  file,
  arm: 'lora',
  armName: 'LoRA',
  seed: i,
  scale: 1,
  gates: { steps: 1, activeSteps: [] },
  base,
});
const [run] = result.runs;

/** Name of the file, what it holds, and what is said about it. */
const FILES: readonly (readonly [name: string, content: () => Uint8Array, said: RegExp])[] = [
  ['half-a-gigabyte.zip', () => study(bomb('result.json', 512 * MEGABYTE, 1000)), /result\.json cannot be unpacked/],
  ['says-so.zip', () => study(bomb('result.json', 512 * MEGABYTE)), /more than 1000 times its size/],
  [
    'adapters.zip',
    () =>
      study(
        entry('copra-study.json', text(manifest(['a', 'b', 'c'].map((name, i) => listed(name, i))))),
        ...['a', 'b', 'c'].map((name) => bomb(name, 200 * MEGABYTE, 100)),
        entry('result.json', text({ ...result, runs: [...result.runs, run] })),
      ),
    /The run of arm "lora", seed 0 is there twice/,
  ],
  [
    'many-entries.zip',
    () => study(...Array.from({ length: 60_000 }, (_, i) => entry(`${i}`, text('x'))), entry('result.json', text('{'))),
    /no JSON/,
  ],
  ['long-list.json', () => text(`{"config":{},"runs":[${'0,'.repeat(7 * MEGABYTE)}0]}`), /not acceptable/],
  [
    'deep.json',
    () => text(`{"config":{},"runs":${'['.repeat(4 * MEGABYTE)}${']'.repeat(4 * MEGABYTE)}}`),
    /not acceptable|no result/,
  ],
  [
    'long-name.json',
    () => text({ ...result, task: { ...result.task, name: 'x'.repeat(8 * MEGABYTE) } }),
    /Texts have at most/,
  ],
  [
    'billion.json',
    () => text({ ...result, runs: result.runs.map((each) => ({ ...each, test: { accuracy: 1e9, loss: 1 } })) }),
    /between 0 and 1/,
  ],
];

/** Longest task of the page since the last call, in milliseconds. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen = globalThis as unknown as { longest?: number };
    const { longest } = seen;
    if (longest === undefined)
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest ?? 0, duration);
      }).observe({ type: 'longtask' });
    seen.longest = 0;
    return longest ?? 0;
  });

test('hostile study files are refused by name, and none of them stops the page', async ({ page }, info) => {
  test.setTimeout(300_000);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  const measured: string[] = [];
  for (const [name, content, said] of FILES) {
    const file = info.outputPath(name);
    writeFileSync(file, content());
    await longestTask(page);
    await drop(page, file);
    const alert = page.getByRole('alert').filter({ hasText: `${name} was not opened.` });
    await expect(alert).toBeVisible({ timeout: 120_000 });
    const longest = await longestTask(page);
    await expect(alert).toContainText(said);
    measured.push(`${name} (${readFileSync(file).length} bytes): ${longest.toFixed(0)} ms`);
    expect.soft(longest, name).toBeLessThan(LONGEST_MS);
    await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  }
  info.annotations.push({ type: 'longest tasks', description: measured.join('; ') });
  console.log(measured.join('\n'));
});
