/** The page's real WebGPU path on a software adapter: slow, but the same code as on a graphics card. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { proveInPage } from '../support/forms/in-page.ts';
import { folderInput } from '../support/page.ts';
import { makeFolder } from '../support/pictures.ts';

// The device was measured before: that takes an emulated one longer than the study.
test.use({
  storageState: ({ baseURL }, use) =>
    use({
      cookies: [],
      origins: [
        {
          origin: new URL(baseURL!).origin,
          localStorage: [
            { name: 'copra-study', value: 'open' },
            { name: 'copra-pace', value: JSON.stringify({ device: 'google swiftshader (software)', pace: 0.03 }) },
          ],
        },
      ],
    }),
});

const FOUND_ON_A_CARD = {
  version: 1,
  key: 'kernels 2 | a card',
  device: 'a card',
  date: '2026-11-27T12:00:00.000Z',
  sites: {
    'product: 4 of 512 rows, 256 to 64, residual': {
      form: '128×64 staged of 8×8',
      usual: '64×64 staged',
      milliseconds: [0.8, 0.5],
      error: 0.02,
    },
    'attention: forward, kept, 512 heads of 16, 17 by 17': {
      form: null,
      usual: 'rows, 32 threads',
      milliseconds: [0.2, 0.2],
      error: 0,
    },
  },
  faults: { 'attention: blocks': 'wrong' },
};

/**
 * Training of one tower, its validations and the final test; the fourth step is the first that is measured. Gradients of the other tower are compared
 * when the device opens; what analyses and further seeds compute with is compared in Node (webgpu-device.test.ts).
 */
const SMALL_STUDY = '?arms=copra&towers=vision&steps=4&batch=4&seeds=1&landscape=off&shapley=off&pruning=off';
const badge = (page: Page) => page.getByRole('button', { name: /^Compute device/ });

test('a small study runs on the WGSL kernels, and the page shows what the GPU did', async ({ page }, info) => {
  test.setTimeout(900_000); // an emulated GPU compiles for minutes on a busy machine
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // Two dozen pictures: the validations of a bundled task are most of a small study.
  const folder = await makeFolder(info.outputPath('squares'), { red: '#c22', green: '#2a2', blue: '#52c' });
  await page.goto(SMALL_STUDY);
  await folderInput(page).setInputFiles(folder);
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
  await badge(page).click();
  const dialog = page.getByRole('dialog', { name: 'Compute device' });
  await dialog.getByText('WebGPU own kernels').click();
  await expect(badge(page)).toHaveAccessibleName(/swiftshader|No backend/i, { timeout: 200_000 });
  const unavailable = (await badge(page).getAttribute('aria-label'))?.includes('No backend');
  test.skip(Boolean(unavailable), 'This Chromium offers no software WebGPU adapter.');
  await dialog.getByRole('button', { name: 'About this device' }).click();
  await expect(dialog.getByText('Largest tensor')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Run with changes' }).click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 600_000 });
  await expect(page.getByText(/computed on this device in .* swiftshader \(software\)/)).toBeVisible();
  await page.getByRole('button', { name: /What the GPU did/ }).click();
  const kinds = page.getByRole('table').filter({ hasText: 'Dispatches' });
  await expect(kinds.getByRole('rowheader', { name: 'matmul' })).toBeVisible();
  await expect(kinds.getByRole('rowheader', { name: 'attention' })).toBeVisible();

  // Emulated adapters are not tuned; what was found on a card comes as a file.
  const kernels = page.getByRole('region', { name: 'Kernels measured on this device' });
  await expect(kernels.getByText('Nothing has been measured yet')).toBeVisible();
  await expect(kernels.getByText('The study shown had the usual forms.')).toBeVisible();
  const choosing = page.waitForEvent('filechooser');
  await kernels.getByRole('button', { name: 'Open a file …' }).click();
  const file = { name: 'copra-kernels.json', mimeType: 'application/json' };
  await (await choosing).setFiles({ ...file, buffer: Buffer.from(JSON.stringify(FOUND_ON_A_CARD)) });
  await expect(kernels.getByText('a card: 1 of 2 kernels faster in another form.')).toBeVisible();
  await kernels.getByRole('button', { name: 'Every kernel' }).click();
  await expect(kernels.getByRole('row', { name: /256 to 64.*128×64 staged of 8×8, 0\.500 ms/ })).toBeVisible();
  await kernels.getByRole('button', { name: 'Forget' }).click();
  await expect(kernels.getByText('Nothing has been measured yet')).toBeVisible();
  expect(errors).toEqual([]);
});

// The tuner leaves emulated adapters alone: what it would prove on a card is proven here once for each kind of kernel.
test('forms of every kind give the numbers of the usual form on SwiftShader', async ({ page }) => {
  const found = await proveInPage(page);
  test.skip(!found, 'This Chromium offers no software WebGPU adapter.');
  expect(found).toMatchObject({ adapter: expect.stringMatching(/swiftshader/i), faults: [] });
  expect(found?.proven).toEqual([
    'product: direct',
    'product: in 4 parts',
    'product: k over 2 workgroups',
    'product, f16: k over 2 workgroups',
    'LoRA projection: 16 lanes',
    'LoRA gradient: 16 parts',
    'LoRA gradient: over 2 workgroups',
    'activation: 64 threads',
    'gather: 64 threads of 4',
    'AdamW: 64 threads, 4 at a time',
    'layer norm: 128 threads',
    'layer norm and product: normalises',
    'attention: staged',
    'attention: packed',
    'attention: shared',
    'attention: blocks',
  ]);
});
