/**
 * A study goes on where nobody looks: behind another tab, and in a minimised window. Pages that Playwright drives are always told that they are seen, so the
 * whole Chromium is driven by Puppeteer here, without the flags that keep hidden pages awake.
 */
import { test } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browser.mjs';
import { CHROMIUM_FLAGS } from '../../scripts/chromium-flags.ts';
import { expect } from '../support/expect.ts';
import { WITHOUT_FIGURES } from '../support/page.ts';
import { elementOf, showsText } from '../support/other-browsers/driven.ts';

const STUDY = `?${WITHOUT_FIGURES}&task=food&arms=copra&steps=1000&batch=4&seeds=0&test-images=20&landscape=off&shapley=off&pruning=off`;
const KEPT_AWAKE = [
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

const executablePath = await findBrowser();

test('a study behind another tab and in a minimised window goes on to its end, and says so', async ({ baseURL }) => {
  if (!executablePath) throw new Error('No whole Chromium was found.');
  const browser = await launch({ executablePath, ignoreDefaultArgs: KEPT_AWAKE, args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage();
    const evaluate = (expression: string): Promise<unknown> => page.evaluate(expression);
    const share = async (): Promise<number> => Number(/^(\d+) %/.exec(await page.title())?.[1] ?? -1);
    const state = () => evaluate('document.visibilityState');
    await page.goto(baseURL! + STUDY);
    await expect.poll(() => evaluate(showsText('Changed since the result shown'))).toBe(true);
    const other = await browser.newPage();
    await page.bringToFront();
    await expect(async () => {
      await evaluate(`${elementOf('button', 'Run')}.click()`);
    }).toPass();
    await expect.poll(share).toBeGreaterThanOrEqual(0);

    await other.bringToFront();
    await expect.poll(state).toBe('hidden');
    const before = await share();
    expect(before, 'the study is under way').toBeGreaterThanOrEqual(0);
    await expect.poll(share, { message: 'behind another tab' }).toBeGreaterThan(before + 2);

    await page.bringToFront();
    await expect.poll(state).toBe('visible');
    const session = await page.createCDPSession();
    const { windowId } = await session.send('Browser.getWindowForTarget');
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
    await expect.poll(state).toBe('hidden');
    expect(await share(), 'the study is under way').toBeGreaterThanOrEqual(0);
    await expect.poll(() => page.title(), { message: 'minimised', timeout: 200_000 }).toBe('✓ Done · CopRA Playground');
    expect(await state()).toBe('hidden');

    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
    await expect.poll(() => page.title()).toBe('CopRA Playground');
    await expect.poll(() => evaluate(showsText('Computed here'))).toBe(true);
  } finally {
    await browser.close();
  }
});
