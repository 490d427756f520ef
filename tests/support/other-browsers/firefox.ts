/** Firefox by WebDriver BiDi. */
import { launch, type ElementHandle } from 'puppeteer-core';
import { elementOf, type Driven } from './driven.ts';

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
  await page.setViewport({ width: 1440, height: 900 });
  const complaints: string[] = [];
  const hear = (text: string): void => {
    if (!LEFT_BEHIND.test(text)) complaints.push(text);
  };
  page.on('pageerror', (error) => hear(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') hear(message.text());
  });
  return {
    complaints,
    goTo: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    async press(role, name) {
      const element = (await page.evaluateHandle(elementOf(role, name))).asElement() as ElementHandle<Element> | null;
      if (!element) throw new Error(`There is no ${role} "${name}" to press.`);
      await element.click();
    },
    evaluate: (expression) => page.evaluate(expression) as Promise<never>,
    close: () => browser.close(),
  };
}
