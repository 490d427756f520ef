/** Parts below the first screens come when they are needed: how little the page renders to begin with, and that nobody misses what comes later. */
import { test, type Locator, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { allParts, settled } from '../support/layout.ts';
import { twoFrames } from '../support/page.ts';

declare global {
  interface Window {
    /** One entry per change of the page: components that rendered, and parts that had not come then. */
    commits: { readonly rendered: number; readonly absent: number }[];
    followNow: () => void;
  }
}

/** What React tells the tools of developers, of a page that is built for people too. */
interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

const watchRenders = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.commits = [];
    /** Functions, with and without a reference or a memory. */
    const COMPONENTS = [0, 11, 14, 15];
    const PERFORMED_WORK = 1;
    const count = (fiber: Fiber, before: Fiber | null): number => {
      if (fiber === before) return 0;
      const hasRendered = COMPONENTS.includes(fiber.tag) && (!before || (fiber.flags & PERFORMED_WORK) > 0);
      let rendered = hasRendered ? 1 : 0;
      if (before && fiber.child === before.child) return rendered;
      for (let child = fiber.child; child; child = child.sibling)
        rendered += count(child, before ? child.alternate : null);
      return rendered;
    };
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => {
          const absent = document.querySelectorAll('[data-deferred]').length;
          window.commits.push({ rendered: count(current, current.alternate), absent });
        },
      },
    });
  });

test.describe('a first visit', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  for (const [width, first, all] of [
    [1440, 1000, 2300],
    [390, 1000, 2600],
  ] as const)
    test(`renders little before the page can be used, and nothing again and again, at ${width} px`, async ({
      page,
    }) => {
      await watchRenders(page);
      await page.setViewportSize({ width, height: 900 });
      await page.goto('');
      await expect(page.getByRole('button', { name: /^Run it here · about/ })).toBeVisible();
      await settled(page);
      const commits = await page.evaluate(() => window.commits);
      const most = Math.max(...commits.map(({ absent }) => absent));
      expect(most).toBeGreaterThan(8);
      const from = commits.findIndex(({ absent }) => absent === most);
      const followed = commits.findIndex(({ absent }, i) => i > from && absent < most);
      const rendered = (some: typeof commits): number => some.reduce((sum, commit) => sum + commit.rendered, 0);
      expect(rendered(commits.slice(0, followed))).toBeLessThanOrEqual(first);
      expect(rendered(commits)).toBeLessThanOrEqual(all);
    });
});

test('what nobody has come near is brought by a printer and by what leads to it', async ({ page }) => {
  // None follows: the page is never idle enough for the next one.
  await page.addInitScript(() => {
    const patience = 1000;
    const real = requestIdleCallback;
    window.requestIdleCallback = (work, options) => (options?.timeout === patience ? 0 : real(work, options));
  });
  const opened = async (): Promise<void> => {
    await page.goto('');
    await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
    await expect(page.locator('[data-lesson-target="shapley"] [data-deferred]')).toBeAttached();
    await expect(page.getByRole('img', { name: /^Training\. / }).locator('svg[data-picture]')).toBeAttached();
  };
  await opened();
  // A printer waits for nothing.
  const drawn = await page.evaluate(() => {
    dispatchEvent(new Event('beforeprint'));
    return document.querySelector('[data-lesson-target="shapley"] [data-chart] > svg[data-picture]') !== null;
  });
  expect(drawn).toBe(true);
  await allParts(page);

  await opened();
  await page.getByRole('button', { name: /^Half the layers off: / }).click();
  await expect(page.getByRole('figure', { name: 'Pruning whole layers' })).toBeInViewport();
  await allParts(page);
  await expect(page.locator('[data-lesson-target="layers"]')).toBeInViewport();
});

test('a choice is made with the keyboard alone, closed and open, and with one movement of a mouse', async ({
  page,
}) => {
  await page.goto('');
  const task = page.getByRole('button', { name: /Task$/ });
  const option = (name: string) => page.getByRole('option', { name });
  await expect(task).toHaveAccessibleName('Emoji groups, negative Task');
  await task.focus();
  await page.keyboard.press('ArrowRight');
  const next = (await task.innerText()).trim();
  expect(next).not.toBe('Emoji groups, negative');
  await page.keyboard.press('ArrowLeft');
  await expect(task).toHaveText('Emoji groups, negative');
  await page.keyboard.press('ArrowDown');
  await expect(option('Emoji groups, negative')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(task).toHaveText(next);
  await expect(task).toBeFocused();
  await expect(option(next)).toHaveCount(0);
  // What is chosen already closes the list, and so does Escape.
  for (const key of ['Enter', 'Escape']) {
    await page.keyboard.press('Enter');
    await expect(option(next)).toBeFocused();
    await page.keyboard.press(key);
    await expect(option(next)).toHaveCount(0);
    await expect(task).toHaveText(next);
    await expect(task).toBeFocused();
  }
  await task.hover();
  await page.mouse.down();
  await option('Emoji groups, negative').hover();
  await page.mouse.up();
  await expect(task).toHaveText('Emoji groups, negative');
});

test.describe('parts that come above the last figure', () => {
  // A low window: fewer parts come near it on the way to the end of the page.
  test.use({ viewport: { width: 390, height: 500 } });

  const placeOf = async (element: Locator): Promise<number> => Math.round((await element.boundingBox())!.y);

  /** @returns the button that unfolds the figure, in a page that holds nothing in place by itself, where no part follows until it is let */
  async function foldOfLast(page: Page): Promise<Locator> {
    await page.addInitScript(() => {
      const patience = 1000;
      const real = requestIdleCallback;
      const held: IdleRequestCallback[] = [];
      let isHeld = true;
      window.requestIdleCallback = (work, options) =>
        isHeld && options?.timeout === patience ? held.push(work) : real(work, options);
      window.followNow = () => {
        isHeld = false;
        for (const work of held) real(work);
      };
      addEventListener('DOMContentLoaded', () => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { overflow-anchor: none !important; }');
        document.adoptedStyleSheets = [sheet];
      });
    });
    await page.goto('');
    await expect(page.locator('[data-deferred]').first()).toBeAttached();
    // Those near the end of the page come, and it moves.
    const parts = page.locator('[aria-labelledby="results"] [data-lesson-target]');
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        return parts.last().locator('[data-deferred]').count();
      })
      .toBe(0);
    const last = page.locator('[aria-labelledby="results"] [data-unfolds]').last();
    await last.scrollIntoViewIfNeeded();
    const fold = page.locator(`[id="${await last.getAttribute('id')}"]`);
    // What came near the window is there with its code and its charts.
    let place = NaN;
    await expect
      .poll(async () => Math.abs(place - (place = await placeOf(fold))), { intervals: [1000] })
      .toBeLessThan(1);
    expect(await page.locator('[data-deferred]').count()).toBeGreaterThan(0);
    return fold;
  }

  /** The page has another height then: it would have moved. */
  async function allFollow(page: Page): Promise<void> {
    const heightOf = (): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await heightOf();
    await page.evaluate(() => window.followNow());
    await allParts(page);
    await twoFrames(page);
    expect(Math.abs((await heightOf()) - before)).toBeGreaterThan(50);
  }

  test('do not move it, also in a browser that sees to nothing (Safari)', async ({ page }) => {
    await page.addInitScript(() => {
      CSS.supports = (property: string) => property !== 'overflow-anchor';
    });
    const fold = await foldOfLast(page);
    const before = await placeOf(fold);
    await allFollow(page);
    expect(Math.abs((await placeOf(fold)) - before)).toBeLessThan(4);
  });

  test('do not take it from under the pointer that presses it', async ({ page }) => {
    const fold = await foldOfLast(page);
    await fold.hover();
    await page.mouse.down();
    const before = await placeOf(fold);
    await allFollow(page);
    expect(Math.abs((await placeOf(fold)) - before)).toBeLessThan(4);
    await page.mouse.up();
    await expect(fold).toHaveText('Hide');
  });
});

test('what a search in the page finds in a fold opens it', async ({ page }) => {
  await page.goto('');
  const more = page.getByRole('figure', { name: 'Training', exact: true }).getByRole('button', { name: /^More/ });
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  const folded = page.locator(`[id="${await more.getAttribute('aria-controls')}"]`);
  await expect(folded).toHaveAttribute('hidden', 'until-found');
  await expect(folded).toContainText(/[a-z]/);
  await folded.evaluate((panel) => panel.dispatchEvent(new Event('beforematch')));
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await expect(folded).not.toHaveAttribute('hidden');
  await more.press('Enter');
  await expect(folded).toHaveAttribute('hidden', 'until-found');
});
