/**
 * Chromium with no debugger at its service workers, as people have it. Playwright attaches one, and then Chromium now and then lets a version go on
 * for five minutes after the next one has asked to take over; Puppeteer lets go of them.
 */
import { launch } from 'puppeteer-core';
import { findTestBrowser } from '../../../scripts/browser.mjs';
import { CHROMIUM_FLAGS } from '../../../scripts/chromium-flags.ts';
import type { Driven } from './driven.ts';
import { drivenPage } from './driven-page.ts';

export interface DrivenChromium {
  newTab(): Promise<Omit<Driven, 'close'>>;
  close(): Promise<void>;
}

/** @param setUp JavaScript that every page of every tab runs first */
export async function driveChromium(setUp: string): Promise<DrivenChromium> {
  const executablePath = await findTestBrowser();
  const browser = await launch({
    ...(executablePath ? { executablePath } : { channel: 'chrome' }),
    headless: 'shell',
    args: CHROMIUM_FLAGS,
  });
  return {
    async newTab() {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(setUp);
      return drivenPage(page);
    },
    close: () => browser.close(),
  };
}
