/** Memory of the page and its worker after several studies in the built page: must stay flat. */
import type { Page } from '@playwright/test';
import { requireBuild, withChromium } from '../scripts/with-chromium.ts';
import { unfoldStudy } from '../tests/support/page.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';

/** A minimal study that uses every feature. */
const STUDY =
  '?steps=20&validate-every=10&seeds=0,1&test-images=64&landscape-points=5&shapley-images=8&sparsities=0,0.5,0.9';

interface MemoryUse {
  readonly breakdown: readonly {
    readonly bytes: number;
    readonly attribution: readonly { readonly scope: string }[];
  }[];
}
declare global {
  interface Performance {
    /** https://wicg.github.io/performance-measure-memory/ */
    measureUserAgentSpecificMemory?(): Promise<MemoryUse>;
  }
}

const MIB = 2 ** 20;

/** MiB of JavaScript and WebAssembly in workers and in the page. @throws Error in a browser that cannot measure it. */
async function memoryOf(page: Page): Promise<{ worker: number; window: number }> {
  const use = await page.evaluate(() => performance.measureUserAgentSpecificMemory?.());
  if (!use)
    throw new Error('This browser does not measure the memory of pages (performance.measureUserAgentSpecificMemory).');
  const bytes = (kind: RegExp): number =>
    use.breakdown.reduce(
      (sum, part) => (part.attribution.some(({ scope }) => kind.test(scope)) ? sum + part.bytes : sum),
      0,
    );
  return { worker: bytes(/Worker/) / MIB, window: bytes(/^Window/) / MIB };
}

export async function benchBrowserMemory(report: Report, dist: string, studies: number): Promise<void> {
  requireBuild(dist);
  await withChromium(dist, async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await unfoldStudy(page);
    await page.goto(`${url}${STUDY}`);
    const run = page.getByRole('button', { name: /^Run/ }).first();
    const rows: Row[] = [];
    // Each measurement waits for garbage collection: a minute each.
    const measured = [2, Math.round(studies / 2) + 1, studies];
    for (let study = 1; study <= studies; study++) {
      await run.click();
      await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 20 * 60_000 });
      if (measured.includes(study)) rows.push({ study, ...(await memoryOf(page)) });
    }
    report.add(
      'memory in the browser',
      `MiB of JavaScript and WebAssembly in the worker and in the page after some of ${studies} small studies, Chromium ${browser.version()}.`,
      rows,
    );
  });
}
