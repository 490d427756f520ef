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
  await expect(dialog.getByText(/^Studies run on WebAssembly SIMD/)).toBeVisible();
  await expect(dialog.getByText(/WebGPU (adapter|is only emulated)/)).toBeVisible();
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

test.describe('without WebAssembly', () => {
  test.beforeEach(async ({ page }) => {
    const none = `WebAssembly.compile = WebAssembly.instantiate = WebAssembly.compileStreaming = WebAssembly.instantiateStreaming =
      () => Promise.reject(new Error('not here'));\n`;
    await page.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: none + (await response.text()) });
    });
  });
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Compute device' });

  test('plain JavaScript computes, and nothing says that WebAssembly does', async ({ page }) => {
    await page.goto('');
    await expect(badge(page)).toHaveAccessibleName(/JavaScript/);
    await badge(page).click();
    await expect(dialog(page).getByText(/WebAssembly kernels: .*not here/)).toBeVisible();
    await expect(dialog(page)).not.toContainText('so WebAssembly computes');
  });

  test('where no device computes, the page says what to do and what failed', async ({ page }) => {
    await page.route(/\/assets\/open-tfjs-[^/]*\.js$/, (route) => route.abort());
    await page.goto('');
    await expect(badge(page)).toHaveAccessibleName(/No backend/);
    await badge(page).click();
    await expect(
      dialog(page).getByText(/^No device computes here: close other tabs .* load this page again/),
    ).toBeVisible();
    await expect(dialog(page).getByText(/WebAssembly kernels: .* Plain JavaScript: /)).toBeVisible();
  });
});
