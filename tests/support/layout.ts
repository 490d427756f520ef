/** What is wrong with the layout of a page as it stands: found in the page, whatever it shows and whatever font it is set in. */
import type { Page } from '@playwright/test';
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
 * Every chart that is not drawn as the page stands is drawn in one go, as for a printer. Drawn one per idle moment, each would have the whole of a high
 * window painted, which takes longer than everything that is looked at.
 */
export const drawAtOnce = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        // Widths are known after the layout of a frame.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            dispatchEvent(new Event('beforeprint'));
            // Drawn for paper, charts are light.
            dispatchEvent(new Event('afterprint'));
            resolve();
          }),
        ),
      ),
  );

/** Unfolds everything, and what comes folded within it. All at once: each press of its own lays out and paints a page of thousands of elements. */
export const unfoldAll = (page: Page, within: string): Promise<void> =>
  page.evaluate(async (root) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (;;) {
      const folded = document.querySelectorAll<HTMLElement>(`${root} button[slot="trigger"][aria-expanded="false"]`);
      if (folded.length === 0) return;
      folded.forEach((button) => button.click());
      await drawn();
    }
  }, within);

/** Nothing is drawn any more at an earlier width: every chart in view has the width of its frame, and every font that comes has come. */
export async function settled(page: Page, within = 'body'): Promise<void> {
  await page.waitForFunction((root) => {
    const frames = [...document.querySelectorAll(`${root} [data-chart]`)].filter((frame) => {
      const { top, bottom } = frame.getBoundingClientRect();
      return top < innerHeight && bottom > 0 && frame.checkVisibility();
    });
    return (
      document.fonts.status === 'loaded' &&
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
export const layoutFaults = (page: Page, within = 'body'): Promise<string[]> => page.evaluate(findFaults, within);

/**
 * Prints the page. What is looked at is its layout on paper, which stands only while it is printed: what a page hears of its media then is all that it can
 * tell.
 */
export async function printed(
  page: Page,
): Promise<{ readonly faults: string[]; readonly emptyFrames: number; readonly dark: number }> {
  await page.evaluate(`matchMedia('print').addEventListener('change', ({ matches }) => {
    if (!matches) return;
    const cards = [...document.querySelectorAll('main :is(section, figure, [class*="awaited"])')].filter((card) => card.offsetHeight > 0 && getComputedStyle(card).borderTopWidth !== '0px');
    const emptyFrames = [
      ...[...document.querySelectorAll('figure span[class*="pixels"]')].filter((frame) => frame.checkVisibility()),
      ...cards.filter((card) => card.innerText.trim() === ''),
    ];
    // The root keeps the width of the window.
    const faults = (${findFaults.toString()})('body').filter((fault) => !fault.startsWith('the page is '));
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
    window.printed = { faults, emptyFrames: emptyFrames.length, dark: dark.length };
  })`);
  await page.pdf({ format: 'A4' });
  return page.evaluate('window.printed');
}

/** Runs in the page, so it holds everything it needs. */
function findFaults(within: string): string[] {
  const root = document.querySelector(within);
  if (!root) return [`there is no ${within} on the page`];
  const faults = new Set<string>();
  /** Pixels by which boxes may miss each other: fractions of pixels are rounded. */
  const slack = 1;
  /** Least pixels between a text and the edge of the card it is in. */
  const edge = 3;

  // Everything is read once: a page has thousands of texts, each within dozens of elements.
  function once<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
    const known = new Map<Key, Value>();
    return (key) => {
      const value = known.get(key);
      if (value !== undefined || known.has(key)) return value as Value;
      const fresh = read(key);
      known.set(key, fresh);
      return fresh;
    };
  }
  const styleOf = once((element: Element) => getComputedStyle(element));
  const boxOf = once((element: Element) => element.getBoundingClientRect());
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  /** For screen readers only. */
  const isSpokenOnly = once(
    (element: Element): boolean =>
      element.matches('[data-react-aria-prevent-focus], [hidden]') ||
      styleOf(element).clipPath === 'inset(50%)' ||
      boxOf(element).bottom < 0 ||
      (element.parentElement !== null && isSpokenOnly(element.parentElement)),
  );
  const ancestorsOf = once((element: Element): readonly Element[] => {
    const parent = element.parentElement;
    return parent ? [element, ...ancestorsOf(parent)] : [element];
  });
  const quote = (text: string): string => `“${text.replace(/\s+/g, ' ').trim().slice(0, 40)}”`;
  const place = (element: Element): string => {
    const named = ancestorsOf(element).find((each) => each.getAttribute('aria-label') ?? each.id);
    const name = named && (named.getAttribute('aria-label') ?? named.id);
    return name ? ` in “${name.slice(0, 40)}”` : '';
  };
  const px = (value: number): string => `${Math.round(value)} px`;
  const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll';
  const clips = (value: string): boolean => value === 'hidden' || value === 'clip';
  const overlap = (a: DOMRect, b: DOMRect): [number, number] => [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];

  const apart = (a: DOMRect, b: DOMRect): boolean => Math.min(...overlap(a, b)) < 0;

  const width = document.documentElement.clientWidth;
  const excess = document.documentElement.scrollWidth - width;
  if (excess > 0) faults.add(`the page is ${px(excess)} wider than the window`);

  /** What an element does to a text within it; null if nothing. */
  const frameOf = once((element: Element) => {
    const style = styleOf(element);
    if (style.display === 'inline' || style.display === 'contents') return null;
    const { overflowX, overflowY } = style;
    return {
      box: boxOf(element),
      shortens: style.textOverflow === 'ellipsis' && clips(overflowX),
      clipsX: clips(overflowX),
      clipsY: clips(overflowY),
      scrollsX: scrolls(overflowX),
      scrollsY: scrolls(overflowY),
      isFixed: style.position === 'fixed',
      /** A frame drawn around what it holds. */
      isCard:
        style.borderTopStyle !== 'none' &&
        [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth].every(
          (border) => parseFloat(border) > 0,
        ) &&
        style.borderTopColor !== 'rgba(0, 0, 0, 0)',
    };
  });

  function checkText(text: string, rect: DOMRect, parent: Element): void {
    let [seenX, seenY] = [true, true];
    let isShortened = false;
    for (const ancestor of ancestorsOf(parent)) {
      if (ancestor === document.body) break;
      const frame = frameOf(ancestor);
      if (!frame) continue;
      const { box } = frame;
      isShortened ||= frame.shortens;
      const beyond = {
        x: Math.max(box.left - rect.left, rect.right - box.right),
        y: Math.max(box.top - rect.top, rect.bottom - box.bottom),
      };
      const hidden = {
        x: seenX && !isShortened && frame.clipsX && beyond.x > slack,
        y: seenY && frame.clipsY && beyond.y > slack + 2,
      };
      if (hidden.x || hidden.y)
        faults.add(`${quote(text)} is cut off by ${px(hidden.x ? beyond.x : beyond.y)}${place(parent)}`);
      if (frame.isCard && seenX && !isShortened && beyond.x > -edge)
        faults.add(
          `${quote(text)} ${beyond.x > slack ? `leaves its card by ${px(beyond.x)}` : 'touches the edge of its card'}${place(parent)}`,
        );
      if (frame.isCard && seenY && beyond.y > slack)
        faults.add(`${quote(text)} leaves its card by ${px(beyond.y)} upright${place(parent)}`);
      if (frame.scrollsX) seenX = false;
      if (frame.scrollsY) seenY = false;
      if (frame.isFixed || (!seenX && !seenY)) break;
    }
    if (seenX && !isShortened && (rect.left < -slack || rect.right > width + slack))
      faults.add(`${quote(text)} leaves the window by ${px(Math.max(-rect.left, rect.right - width))}${place(parent)}`);
  }

  /** Whether a part of a text goes over several lines. */
  function isBroken(node: Node, start: number, { length }: string): boolean {
    range.setStart(node, start);
    range.setEnd(node, start + length);
    const parts = [...range.getClientRects()].filter((rect) => rect.width > 0);
    return new Set(parts.map((rect) => Math.round(rect.top))).size > 1;
  }

  /** Words and numbers stay whole, and numbers with their signs; longer ones, as names of files and addresses, may be broken, and others where a soft hyphen says so. */
  function checkWords(node: Node, text: string, parent: Element): void {
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}.,%\u00AD]+/gu)) {
      if (word.length > 20 || word.includes('\u00AD')) continue;
      if (isBroken(node, index, word)) faults.add(`${quote(word)} is broken within${place(parent)}`);
    }
    for (const { 0: joint, index } of text.matchAll(/\d %|± \d/g))
      if (isBroken(node, index, joint)) faults.add(`${quote(text)} is broken at “${joint}”${place(parent)}`);
  }

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const parent = node.parentElement;
    if (!text.trim() || !parent || parent.closest('svg, math, .katex, script, style, noscript, option')) continue;
    if (!isShown(parent) || isSpokenOnly(parent)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    for (const rect of rects) checkText(text, rect, parent);
    const words = text.trim().split(/\s+/).length;
    const lines = new Set(rects.map((rect) => Math.round(rect.top))).size;
    if (lines >= 4 && words / lines < 1.5) faults.add(`${quote(text)} is squeezed into ${lines} lines${place(parent)}`);
    if (lines > 1) checkWords(node, text, parent);
  }

  /** Corners of the box of a text, which may be slanted, without the room a font keeps above and below its letters. */
  const cornersOf = (text: SVGTextElement): DOMPoint[] => {
    const { x, y, width: w, height: h } = text.getBBox();
    const matrix = text.getScreenCTM() ?? undefined;
    const [top, bottom] = [y + 0.2 * h, y + 0.8 * h];
    return [new DOMPoint(x, top), new DOMPoint(x + w, top), new DOMPoint(x + w, bottom), new DOMPoint(x, bottom)].map(
      (corner) => corner.matrixTransform(matrix),
    );
  };
  /** Pixels by which two boxes overlap, by the separating axis theorem: negative if a line parallel to one of their sides passes between them. */
  const depthOf = (one: readonly DOMPoint[], other: readonly DOMPoint[]): number =>
    Math.min(
      ...[one, other].flatMap(([a, b, , d]) =>
        [b, d].map((end) => {
          const length = Math.hypot(end.x - a.x, end.y - a.y) || 1;
          const along = ({ x, y }: DOMPoint): number => (x * (end.x - a.x) + y * (end.y - a.y)) / length;
          const [p, q] = [one.map(along), other.map(along)];
          return Math.min(Math.max(...p), Math.max(...q)) - Math.max(Math.min(...p), Math.min(...q));
        }),
      ),
    );
  const frames = [...root.querySelectorAll('[role="img"], figure svg')].filter(
    (frame) => frame.matches('[role="img"]') || !frame.closest('[role="img"]'),
  );
  for (const frame of frames) {
    const bounds = boxOf(frame);
    const texts = [...frame.querySelectorAll('text')].flatMap((text) => {
      if (!text.textContent?.trim() || !isShown(text)) return [];
      const corners = cornersOf(text);
      const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      return [{ text: text.textContent, corners, rect: new DOMRect(x, y, Math.max(...xs) - x, Math.max(...ys) - y) }];
    });
    for (const { text, rect } of texts) {
      const beyond = Math.max(
        bounds.left - rect.left,
        rect.right - bounds.right,
        bounds.top - rect.top,
        rect.bottom - bounds.bottom,
      );
      if (beyond > slack) faults.add(`${quote(text)} is cut off by ${px(beyond)} in the chart${place(frame)}`);
    }
    texts.forEach((one, i) => {
      for (const other of texts.slice(i + 1)) {
        if (apart(one.rect, other.rect)) continue;
        const depth = depthOf(one.corners, other.corners);
        if (depth > slack)
          faults.add(`${quote(one.text)} and ${quote(other.text)} overlap by ${px(depth)} in the chart${place(frame)}`);
      }
    });
  }

  const controls = [
    ...root.querySelectorAll(
      'button, a[href], input:not([type="hidden"]), select, textarea, summary, label:has(input), [role="slider"]',
    ),
  ].filter((control) => isShown(control) && !isSpokenOnly(control) && boxOf(control).width > 1);
  const layer = once((element: Element) =>
    ancestorsOf(element).find((each) => ['fixed', 'sticky', 'absolute'].includes(styleOf(each).position)),
  );
  controls.forEach((one, i) => {
    for (const other of controls.slice(i + 1)) {
      if (apart(boxOf(one), boxOf(other))) continue;
      if (one.contains(other) || other.contains(one) || layer(one) !== layer(other)) continue;
      // A link in a text may go over several lines.
      const meetings = [...one.getClientRects()].flatMap((a) =>
        [...other.getClientRects()].map((b) => Math.min(...overlap(a, b))),
      );
      const meeting = Math.max(...meetings);
      if (meeting > slack) {
        const name = (control: Element): string =>
          quote(control.getAttribute('aria-label') ?? control.textContent ?? control.tagName);
        faults.add(`the controls ${name(one)} and ${name(other)} overlap by ${px(meeting)}${place(one)}`);
      }
    }
  });
  return [...faults];
}
