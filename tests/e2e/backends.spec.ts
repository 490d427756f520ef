/** Every compute device of the built page opens, passes its self-test and says what it is. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { WITHOUT_FIGURES } from '../support/page.ts';

const badge = (page: Page) => page.getByRole('button', { name: /^Compute device/ });

async function choose(page: Page, name: RegExp, expected: RegExp): Promise<void> {
  await badge(page).click();
  // By keyboard: what the dialog says of a device arrives when it likes, and moves what a pointer aims at.
  const choice = page.getByRole('dialog', { name: 'Compute device' }).getByRole('radio', { name });
  await choice.press('Space');
  await expect(choice).toBeChecked();
  await expect(badge(page)).toHaveAccessibleName(expected);
  await page.keyboard.press('Escape');
}

test('WASM kernels on threads first, and every other one by choice', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`?${WITHOUT_FIGURES}`);
  await expect(badge(page)).toHaveAccessibleName(/WebAssembly SIMD, [2-8] threads/);
  await choose(page, /^WebAssembly, TensorFlow\.js/, /tfjs-wasm, 1 thread/);
  await choose(page, /^Plain JavaScript/, /JavaScript \(tfjs-cpu\)/);
  await choose(page, /^WebGPU, TensorFlow/, /swiftshader.*software|WebGPU is available, but|No backend/i);
  await choose(page, /^Automatic/, /WebAssembly SIMD/);
  expect(errors).toEqual([]);
});
