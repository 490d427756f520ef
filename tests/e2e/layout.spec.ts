/** Layouts at seven widths, light and dark, with the page's font and without it, in English and German, with larger letters too; and how little moves by itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { DEFAULT_SAVED } from '../../src/state/page/saved-results.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { expect } from '../support/expect.ts';
import { atSizes, drawAtOnce, layoutFaults, printed, settled, takeFontAway, unfoldAll } from '../support/layout.ts';
import { complaints, engineOpened, expectFits } from '../support/page.ts';
import { forgetShifts, MOST_SHIFT, shifted, watchShifts } from '../support/shifts.ts';

const WIDTHS = [320, 360, 390, 768, 1024, 1440, 1920];
const SCHEMES = ['light', 'dark'] as const;
const FONTS = ['shipped', 'blocked'] as const;

/** Charts out of view are drawn again later: in a window of this height none is. */
const TALL = 40_000;

const blockFont = (page: Page): Promise<unknown> => page.route('**/*.woff2', (route) => route.abort());

const opened = (page: Page): Promise<void> => expect(page.getByText(/^(Saved result|Gespeichert)$/)).toBeVisible();

interface Look {
  readonly width: number;
  readonly scheme?: (typeof SCHEMES)[number];
  readonly height?: number;
  /** Part of the page that is looked at. */
  readonly within?: string;
}

/** Parts of figures that lie over the next one. */
const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('figure')].flatMap((figure) => {
      const parts = [...figure.children].filter(
        (part) => part.checkVisibility() && getComputedStyle(part).position !== 'absolute',
      );
      const bottomOf = (part: Element): number =>
        Math.max(
          part.getBoundingClientRect().bottom,
          part.getBoundingClientRect().top + part.scrollHeight * (part as HTMLElement).currentCSSZoom,
        );
      return parts.slice(1).flatMap((part, i) => {
        const over = bottomOf(parts[i]) - part.getBoundingClientRect().top;
        return over > 2
          ? [`“${(parts[i].textContent ?? '').slice(0, 40)}” lies ${Math.round(over)} px over what follows`]
          : [];
      });
    }),
  );

/** What is wrong at these sizes, each fault with where it was seen. */
async function faultsAtAll(page: Page, looks: readonly Look[]): Promise<string[]> {
  const faults: string[] = [];
  const shown = await page.locator('html').getAttribute('data-theme');
  // For another scheme every chart is drawn again: that of the page comes first, and the other one is chosen in the page's own window, which shows few.
  const [same, others] = [true, false].map((isShown) => looks.filter(({ scheme }) => (scheme === shown) === isShown));
  for (const group of [same, others]) {
    if (group.length === 0) continue;
    const [{ scheme }] = group;
    if (scheme && scheme !== shown) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(`html[data-theme="${scheme}"]`).waitFor();
    }
    const sizes = group.map((look) => ({ height: TALL, ...look }));
    await atSizes(page, sizes, async ({ width, within }) => {
      const look = async (): Promise<string[]> => {
        // Of a part, only the charts beside it are seen.
        if (!within) await drawAtOnce(page);
        await settled(page, within);
        return layoutFaults(page, within);
      };
      let found = await look();
      // A chart whose turn to be drawn comes just then has the width of before for a moment. What is wrong stays.
      if (found.length > 0) found = await look();
      for (const fault of found) faults.push(`${width} px${scheme ? `, ${scheme}` : ''}: ${fault}`);
    });
  }
  return faults;
}

for (const [f, font] of FONTS.entries()) {
  test(`the opening page and its settings in English and German, font ${font}`, async ({ page }) => {
    if (font === 'blocked') await blockFont(page);
    // What is folded in one language is unfolded in the other, and the other way round without the page's font.
    const [first, then] = font === 'shipped' ? (['en', 'de'] as const) : (['de', 'en'] as const);
    await page.goto(`?lang=${first}`);
    await opened(page);
    expect(await page.evaluate(() => document.fonts.check('14px "Inter Variable"'))).toBe(font === 'shipped');
    // A width that is light with the page's font is dark without it.
    const looks = WIDTHS.map((width, i) => ({ width, scheme: SCHEMES[(i + f) % 2] }));
    expect(await faultsAtAll(page, looks)).toEqual([]);

    await page.locator(`header button[lang="${then}"]`).click();
    await expect(page.locator('html')).toHaveAttribute('lang', then);
    await opened(page);
    await unfoldAll(page, 'main');
    const others = WIDTHS.map((width, i) => ({ width, scheme: SCHEMES[(i + f + 1) % 2] }));
    expect(await faultsAtAll(page, others)).toEqual([]);

    // As for a reader who has set their browser to larger letters: 20 pixels where 16 are usual.
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '125%'));
    expect(await faultsAtAll(page, [{ width: 390 }, { width: 1440 }])).toEqual([]);
  });
}

test('letters of twice the usual size, as a browser may be set to', async ({ page }) => {
  await page.goto('');
  await opened(page);
  // Buttons say how long a study takes as soon as that is known.
  await engineOpened(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  await expect(page.getByRole('table').first().getByText('LoRA')).toBeVisible();
  expect(await faultsAtAll(page, [{ width: 320 }, { width: 390 }, { width: 1280 }])).toEqual([]);
  // What leads past the page is seen when it has the focus.
  const skips = page.getByRole('link', { name: /^Skip to/ });
  const bottoms = skips.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().bottom));
  expect(Math.max(...(await bottoms))).toBeLessThanOrEqual(0);
  // What is chosen is read whole where there is room.
  const choices = page.getByRole('figure', { name: 'See it decide', exact: true }).locator('[class*="selectValue"]');
  await expect(choices).toHaveCount(3);
  const short = choices.evaluateAll((all) =>
    all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent),
  );
  expect(await short).toEqual([]);
});

test('layers pruned by hand, own images and what a lesson covers, in letters of twice the usual size on a phone', async ({
  page,
}, info) => {
  const folder = info.outputPath('Bilder');
  for (let i = 0; i < 16; i++) {
    const name = i % 2 ? 'Hose' : 'Bergschuhe mit langem Namen';
    await mkdir(`${folder}/${name}`, { recursive: true });
    const background = { r: i * 15, g: 120, b: 255 - i * 15 };
    await sharp({ create: { width: 16, height: 16, channels: 3, background } }).toFile(`${folder}/${name}/${i}.png`);
  }
  await writeFile(`${folder}/Hose/a.heic`, 'no image');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('?lang=de');
  await opened(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  const hand = page.getByRole('region', { name: 'Pruning von Hand', exact: true });
  await hand.getByRole('button', { name: /^Zeigen/ }).click();
  await hand.getByRole('button', { name: 'Alle aus' }).click();
  await expect(hand.getByRole('region', { name: 'Werden falsch' }).locator('canvas').first()).toBeVisible();
  expect(await layoutFaults(page, '[aria-label="Pruning von Hand"]')).toEqual([]);

  await page
    .getByRole('region', { name: 'Aufgabe', exact: true })
    .locator('input[webkitdirectory]')
    .last()
    .setInputFiles(folder);
  await expect(page.getByText('16 Bilder, 2 Klassen')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Auf diesem Gerät behalten' })).toBeVisible();
  await expectFits(page);
  expect(await layoutFaults(page, '[aria-label="Dein Datensatz"]')).toEqual([]);

  await page.goto('?lesson=two-seeds/average&lang=de');
  await expect(page.getByText('Die nächsten Schritte der Lektion fragen', { exact: false }).first()).toBeVisible();
  expect(await layoutFaults(page, 'main')).toEqual([]);
});

test('names of arms are read whole beside every picture, and a finger meets the button of every explanation', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.removeItem('copra-study'));
  await page.goto('');
  await opened(page);
  const faults: string[] = [];
  const sizes = [320, 360, 390, 1280, 1366, 1440, 1920].map((width) => ({ width, height: 900 }));
  await atSizes(page, sizes, async ({ width }) => {
    // On a phone they stand elsewhere.
    await page.locator('[class*="verdictName"]').first().waitFor();
    const found = await page.evaluate(() => {
      const names = [...document.querySelectorAll('[class*="verdictName"]')];
      const short = names.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      const explanations = [...document.querySelectorAll('main button[aria-label^="About"]')];
      const small = explanations.filter((button) => {
        const { width: across, height: down } = button.getBoundingClientRect();
        return button.checkVisibility() && Math.min(across, down) < 24;
      });
      return [
        ...(explanations.length > 0 ? [] : ['there is no explanation']),
        ...short.map(({ textContent }) => `${textContent} is not whole`),
        ...small.map((button) => `${button.getAttribute('aria-label')} is smaller than 24 px`),
      ];
    });
    for (const fault of found) faults.push(`${width} px: ${fault}`);
  });
  expect(faults).toEqual([]);

  // So is what is wrong with a link, beside its two buttons; and nothing is told of numbers that are not there.
  await page.goto('#r2.hello');
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await faultsAtAll(page, [{ width: 320 }, { width: 390 }])).toEqual([]);
  await expect(page.getByText(/keeps no predictions of single pictures/)).toHaveCount(0);
  await expect(page.getByText(/bold where it leaves out 0/)).toBeHidden();
});

/** The test pictures come when they are in view. */
async function picturesDrawn(page: Page): Promise<void> {
  const pictures = page.getByRole('figure', { name: 'See it decide', exact: true });
  await pictures.scrollIntoViewIfNeeded();
  await expect(pictures.locator('canvas').first()).toBeVisible();
}

test('on paper, the figures of every analysis are whole, and nothing is told twice', async ({ page }) => {
  for (const [preset, charts] of [
    ['why', 11],
    ['geometry', 7],
  ] as const) {
    await page.goto(`?preset=${preset}`);
    await opened(page);
    // The code of some figures comes with them.
    await expect(page.locator('[data-chart]')).toHaveCount(charts);
    await picturesDrawn(page);
    const { drawn, ...wrong } = await printed(page);
    expect(wrong, preset).toEqual({ faults: [], emptyFrames: 0, dark: 0 });
    expect(drawn, preset).toBe(charts);
  }
});

test('on paper, nothing is cut, no picture is missing, and a dark page is light', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('');
  await opened(page);
  await engineOpened(page);
  await picturesDrawn(page);
  const { drawn, ...wrong } = await printed(page);
  expect(wrong).toEqual({ faults: [], emptyFrames: 0, dark: 0 });
  expect(drawn).toBeGreaterThan(9);
  // On a phone the page has another order, which stays on paper: what moves begins anew, without its pictures. What is folded is there.
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await picturesDrawn(page);
  await expect(page.getByRole('button', { name: 'Show: Pruning whole layers' })).toBeVisible();
  expect(await printed(page)).toEqual({ faults: [], emptyFrames: 0, dark: 0, drawn });
  await expect(page.getByRole('button', { name: 'Show: Pruning whole layers' })).toBeVisible();
  await page.setViewportSize({ width, height });
  const own = page.getByRole('region', { name: 'Try your own', exact: true });
  await expect(own).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(own).toBeHidden();
});

/** Steps with a chart of every kind: a caption above two panels, three, a matrix, pictures, bars, a table, the map. */
const PRESENTED = [
  ...['picture/decide', 'picture/mistakes', 'lora/train', 'two-seeds/average', 'two-seeds/why'],
  ...['shapley/twelve', 'pruning/weights', 'honest/regimes', 'honest/paired'],
];

test('presented in the longer language, no caption lies over its chart, and nothing is cut', async ({ page }) => {
  test.slow();
  const faults: string[] = [];
  for (const step of PRESENTED) {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`?lesson=${step}&present&lang=de`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.keyboard.press('1');
    await page.locator('main').locator('figure, table').first().waitFor();
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      await settled(page);
      for (const fault of [...(await layoutFaults(page)), ...(await overlaps(page))])
        faults.push(`${step}, ${width} × ${height}: ${fault}`);
    }
  }
  expect(faults).toEqual([]);
});

/** Presets with the same figures, of many images and of few. */
const TWIN = /-few-shots$/;

/**
 * One after the other on one page, with the settings of its analyses. Half of the widths with the page's font and half without it, and the other way round for
 * the next preset; twins share the widths.
 */
test('the figures of every preset with a saved result, and the settings of all', async ({ page }) => {
  test.slow(); // seventy looks
  const heard = complaints(page);
  await page.goto('');
  await opened(page);
  await page.getByRole('button', { name: /^Analyses/, expanded: false }).click();
  const saved = PRESETS.filter((preset) => preset.saved && preset.id !== DEFAULT_SAVED.id);
  const ids = saved.map(({ id }) => id);
  const choose = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: /^Preset: / }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
    await page.mouse.move(2, 2); // a chart under the pointer is Plotly's, which a printer does not draw again
    await expect(page.getByRole('button', { name: `Preset: ${name}`, exact: true })).toBeVisible();
    await expect(page.getByRole('switch', { name: 'Many tasks', exact: true })).toBeVisible();
  };
  for (const [turn, { id, name }] of saved.entries()) {
    await choose(name);
    // Until its result has come, the page says how the settings differ from those of the result before.
    await expect(page.getByText('Changed since the result shown:')).toHaveCount(0);
    await opened(page);
    const [isFew, original] = [TWIN.test(id), id.replace(TWIN, '')];
    const pair = ids.includes(original) && ids.includes(`${original}-few-shots`) ? ids.indexOf(original) >> 1 : null;
    for (const [f, font] of FONTS.entries()) {
      if (pair !== null && isFew !== (font === 'blocked')) continue;
      const phase = pair === null ? turn + f : pair + f;
      const giveBack = font === 'blocked' ? await takeFontAway(page) : null;
      // In one scheme a look: every chart is drawn again for another one. Four pairs have every width in both, with the font and without it.
      const scheme = SCHEMES[(((pair ?? turn) >> 1) + f) % 2];
      const looks = WIDTHS.filter((_, i) => (i + phase) % 2 === 0).map((width) => ({ width, scheme }));
      expect(await faultsAtAll(page, looks), `${name}, font ${font}`).toEqual([]);
      await giveBack?.();
    }
  }
  for (const { name } of PRESETS.filter(({ saved: isSaved }) => !isSaved)) {
    await choose(name);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expectFits(page);
    }
  }
  // Not every saved result has the accuracies of coalitions beside it, for pruning by hand.
  expect(heard.filter((message) => !message.includes('404 (Not Found)'))).toEqual([]);
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('the lessons beside the page, with the font and without it', async ({ page }) => {
    test.slow(); // fifty looks
    const panel = page.getByRole('complementary');
    const beside = WIDTHS.map((width) => ({ width, height: 844, within: 'aside' }));
    const both = async (looks: readonly Look[]): Promise<void> => {
      expect(await faultsAtAll(page, looks), 'font shipped').toEqual([]);
      const giveBack = await takeFontAway(page);
      expect(await faultsAtAll(page, looks), 'font blocked').toEqual([]);
      await giveBack();
    };
    await page.goto('?lesson=shapley/by-hand&lang=de');
    await expect(panel.locator('.katex').first()).toBeVisible();
    await expect(panel.getByText(/Schritt \d von \d$/)).toBeVisible();
    await both(beside);
    await page.goto('?lesson=two-seeds/copra&lang=de');
    await opened(page);
    await expect(panel.locator('.katex').first()).toBeVisible();
    // Beside a lesson the page has less room than its window.
    await both([...beside, { width: 1024 }, { width: 1440 }]);
    await panel.getByRole('button', { name: 'Alle Lektionen' }).click();
    await both(beside);
  });
});

test('what pops up over the page, what may be dropped on it, and the numbers at a pointer', async ({ page }) => {
  await page.goto('');
  await opened(page);
  // High enough for the longest dialog: what scrolls out of sight in a low window is no fault.
  const sizes = WIDTHS.map((width) => ({ width, height: 3000 }));
  const faults: string[] = [];
  const look = async (popup: string, width: number): Promise<void> => {
    for (const fault of await layoutFaults(page, '[data-trigger]')) faults.push(`${width} px, ${popup}: ${fault}`);
  };
  // It makes its links when it is opened, so it stays open while the window changes.
  const code = page.getByRole('dialog', { name: 'Share' }).getByRole('img', { name: /QR code/ });
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  await expect(code).toBeVisible();
  await atSizes(page, sizes, async ({ width }) => {
    await settled(page, '[data-trigger]');
    await expect(code).toBeVisible();
    await look('Share', width);
  });
  await page.keyboard.press('Escape');
  await expect(code).toBeHidden();
  await atSizes(page, sizes, async ({ width }) => {
    for (const [button, popup] of [
      [/^Preset: /, page.getByRole('menu')],
      [/how to read: Landscape/, page.getByRole('dialog', { name: /how to read: Landscape/ })],
    ] as const) {
      await page.getByRole('button', { name: button }).press('Enter');
      await expect(popup).toBeVisible();
      await look(String(button), width);
      await page.keyboard.press('Escape');
      await expect(popup).toBeHidden();
    }
  });
  expect(faults).toEqual([]);
  await checkNumbersAtPointer(page);
  await checkWordsOverPage(page);
});

/** What may be dropped is said on a ground of its own. */
async function checkWordsOverPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png'));
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer }));
  });
  const words = page.getByText('Drop your images');
  await expect(words).toBeVisible();
  const sizes = WIDTHS.map((width) => ({ width, height: 844 }));
  await atSizes(page, sizes, async () => {
    // Whatever is below the words is not seen through what they stand on.
    const ground = await words.evaluate((element) => {
      let [ground, alpha] = [element as Element | null, 0];
      for (; ground && alpha < 1; ground = ground.parentElement) {
        const parts = getComputedStyle(ground).backgroundColor.match(/[\d.]+/g) ?? [];
        alpha = parts.length === 4 ? Number(parts[3]) : 1;
        if (alpha === 1 && ground.contains(document.querySelector('main'))) return 'the page itself';
        if (alpha === 1) return getComputedStyle(ground).backgroundColor;
      }
      return 'nothing';
    });
    expect(ground).toMatch(/^rgb\(/);
  });
}

/** The box of numbers at a pointer says what is on the axis and lies on no point of a curve. */
async function checkNumbersAtPointer(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  const chart = page.getByRole('img', { name: /^Landscape/ });
  await chart.scrollIntoViewIfNeeded();
  await settled(page);
  await chart.hover();
  await expect(chart.locator('.main-svg').first()).toBeVisible();
  const box = (await chart.boundingBox())!;
  const label = chart.locator('.hoverlayer g.legend');
  for (const share of [0.2, 0.3, 0.42, 0.7, 0.9]) {
    await page.mouse.move(box.x + share * box.width, box.y + box.height / 2, { steps: 3 });
    await expect(label).toContainText(/^λ = [01](\.\d+)?[A-Z]/);
    const covered = await label.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return [...(element.closest('.main-svg')?.parentElement?.querySelectorAll('.scatterlayer .point') ?? [])].filter(
        (point) => {
          const { x, y, width, height } = point.getBoundingClientRect();
          const [cx, cy] = [x + width / 2, y + height / 2];
          return cx > left && cx < right && cy > top && cy < bottom;
        },
      ).length;
    });
    expect(covered).toBe(0);
  }
}

declare global {
  interface Window {
    /** Buttons of the header and of the run that have moved, and from where to where. */
    moved: Set<string>;
    /** Charts that were resized, each with by how much it missed its frame then. */
    resized: { readonly chart: string; readonly across: number; readonly down: number }[];
  }
}

/** From now on, what may be pressed is told when it moves. A button that grows at one end moves nothing. */
const watchButtons = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.moved = new Set();
    const places = new Map<Element, DOMRect>();
    const look = (): void => {
      for (const button of document.querySelectorAll('header button, #run button')) {
        const now = button.getBoundingClientRect();
        const before = places.get(button) ?? now;
        places.set(button, now);
        const by = [now.left - before.left, now.right - before.right];
        if (by.every((pixels) => Math.abs(pixels) > 0.5))
          window.moved.add(`${button.getAttribute('aria-label') ?? button.textContent} by ${by.join(' and ')} px`);
      }
      requestAnimationFrame(look);
    };
    look();
  });

const moved = (page: Page): Promise<string[]> => page.evaluate(() => [...window.moved]);

/** From now on, every chart is looked at as it is painted when its frame has another width: it is drawn for that width later. */
const watchCharts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.resized = [];
    const widths = new Map<Element, number>();
    // Later than the page's own observer, which was there before.
    const observer = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) {
        const known = widths.get(target);
        widths.set(target, contentRect.width);
        const picture = target.querySelector(':scope > svg[data-picture]')?.getBoundingClientRect();
        if (known === undefined || known === contentRect.width || !picture) continue;
        const frame = target.getBoundingClientRect();
        window.resized.push({
          chart: target.getAttribute('aria-label')!,
          across: frame.width - picture.width,
          down: frame.height - picture.height,
        });
      }
    });
    document.querySelectorAll('[data-chart]').forEach((chart) => observer.observe(chart));
  });

for (const width of [390, 768, 1440]) {
  test(`nothing moves when the page loads and when a run starts, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await watchShifts(page);
    // The device opens once everything else is there.
    let open = (): void => undefined;
    const mayOpen = new Promise<void>((resolve) => (open = resolve));
    await page.route(/\/worker-[^/]*\.js$/, async (route) => {
      await mayOpen;
      await route.continue();
    });
    await page.goto('');
    await opened(page);
    await expect(page.getByRole('button', { name: 'Compute device: Checking device' })).toBeVisible();
    await settled(page);
    await watchButtons(page);
    open();
    await engineOpened(page);
    // On a phone a bar has the same buttons while these are out of view.
    const panel = page.getByRole('region', { name: 'Run', exact: true });
    await expect(panel.getByRole('button', { name: /^Run it here · about/ })).toBeVisible();
    await settled(page);
    expect(await shifted(page)).toBeLessThan(MOST_SHIFT);

    await forgetShifts(page); // what moved when it loaded
    await panel.getByRole('button', { name: 'Run it here' }).click();
    await expect(panel.getByText(/^step [1-9]\d* of 2,000$/)).toBeVisible();
    await settled(page);
    expect(await shifted(page)).toBeLessThan(MOST_SHIFT);
    expect(await moved(page)).toEqual([]);

    await panel.getByRole('button', { name: 'Pause' }).click();
    await expect(panel.getByRole('button', { name: 'Resume' })).toBeVisible();
    await watchCharts(page);
    const looks = WIDTHS.filter((each) => each >= width && each < 2 * width).map((each) => ({ width: each }));
    expect(await faultsAtAll(page, looks)).toEqual([]);
    // The picture of before is neither cut nor leaves a gap, until the chart is drawn for its new width.
    const resized = await page.evaluate(() => window.resized);
    expect(resized.filter(({ across, down }) => Math.abs(across) > 1 || Math.abs(down) > 1)).toEqual([]);
    expect(resized.length).toBeGreaterThan(0);
  });
}

test('nothing moves when the font of the page comes late', async ({ page }) => {
  await watchShifts(page);
  let arrive = (): void => undefined;
  const late = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.woff2', async (route) => {
    await late;
    await route.continue();
  });
  await page.goto('', { waitUntil: 'commit' }); // the page counts as loaded with its font only
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await engineOpened(page);
  arrive();
  await expect.poll(() => page.evaluate(() => document.fonts.check('16px "Inter Variable"'))).toBe(true);
  await settled(page);
  expect(await shifted(page)).toBeLessThan(MOST_SHIFT);
});

test('what has the focus is in view, also in a column that stays while the page scrolls', async ({ page }) => {
  await page.goto('');
  await engineOpened(page);
  await page.getByRole('button', { name: /^Models on this device/ }).focus();
  const header = (await page.getByRole('banner').boundingBox())!;
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const name = await focused.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent);
    const box = (await focused.boundingBox())!;
    expect(box.y, `${name}: below the header`).toBeGreaterThanOrEqual(header.y + header.height);
    expect(box.y, `${name}: in the window`).toBeLessThan(900);
  }
});
