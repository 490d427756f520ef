/** Firefox by WebDriver BiDi. */
import { launch, type ElementHandle } from 'puppeteer-core';
import { elementOf, type Driven } from './driven.ts';

export async function driveFirefox(executablePath: string): Promise<Driven> {
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const [page] = await browser.pages();
  await page.setViewport({ width: 1440, height: 900 });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
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
