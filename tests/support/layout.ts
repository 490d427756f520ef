/** What is wrong with the layout of a page as it stands: found in the page, whatever it shows and whatever font it is set in. */
import type { Page } from '@playwright/test';
import { bundled } from './in-page.ts';
import { twoFrames } from './page.ts';

export interface WindowSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Does something at every size of the window, then gives the page its own size back. The page is laid out at the full size, but shown at a tenth of
 * it: painting windows of this height and handing them to the screen takes longer than everything that is looked at.
 */
export async function atSizes<Size extends WindowSize>(
  page: Page,
  sizes: readonly Size[],
  look: (size: Size) => Promise<void>,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const resize = async ({ width, height }: WindowSize, scale: number): Promise<void> => {
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      scale,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, { width, height });
  };
  for (const size of sizes) {
    await resize(size, 0.1);
    await look(size);
  }
  await resize(page.viewportSize()!, 1);
}

/** The page is set as where its font is blocked, until the function that comes back is called or the page is loaded again. */
export async function takeFontAway(page: Page): Promise<() => Promise<void>> {
  const isThere = (wanted: boolean): Promise<unknown> =>
    page.waitForFunction(
      (expected) => [...document.fonts].some(({ family }) => family.includes('Inter Variable')) === expected,
      wanted,
    );
  const rules = await page.evaluate(() => {
    const isOwn = (rule: CSSRule): boolean =>
      rule instanceof CSSFontFaceRule && /^["']?Inter Variable/.test(rule.style.getPropertyValue('font-family'));
    const taken: string[] = [];
    for (const sheet of document.styleSheets)
      for (let i = sheet.cssRules.length - 1; i >= 0; i--) {
        if (!isOwn(sheet.cssRules[i])) continue;
        // Its address is relative to its sheet, and would be to the page where it comes back.
        taken.push(
          sheet.cssRules[i].cssText.replace(
            /url\("?([^")]+)"?\)/g,
            (_, url: string) => `url("${new URL(url, sheet.href ?? document.baseURI).href}")`,
          ),
        );
        sheet.deleteRule(i);
      }
    return taken;
  });
  await isThere(false);
  return async () => {
    await page.evaluate((texts) => {
      for (const text of texts) document.styleSheets[0].insertRule(text);
    }, rules);
    await isThere(true);
    await page.evaluate(() => document.fonts.load('14px "Inter Variable"'));
  };
}

/**
 * Every chart that is not drawn as the page stands, in figures that a phone folds too, is drawn in one go, as for a printer. Drawn one per idle moment, each would have the whole of a high
 * window painted, which takes longer than everything that is looked at.
 */
export const drawAtOnce = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        document.querySelectorAll<HTMLElement>('[data-unfolds]').forEach((button) => button.click());
        // Widths are known after the layout of a frame.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            dispatchEvent(new Event('beforeprint'));
            // Drawn for paper, charts are light.
            dispatchEvent(new Event('afterprint'));
            resolve();
          }),
        );
      }),
  );

/** Unfolds everything, and what comes folded within it. All at once: each press of its own lays out and paints a page of thousands of elements. */
export const unfoldAll = (page: Page, within: string): Promise<void> =>
  page.evaluate(async (root) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (;;) {
      const folded = document.querySelectorAll<HTMLElement>(`${root} button[aria-controls][aria-expanded="false"]`);
      if (folded.length === 0) return;
      folded.forEach((button) => button.click());
      await drawn();
    }
  }, within);

/** Every deferred part has come. */
export const allParts = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !document.querySelector('[data-deferred]'));

/** Every part has come, and nothing is drawn any more at an earlier width: every chart in view has the width of its frame, and every font that comes has come. */
export async function settled(page: Page, within = 'body'): Promise<void> {
  await page.waitForFunction((root) => {
    const frames = [...document.querySelectorAll(`${root} [data-chart]`)].filter((frame) => {
      const { top, bottom } = frame.getBoundingClientRect();
      return top < innerHeight && bottom > 0 && frame.checkVisibility();
    });
    return (
      document.fonts.status === 'loaded' &&
      !document.querySelector(`${root} [data-deferred]`) &&
      frames.every((frame) => {
        const drawn = frame.querySelector(':scope > svg[data-picture], .js-plotly-plot .main-svg');
        // Enlarged as a whole, a chart is drawn at the width that it would have otherwise.
        const width = frame.getBoundingClientRect().width / frame.currentCSSZoom;
        return Math.abs(Number(drawn?.getAttribute('width')) - width) < 1;
      })
    );
  }, within);
  await twoFrames(page);
}

/**
 * One line per fault: a page wider than its window; text that is cut off, leaves its card or touches its edge; words squeezed into a column of
 * one word a line, or broken within; texts of a chart that overlap or are cut; controls that overlap. Text that ends in an ellipsis or scrolls
 * in its own region is in order.
 */
export const layoutFaults = async (page: Page, within = 'body'): Promise<string[]> =>
  page.evaluate(await looking(within));

let script: Promise<string> | null = null;

/** An expression that looks in the page and is the faults it finds. */
async function looking(within: string): Promise<string> {
  script ??= bundled('tests/support/layout-faults/find-faults.ts', 'layoutFaults');
  return `(() => { ${await script}; return layoutFaults.findFaults(${JSON.stringify(within)}); })()`;
}

/**
 * Prints the page. What is looked at is its layout on paper, which stands only while it is printed: what a page hears of its media then is all that it can
 * tell.
 */
export async function printed(
  page: Page,
): Promise<{ readonly faults: string[]; readonly emptyFrames: number; readonly dark: number; readonly drawn: number }> {
  // A part whose code is not there yet is not on paper.
  await allParts(page);
  await page.evaluate(`matchMedia('print').addEventListener('change', ({ matches }) => {
    if (!matches) return;
    const cards = [...document.querySelectorAll('main :is(section, figure, [class*="awaited"])')].filter((card) => card.offsetHeight > 0 && getComputedStyle(card).borderTopWidth !== '0px');
    const emptyFrames = [
      ...[...document.querySelectorAll('figure span[class*="pixels"]')].filter((frame) => frame.checkVisibility()),
      ...cards.filter((card) => card.innerText.trim() === ''),
    ];
    // The root keeps the width of the window.
    const faults = ${await looking('body')}.filter((fault) => !fault.startsWith('the page is '));
    const excess = document.body.scrollWidth - document.documentElement.clientWidth;
    // Paper has fractions of pixels.
    if (excess > 1) faults.push('the page is ' + excess + ' px wider than the paper');
    // A grid that is broken between two sheets does not grow with what moves to the second, and Firefox cuts it there.
    for (const figure of document.querySelectorAll('main figure'))
      for (let around = figure; around && figure.offsetHeight > 0; around = around.parentElement)
        if (/grid|flex/.test(getComputedStyle(around).display))
          faults.push('“' + figure.innerText.slice(0, 40) + '” lies in the grid ' + around.className);
    for (const button of document.querySelectorAll('main button'))
      if (/^(PNG|SVG|CSV)$/.test(button.textContent) && button.checkVisibility()) faults.push('“' + button.getAttribute('aria-label') + '” is pressed, not read');
    for (const caption of document.querySelectorAll('main figcaption')) {
      const all = caption.querySelector('p')?.textContent ?? '';
      const told = all.slice(caption.querySelector('strong')?.textContent.length ?? 0).trim();
      if (told && caption.querySelector('[data-kept]')?.textContent.startsWith(told.slice(0, 40)))
        faults.push('“' + told.slice(0, 40) + '” is told twice');
    }
    const charts = [...document.querySelectorAll('[data-chart]')].filter((chart) => chart.checkVisibility());
    const dark = charts.filter((chart) => getComputedStyle(chart).getPropertyValue('--paper') !== 'rgb(255, 255, 255)');
    const drawn = charts.filter((chart) => chart.querySelector(':scope > svg[data-picture]')?.checkVisibility());
    window.printed = { faults, emptyFrames: emptyFrames.length, dark: dark.length, drawn: drawn.length };
  })`);
  await page.pdf({ format: 'A4' });
  return page.evaluate('window.printed');
}
