/** Firefox by WebDriver BiDi. */
import { launch } from 'puppeteer-core';
import type { Driven } from './driven.ts';
import { drivenPage } from './driven-page.ts';

/** Of requests that were under way when the page was left: they have no address any more. */
const LEFT_BEHIND = /Failed to load ‘’\. A ServiceWorker intercepted the request/;

/** WebGPU also where Firefox does not offer it to everybody yet, and on adapters that compute on the CPU. */
export const WITH_WEBGPU = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** @param preferences of Firefox (about:config) that differ from its own */
export async function driveFirefox(
  executablePath: string,
  preferences: Readonly<Record<string, boolean>> = {},
): Promise<Driven> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { ...preferences },
  });
  const [page] = await browser.pages();
  return {
    ...(await drivenPage(page, (text) => (LEFT_BEHIND.test(text) ? null : text))),
    close: () => browser.close(),
  };
}
