/** A browser without a graphics adapter: the page computes all the same, and says what is missing. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';

const badge = (page: Page) => page.getByRole('button', { name: /^Compute device/ });

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--disable-gpu', '--disable-features=WebGPU'],
    });
  },
});

test('WebAssembly computes, and the page says why', async ({ page }) => {
  await page.goto('');
  await expect(badge(page)).toHaveAccessibleName(/WebAssembly SIMD/);
  await badge(page).click();
  const dialog = page.getByRole('dialog', { name: 'Compute device' });
  await expect(dialog.getByText(/WebGPU.*so WebAssembly computes/)).toBeVisible();
  await dialog.getByText('WebGPU own kernels').click();
  await expect(badge(page)).toHaveAccessibleName(/No backend/);
  await expect(dialog.getByText(/WebGPU is (not available|available, but)/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: /WebGPU is (not available|available, but)/ })).toBeVisible();
  await badge(page).click();
  await dialog.getByText('Automatic').click();
  await expect(badge(page)).toHaveAccessibleName(/WebAssembly SIMD/);
});
