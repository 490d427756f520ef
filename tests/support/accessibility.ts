/** What axe finds on a page or a part of it as it stands, in light and in dark. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

/** The builder reads half a megabyte of axe into the page twice for every search. One that is there stays. */
const NOTHING = ';';

/**
 * Legacy mode differs in frames of other origins, which the page has none of, and saves axe a page of its own for every search. What React Aria has said aloud
 * stands in a list of its own for some seconds, named by buttons that may be gone.
 */
const builderFor = (page: Page, isThere: boolean): AxeBuilder =>
  new AxeBuilder({ page, ...(isThere && { axeSource: NOTHING }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .exclude('[data-live-announcer]');

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

/** Marks the part that is searched. */
const PART = 'data-searched-by-axe';

/**
 * One line per broken rule, with the elements. Colours are all that differs between the schemes, so the second is searched for these alone. Searching a
 * whole page takes longer than opening it: most tests look at the part that they are about.
 */
export async function violations(where: Page | Locator, { without = [] }: Options = {}): Promise<string[]> {
  const part = 'page' in where ? where : null;
  const page = 'page' in where ? where.page() : where;
  const axe = async (): Promise<AxeBuilder> => {
    const builder = builderFor(page, await page.evaluate(() => 'axe' in window));
    return part ? builder.include(`[${PART}]`) : builder;
  };
  const found: string[] = [];
  const search = async (builder: AxeBuilder): Promise<void> => {
    await settled(page);
    await part?.evaluate((element, name) => element.setAttribute(name, ''), PART);
    const { violations: broken } = await builder.analyze();
    await part?.evaluate((element, name) => element.removeAttribute(name), PART);
    const theme = await page.locator('html').getAttribute('data-theme');
    for (const { id, nodes } of broken)
      found.push(`${theme}, ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
  };
  await search((await axe()).disableRules([...without]));
  const wasDark = (await page.locator('html').getAttribute('data-theme')) === 'dark';
  const turn = async (dark: boolean): Promise<void> => {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.locator(`html[data-theme="${dark ? 'dark' : 'light'}"]`).waitFor();
  };
  await turn(!wasDark);
  await search((await axe()).withRules(['color-contrast']));
  await turn(wasDark);
  return found;
}
