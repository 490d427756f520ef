/** A phone whose screen turns off computes no more: the page asks that it stay on while a study runs. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { WITHOUT_FIGURES } from '../support/page.ts';

type LockedWindow = Window & { readonly locks: string[] };

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name });

test('the screen stays on while a study runs, and may turn off while it is paused and when it has ended', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const locks: string[] = [];
    Object.assign(window, { locks });
    const request = (type: string) => {
      locks.push(type);
      return Promise.resolve({ release: () => Promise.resolve(void locks.pop()) });
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const locks = (): Promise<string[]> => page.evaluate(() => (window as unknown as LockedWindow).locks);
  await page.goto(
    `?${WITHOUT_FIGURES}&backbone=emoji-clip-2&task=food&seeds=0&steps=90000&batch=4&landscape=off&shapley=off&pruning=off&test-images=20`,
  );
  expect(await locks()).toEqual([]);
  await button(page, /^Run/).click();
  await expect.poll(locks).toEqual(['screen']);
  await expect(button(page, 'Pause')).toBeEnabled();
  await button(page, 'Pause').click();
  await expect.poll(locks).toEqual([]);
  await button(page, 'Resume').click();
  await expect.poll(locks).toEqual(['screen']);
  await button(page, 'Stop').click();
  await expect.poll(locks).toEqual([]);
});
