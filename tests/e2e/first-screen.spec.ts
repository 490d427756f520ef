/** The first screen of a new reader: what it is, what was found, what to press; and a study of one's own from there. */
import { readFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { atSizes, drawAtOnce, layoutFaults, settled, unfoldAll } from '../support/layout.ts';
import { MEASURED } from '../support/measured-device.ts';
import { accuracyRow, complaints, filesInput } from '../support/page.ts';
import { MOST_SHIFT, shifted, watchShifts } from '../support/shifts.ts';

// Nothing is remembered: the study is folded.
test.use({ storageState: { cookies: [], origins: [] } });

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

const opened = (page: Page): Promise<void> =>
  expect(page.getByText(/^Saved study · 6 seeds each · 796 test images/)).toBeVisible();

/** What the first screen says where no result is to come. */
const NONE = /No result yet|not measured yet/;

/** Which of these words the page says from now on, also for a moment. */
const watchWords = (page: Page, words: RegExp): Promise<unknown> =>
  page.addInitScript((source) => {
    const said = new Set<string>();
    const watched = new RegExp(source, 'g');
    new MutationObserver(() => {
      for (const [word] of document.body?.textContent.matchAll(watched) ?? []) said.add(word);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { wordsSaid: () => [...said] });
  }, words.source);

const wordsSaid = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { wordsSaid: () => string[] }).wordsSaid());

/** Loads the page, measures the device and lets everything come that the page loads by itself: nothing moves, and nothing is said to be missing that comes. */
async function loadsWithoutMoves(
  page: Page,
  size: (typeof SIZES)[number],
  whenOpened: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await watchShifts(page);
  await watchWords(page, NONE);
  await page.setViewportSize(size);
  await page.goto('');
  await opened(page);
  expect(await wordsSaid(page)).toEqual([]);
  await whenOpened();
  await expect(page.getByRole('button', { name: /^Run it here · about/ })).toBeVisible();
  await settled(page);
  expect(await shifted(page), `${size.width} px`).toBeLessThan(MOST_SHIFT);
}

/** What the task looks like, a class each. */
const taskPictures = (page: Page) => page.getByRole('img', { name: /^Pictures of / });

const tiles = (page: Page) => page.getByRole('button', { name: /^(Switch half|Average two|What it costs)/ });

/** Words and controls that are seen without scrolling. */
const inView = (page: Page): Promise<{ words: number; controls: string[] }> =>
  page.evaluate(() => {
    const isSeen = (box: DOMRect): boolean =>
      box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !element.closest('[data-react-aria-prevent-focus]');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let words = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      // The button of another language is two letters in that language.
      if (!parent || parent.closest('script, noscript, button[lang]') || !isShown(parent)) continue;
      range.selectNodeContents(node);
      if (isSeen(range.getBoundingClientRect()))
        words += (node.textContent ?? '').match(/\S*[\p{L}\d]\S*/gu)?.length ?? 0;
    }
    const controls = [...document.querySelectorAll('button, a[href], input, select, textarea, [role="slider"]')]
      .filter((control) => isShown(control) && isSeen(control.getBoundingClientRect()))
      .map((control) => control.getAttribute('aria-label') ?? control.textContent);
    return { words, controls };
  });

test('loads without moves, and says what it is, what was found and what to press, without scrolling, at every width and for everybody', async ({
  page,
}) => {
  await loadsWithoutMoves(page, SIZES[0]);
  const drawn = taskPictures(page).last().locator('img').last();
  expect(await drawn.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(9 * 6 * 32);
  await expect(page.getByText(/^Emoji groups, negative · 35.% right before training$/)).toBeVisible();
  // The keyboard reaches the run within six tabs.
  for (let tabs = 0; tabs < 6; tabs++) {
    await page.keyboard.press('Tab');
    if (await page.getByRole('button', { name: /^Try it/ }).evaluate((button) => button === document.activeElement))
      break;
  }
  await expect(page.getByRole('button', { name: /^Try it/ })).toBeFocused();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-theme="${scheme}"]`).waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settled(page);
      const at = `${size.width} px, ${scheme}`;
      await expect(page.getByText(/^CopRA is LoRA trained with random layers switched off/)).toBeInViewport({
        ratio: 1,
      });
      await expect(page.getByRole('img', { name: /^Layers switched on .* LoRA, CopRA/ })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('button', { name: /^Try it · about/ })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('button', { name: 'Take the tour' })).toBeInViewport({ ratio: 1 });
      await expect(tiles(page)).toHaveCount(3);
      await expect(tiles(page).first()).toBeInViewport({ ratio: 1 });
      await expect(taskPictures(page)).toHaveCount(9);
      if (size.width > 712) {
        await expect(tiles(page).last()).toBeInViewport({ ratio: 1 });
        await expect(taskPictures(page).last()).toBeInViewport({ ratio: 1 });
      }
      const { words, controls } = await inView(page);
      expect(words, at).toBeLessThanOrEqual(120);
      expect(controls.length, `${at}: ${controls.join(', ')}`).toBeLessThanOrEqual(8);
    }
  }

  const faults: string[] = [];
  const look = async (width: number, within?: string): Promise<void> => {
    if (!within) await drawAtOnce(page);
    await settled(page, within);
    for (const fault of await layoutFaults(page, within)) faults.push(`${width} px: ${fault}`);
  };
  const story = 'section[aria-label="CopRA in one picture"]';
  const widths = [320, 360, 390, 768, 1024, 1440, 1920].map((width) => ({ width, height: 900 }));
  await atSizes(page, widths, ({ width }) => look(width, story));
  // Without the settings the rest has more room: in a window of this height every chart is drawn.
  const tall = [390, 768, 1440].map((width) => ({ width, height: 40_000 }));
  await atSizes(page, tall, ({ width }) => look(width));
  expect(faults).toEqual([]);
  expect(await violations(page)).toEqual([]);

  // A tile goes to its chart.
  await page.setViewportSize(SIZES[0]);
  await tiles(page).first().click();
  await expect(page.getByRole('figure', { name: 'Pruning whole layers' })).toBeInViewport();
});

test('nothing moves when it loads, at 1024 px, and no column below the live panels stays empty', async ({ page }) => {
  await loadsWithoutMoves(page, SIZES[1]);
  const below = page.locator('[aria-labelledby="results"] > :last-child');
  const [all, rest] = [(await page.getByRole('main').boundingBox())!, (await below.boundingBox())!];
  expect(rest.width).toBeGreaterThan(all.width - 60);
});

test('on a phone it comes in few files and without moves, and its pictures when they are about to be seen', async ({
  page,
}) => {
  // Of the page. How soon the engine's worker begins, and asks for what it shares with the page, is a matter of the machine.
  const scripts = new Set<string>();
  const workers: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' && !/worker-/.test(request.url())) scripts.add(request.url());
  });
  page.on('worker', (worker) => workers.push(worker.url()));
  const drawn = () => workers.filter((url) => url.includes('pictures.worker')).length;
  await loadsWithoutMoves(page, SIZES[2], async () => {
    await expect(page.locator('[data-chart]').first()).toBeAttached();
    expect(scripts.size, [...scripts].join('\n')).toBeLessThanOrEqual(24);
  });
  expect(drawn()).toBe(0);
  // The room in which a study tells how far it is holds where the numbers come from until then.
  const [buttons, source, tapes] = await Promise.all(
    [
      page.locator('[data-first-buttons]'),
      page.getByText(/^Saved study · /),
      page.getByRole('img', { name: /^Layers switched on/ }).first(),
    ].map((part) => part.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect)),
  );
  expect(source.top).toBeGreaterThanOrEqual(buttons.bottom);
  expect(source.bottom).toBeLessThanOrEqual(tapes.top);
  // On a phone the pictures come before the charts of training, and what to press comes along.
  const phoneBar = page.locator('[data-phone-bar]');
  await expect(phoneBar).toBeHidden();
  const pictures = page.getByRole('figure', { name: 'See it decide' });
  const figures = page.getByRole('figure').or(page.getByRole('img', { name: /^Layers switched on/ }));
  await expect(figures.nth(1)).toHaveAccessibleName('See it decide');
  await pictures.scrollIntoViewIfNeeded();
  await expect.poll(drawn).toBe(1);
  await expect(phoneBar.getByRole('button', { name: /^Try it · about/ })).toBeInViewport({ ratio: 1 });
  // What gets the focus is clear of it.
  const last = pictures.getByRole('button', { name: /^Data table/ });
  await last.focus();
  await expect
    .poll(async () => {
      const [button, bar] = [await last.boundingBox(), await phoneBar.boundingBox()];
      return button!.y + button!.height <= bar!.y;
    })
    .toBe(true);
  // The study's settings lie over the page; Escape and the browser's Back close them, and what was set stays.
  const open = phoneBar.getByRole('button', { name: 'Open the study' });
  const sheet = page.getByRole('dialog', { name: 'Study' });
  await open.click();
  await expect(sheet.getByRole('button', { name: /^Run it here/ })).toBeInViewport({ ratio: 1 });
  expect(await violations(page, { without: ['region'] })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(open).toBeFocused();
  await open.click();
  await sheet.getByRole('button', { name: 'Preset: Few images' }).click();
  await page
    .getByRole('option', { name: 'Quick' })
    .or(page.getByRole('menuitem', { name: 'Quick' }))
    .first()
    .click();
  await expect(page).toHaveURL(/\?/);
  const address = page.url();
  await page.goBack();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(address);
});

test('on a phone, what takes the place of a link’s result below the sheet stays when the sheet is left, and Back shows the link again', async ({
  page,
}) => {
  await page.setViewportSize(SIZES[2]);
  await page.goto(`#${readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim()}`);
  const ofLink = page.getByText('From the link', { exact: true });
  await expect(ofLink).toBeVisible();
  const sheet = page.getByRole('dialog', { name: 'Study' });
  const openIt = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Open the study' }).first().click();
    await expect(sheet.getByRole('button', { name: /^Run it again here/ })).toBeVisible();
  };

  await openIt();
  await sheet.getByRole('button', { name: 'Start from this' }).click();
  await filesInput(page).setInputFiles('public/showcase/geometry-few-shots.json');
  const ofFile = page.getByText('From the file', { exact: true });
  await expect(ofFile).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page).not.toHaveURL(/#/);
  await expect(ofFile).toBeVisible();
  await page.goBack();
  await expect(ofLink).toBeVisible();

  await openIt();
  await sheet.getByRole('button', { name: /^Run it again here/ }).click();
  await expect(sheet).toBeHidden();
  const stop = page.getByRole('button', { name: 'Stop and keep what is done' });
  await expect(page.getByText(/^step [\d,]+ of/)).toBeVisible();
  await expect(page).not.toHaveURL(/#/);
  await stop.click();
  await expect(page.getByText('Computed here', { exact: true })).toBeVisible();
  await page.goBack();
  await expect(ofLink).toBeVisible();
});

test('the pictures of the task are those of the study that is shown, if the page has them', async ({ page }) => {
  const link = (name: string): string => `#${readFileSync(`tests/golden/links/${name}.txt`, 'utf8').trim()}`;
  // A link brings no images.
  await page.goto(link('r1-own-images'));
  await expect(page.getByText(/^Result of the link · holiday pictures/)).toBeVisible();
  await expect(taskPictures(page)).toHaveCount(0);
  await expect(page.getByText('Own images stay on their device. Drop them here to see them.')).toBeInViewport();
  await page.goto(link('r2-many-tasks'));
  await expect(taskPictures(page)).toHaveCount(7);
  await expect(taskPictures(page).first()).toHaveAccessibleName('Pictures of Mammals');
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true });

  test('what is pressed on the first screen, above an unfolded study, in its settings, to run it and to save its figures is large enough', async ({
    page,
  }) => {
    test.slow(); // everything is unfolded
    const small = (within = 'header, section[aria-label="CopRA in one picture"]'): Promise<string[]> =>
      page.evaluate((places) => {
        const controls = [...document.querySelectorAll(places)]
          .flatMap((place) => [...place.querySelectorAll('button, a[href], input, textarea')])
          // A hidden one is pressed by its label.
          .map((control) => control.closest('label') ?? control)
          .filter((control) => control.checkVisibility() && !control.closest('[data-react-aria-prevent-focus]'));
        return controls.flatMap((control) => {
          const { width, height } = control.getBoundingClientRect();
          const name = control.getAttribute('aria-label') ?? control.textContent;
          return Math.min(width, height) < 44 ? [`${name}: ${width} × ${height}`] : [];
        });
      }, within);
    for (const lang of ['en', 'de'] as const) {
      await page.setViewportSize({ width: 320, height: 700 });
      await page.goto(`?lang=${lang}`);
      await expect(page.locator('[data-first-buttons] button').first()).toBeVisible();
      expect(await small()).toEqual([]);
      // Settings in the address unfold the study.
      await page.goto(`?lang=${lang}&steps=50`);
      await expect(page.getByRole('button', { name: /^(Preset|Vorlage): / })).toBeVisible();
      for (const width of [320, 360, 390, 768, 1024]) {
        await page.setViewportSize({ width, height: 900 });
        await settled(page);
        expect(await small(), `${width} px`).toEqual([]);
        expect(await small('#run, [class*="_downloads_"]'), `${width} px`).toEqual([]);
        expect(await layoutFaults(page, 'header'), `${width} px`).toEqual([]);
      }
      const settings = 'section[aria-labelledby="study-title"]';
      await unfoldAll(page, settings);
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await settled(page, settings);
        expect(await small(settings), `${width} px`).toEqual([]);
        expect(await layoutFaults(page, settings), `${width} px`).toEqual([]);
      }
    }
  });
});

test('the study unfolds when it is asked for, also after its code could not be loaded, and is remembered', async ({
  page,
}) => {
  const itsCode = /\/workbench-[^/]*\.js$/;
  await page.route(itsCode, (route) => route.abort());
  await page.goto('');
  await opened(page);
  await expect(page.getByRole('heading', { name: 'Study', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Open the study' }).click();
  await expect(page.getByRole('alert').first()).toContainText('This part of the page could not be loaded');
  await expect(accuracyRow(page)).toBeVisible();
  await page.unroute(itsCode);
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByRole('button', { name: /^Preset: / })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Half the layers off: LoRA/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Preset: / })).toBeVisible();
  // From the top: the second skip link, then Run.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Run it here/ })).toBeFocused();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Open the study' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Open the study' })).toBeVisible();
});

test('parts of the page whose server falls silent hold nothing else, say so after half a minute, and are there when they come', async ({
  page,
}) => {
  let isThere = (): void => {};
  const there = new Promise<void>((resolve) => (isThere = resolve));
  await page.route(/\/(workbench|de)-[^/]*\.js$/, async (route) => {
    await there;
    await route.continue();
  });
  await page.clock.install();
  await Promise.all([page.waitForRequest(/\/de-[^/]*\.js$/), page.goto('?lang=de&steps=50', { waitUntil: 'commit' })]);
  await page.clock.fastForward(30_000);
  await expect(accuracyRow(page)).toBeVisible();
  await page.clock.fastForward(30_000);
  await expect(page.getByRole('alert').first()).toContainText('This part of the page could not be loaded');
  isThere();
  await expect(page.getByRole('button', { name: /^Preset: / })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('settings in the address and a lesson unfold it, for this visit', async ({ page }) => {
  await page.goto('?steps=50');
  await expect(page.getByRole('button', { name: /^Training .*steps/ })).toBeVisible();
  await page.goto('');
  await opened(page);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(page.getByRole('complementary').getByRole('heading', { name: /What the picture says/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Training .*steps/ })).toBeVisible();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Open the study' })).toBeVisible();
});

/** Charts that show nothing. */
const blankCharts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('figure')]
      .filter((figure) => figure.checkVisibility() && figure.querySelector('[class*="_empty_"]'))
      .map((figure) => figure.getAttribute('aria-label') ?? 'a figure'),
  );

test('Try it is a study of one’s own, sized for this device', async ({ page }) => {
  const heard = complaints(page);
  // A device that was measured before, and is slow: its study is a small one.
  await page.addInitScript(
    (pace) => localStorage.setItem('copra-pace', pace),
    JSON.stringify({ ...MEASURED, pace: 2e-3 }),
  );
  await page.goto('');
  await opened(page);
  await expect(page.getByRole('button', { name: /^Run it here · about/ })).toBeVisible();
  const pressed = Date.now();
  const story = page.getByRole('region', { name: 'CopRA in one picture' });
  /** Where its cards and buttons are. */
  const places = (): Promise<number[][]> =>
    story
      .locator(':scope > div, :scope > div > div, [data-first-buttons] > button')
      .evaluateAll((parts) =>
        parts.map((part) => part.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height]),
      );
  const before = await places();
  await page.getByRole('button', { name: /^Try it · about/ }).click();
  await expect(story.getByText(/^Train: step \d+ of \d+/)).toBeVisible();
  expect(await places()).toEqual(before);
  // What was found before stays, pale, until this study has its own; nothing is blank meanwhile.
  await expect(story.getByText('before · measuring …').first()).toBeVisible();
  await expect(page.locator('[data-earlier]').getByRole('figure', { name: 'Pruning whole layers' })).toBeVisible();
  expect(await blankCharts(page)).toEqual([]);
  await expect(page.locator('[data-earlier]').getByRole('figure', { name: 'Training' })).toBeHidden();
  await expect(page.getByRole('figure', { name: 'Training' }).getByText('before', { exact: true })).toBeVisible();
  // Pictures turn right or wrong, and the landscape is there in outline before training is done.
  await expect(story.getByRole('table', { name: /^12 test pictures after step \d+/ })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Landscape between two seeds' })).toContainText(
    /After step \d+: 5 blends between the seeds 0 and 1/,
  );
  await expect(story.getByText(/^(Landscape|Shapley): /)).toBeVisible({ timeout: 280_000 });
  expect(await blankCharts(page)).toEqual([]);
  await expect(page.getByText(/^Computed on this device · Emoji groups, negative · [23] seeds each/)).toBeVisible({
    timeout: 280_000,
  });
  console.log(`From the press to the end: ${((Date.now() - pressed) / 1000).toFixed(0)} s.`);
  await expect(page.locator('[data-earlier]')).toHaveCount(0);
  await expect(story.getByRole('status')).toHaveText(
    /(With|Half-way).*, (LoRA|CopRA) .*\.|cannot tell LoRA and CopRA apart|starts lower|hardly learned/,
  );
  const isClear = !(await story.getByRole('status').innerText()).match(/cannot tell|hardly learned/);
  await expect(
    story.getByRole('button', { name: isClear ? 'Share this finding' : 'Back to the saved study' }),
  ).toBeVisible();
  // On a slow device the study is so short that the arms may gain too little for a share of the gain.
  await expect(tiles(page).or(story.getByText('Too little was learned to say.'))).toHaveCount(3);
  await expect(accuracyRow(page)).toContainText(/\d/);
  await expect(page.getByRole('button', { name: /^Train longer · about/ })).toBeFocused();
  expect(heard).toEqual([]);
});

test('where a module cannot be had, as after a deployment, the page says so and is loaded again on a press', async ({
  page,
}) => {
  let isThere = false;
  await page.route(/\/assets\/index-[^/]*\.js$/, (route) =>
    isThere ? route.continue() : route.fulfill({ status: 404 }),
  );
  await page.goto('');
  await expect(page.getByText('CopRA Playground could not be loaded.')).toBeVisible();
  isThere = true;
  await page.getByRole('button', { name: 'Load again' }).click();
  await opened(page);
});
