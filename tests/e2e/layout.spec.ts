/** Layouts at seven widths, light and dark, with the page's font and without it. */
import { expect, test, type Page } from '@playwright/test';
import { configToQuery } from '../../src/share/config-query.ts';
import { BASE_NAME } from '../../src/state/url.ts';
import { PRESETS } from '../../src/study/presets.ts';
import { layoutFaults, settled } from '../support/layout.ts';

test.use({ actionTimeout: 15_000 });

const WIDTHS = [320, 360, 390, 768, 1024, 1440, 1920];
const SCHEMES = ['light', 'dark'] as const;
const FONTS = ['shipped', 'blocked'] as const;

/** Charts out of view are drawn again later: in a window of this height none is. */
const TALL = 16_000;

const blockFont = (page: Page): Promise<unknown> => page.route('**/*.woff2', (route) => route.abort());

const opened = (page: Page): Promise<void> =>
  expect(page.getByText('Saved result', { exact: true })).toBeVisible({ timeout: 30_000 });

interface Look {
  readonly width: number;
  readonly scheme?: (typeof SCHEMES)[number];
  readonly height?: number;
  /** Part of the page that is looked at. */
  readonly within?: string;
}

/** What is wrong at one width, each fault with where it was seen. */
async function faultsAt(page: Page, { width, scheme, height = TALL, within }: Look): Promise<string[]> {
  await page.setViewportSize({ width, height });
  if (scheme) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-theme="${scheme}"]`).waitFor();
  }
  await settled(page, within);
  return (await layoutFaults(page, within)).map((fault) => `${width} px${scheme ? `, ${scheme}` : ''}: ${fault}`);
}

async function faultsAtAll(page: Page, looks: readonly Look[]): Promise<string[]> {
  const faults: string[] = [];
  for (const look of looks) faults.push(...(await faultsAt(page, look)));
  return faults;
}

for (const font of FONTS) {
  test(`the opening page, font ${font}`, async ({ page }) => {
    if (font === 'blocked') await blockFont(page);
    await page.goto('');
    await opened(page);
    expect(await page.evaluate(() => document.fonts.check('14px "Inter Variable"'))).toBe(font === 'shipped');
    const looks = SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ width, scheme })));
    expect(await faultsAtAll(page, looks)).toEqual([]);
  });
}

/** Half of the widths with the page's font and half without it, and the other way round for the next preset. */
for (const [turn, preset] of PRESETS.filter(({ id, saved }) => saved && id !== 'full').entries()) {
  for (const [f, font] of FONTS.entries()) {
    test(`the figures of “${preset.name}”, font ${font}`, async ({ page }) => {
      if (font === 'blocked') await blockFont(page);
      await page.goto(`?${configToQuery(preset.config) || BASE_NAME}`);
      await opened(page);
      const looks = WIDTHS.filter((_, i) => (i + turn + f) % 2 === 0).map((width, i) => ({
        width,
        scheme: SCHEMES[(i + turn) % 2],
      }));
      expect(await faultsAtAll(page, looks)).toEqual([]);
    });
  }
}
