/** A complete quick study in the built page in Chromium: its duration, its number of threads, and whether the page stays responsive. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { requireBuild, withChromium } from '../scripts/with-chromium.ts';
import { unfoldStudy } from '../tests/support/page.ts';
import type { Report } from './report.ts';

const STUDY_TIMEOUT = 20 * 60_000;

interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}
declare global {
  interface Window {
    benchLongTasks?: LongTask[];
  }
}

/** Records main-thread tasks longer than 50 ms, from page start. */
function observeLongTasks(): void {
  const tasks: LongTask[] = [];
  window.benchLongTasks = tasks;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

/** CPU seconds of all renderer processes so far: the page, its worker and the worker's threads. */
async function rendererSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Loads the page; resolves to the gzipped bytes of the scripts loaded before the load event. */
async function open(page: Page, url: string): Promise<number> {
  const scripts: Promise<number>[] = [];
  let loaded = false;
  page.on('response', (response) => {
    if (loaded || response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(url, { waitUntil: 'load' });
  loaded = true;
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
}

/** The device the page selected, as named in its badge. */
async function deviceOf(page: Page): Promise<string> {
  const badge = page.getByRole('button', { name: /^Compute device: (?!Checking device)/ });
  await badge.waitFor({ timeout: 120_000 });
  return ((await badge.getAttribute('aria-label')) ?? '').replace('Compute device: ', '');
}

/** @param study its address, the preset "Quick" unless given */
export async function benchBrowser(report: Pick<Report, 'add'>, dist: string, study = '?preset=quick'): Promise<void> {
  requireBuild(dist);
  await withChromium(dist, async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(observeLongTasks);
    await unfoldStudy(page);
    const bytes = await open(page, url + study);
    const device = await deviceOf(page);
    const pageStart = await page.evaluate(() => performance.now());
    const processorStart = await rendererSeconds(browser);
    await page.getByRole('button', { name: /^Run/ }).first().click();
    await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: STUDY_TIMEOUT });
    const seconds = ((await page.evaluate(() => performance.now())) - pageStart) / 1000;
    const processorSeconds = (await rendererSeconds(browser)) - processorStart;
    const tasks = await page.evaluate(() => window.benchLongTasks ?? []);
    const during = tasks.filter(({ startTime }) => startTime >= pageStart).map(({ duration }) => duration);
    const before = tasks.filter(({ startTime }) => startTime < pageStart).map(({ duration }) => duration);
    const version = browser.version();
    report.add(
      'quick study in the browser',
      'The preset "Quick" through the built page, from pressing Run to the last chart.',
      [
        { what: 'browser', value: `Chromium ${version}` },
        { what: 'device in the badge', value: device },
        { what: 'seconds', value: seconds.toFixed(1) },
        { what: 'processor seconds of page and worker', value: processorSeconds.toFixed(1) },
        { what: 'cores used on average', value: (processorSeconds / seconds).toFixed(2) },
        { what: 'main-thread tasks above 50 ms during the study', value: String(during.length) },
        { what: 'longest of them, ms', value: String(Math.round(Math.max(0, ...during))) },
        { what: 'main-thread tasks above 50 ms while loading', value: String(before.length) },
        { what: 'longest of them, ms', value: String(Math.round(Math.max(0, ...before))) },
        { what: 'JavaScript before the load event, kB gzip', value: (bytes / 1000).toFixed(1) },
      ],
    );
  });
}
