/** What axe finds on a page as it stands, in light and in dark. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Legacy mode differs in frames of other origins, which the page has none of, and saves axe a page of its own for every search. */
const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });

/** Colours fade from one scheme to the other, and half-way the contrast is that of neither. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

interface Options {
  /** Rules that do not apply to the state at hand. */
  readonly without?: readonly string[];
}

/** One line per broken rule, with the elements. Colours are all that differs between the schemes, so the second is searched for these alone. */
export async function violations(page: Page, { without = [] }: Options = {}): Promise<string[]> {
  const found: string[] = [];
  const search = async (builder: AxeBuilder): Promise<void> => {
    await settled(page);
    const { violations: broken } = await builder.analyze();
    const theme = await page.locator('html').getAttribute('data-theme');
    for (const { id, nodes } of broken)
      found.push(`${theme}, ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
  };
  await search(axe(page).disableRules([...without]));
  const wasDark = (await page.locator('html').getAttribute('data-theme')) === 'dark';
  const turn = async (dark: boolean): Promise<void> => {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.locator(`html[data-theme="${dark ? 'dark' : 'light'}"]`).waitFor();
  };
  await turn(!wasDark);
  await search(axe(page).withRules(['color-contrast']));
  await turn(wasDark);
  return found;
}
