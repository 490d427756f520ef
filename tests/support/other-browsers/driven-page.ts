/** A page that Puppeteer drives. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { elementOf, type Driven } from './driven.ts';

/** @param hear is told what the page complains about and may pass over it: null */
export async function drivenPage(
  page: Page,
  hear: (text: string) => string | null = (text) => text,
): Promise<Omit<Driven, 'close'>> {
  await page.setViewport({ width: 1440, height: 900 });
  const complaints: string[] = [];
  const note = (text: string): void => {
    const complaint = hear(text);
    if (complaint !== null) complaints.push(complaint);
  };
  page.on('pageerror', (error) => note(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  // Whoever leaves a result that is nowhere else is asked.
  page.on('dialog', (dialog) => void dialog.accept());
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
    print: () => page.pdf({ format: 'A4' }),
  };
}
