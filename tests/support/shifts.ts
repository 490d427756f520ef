/** How much of the page moves by itself. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Sum of the layout shifts that no press or key explains. */
    shifted: number;
  }
}

/** The most that a page may shift while it loads, as browsers score it. A fifth of what they call good. */
export const MOST_SHIFT = 0.02;

/** Counts layout shifts from the next page on. */
export const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** Their score since the page came, or since it was forgotten. */
export const shifted = (page: Page): Promise<number> => page.evaluate(() => window.shifted);

export const forgetShifts = (page: Page): Promise<unknown> => page.evaluate(() => (window.shifted = 0));
