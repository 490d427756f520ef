/** Code that is loaded when it is first used, on a host that has another version by now: every press is answered, in the language of the page. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { engineOpened, saveNow, studyWorker, WITHOUT_FIGURES } from '../support/page.ts';

test('a press whose code is missing says what to do, beside what was pressed or where the reader is', async ({
  page,
}) => {
  await page.goto('');
  await engineOpened(page);
  const code = /\/assets\/[^/]*\.js$/;
  await page.route(code, (route) => route.fulfill({ status: 404, body: '' }));
  const told = page.getByRole('alert').filter({ hasText: 'A part of this page could not be loaded' });
  await page.getByRole('button', { name: 'Training: download CSV' }).click();
  await expect(told).toHaveText(/Try again, or load the page anew\.$/);
  await page.getByRole('button', { name: 'Table of results: download CSV' }).click();
  await expect(told).toHaveCount(2);
  await page.unroute(code);
});

test('a press whose code never comes says so after half a minute', async ({ page }) => {
  await page.goto('');
  await engineOpened(page);
  await page.route(/\/assets\/make-card-[^/]*\.js$/, () => {}); // accepted, and never answered
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByRole('button', { name: /^Files/ }).click();
  await page.clock.install();
  await share.getByRole('button', { name: 'Card', exact: true }).click();
  await page.clock.fastForward(30_000);
  await expect(page.getByText(/^The file could not be made: A part of this page could not be loaded/)).toBeVisible();
});

test('a link whose QR code cannot be made says so in the place of the code', async ({ page }) => {
  await page.goto('');
  await page.route(/\/assets\/lean-qr-[^/]*\.js$/, (route) => route.abort());
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByText('Its QR code comes here.')).toBeVisible();
  await expect(dialog.getByText('The QR code could not be made: copy the text instead.')).toBeVisible();
});

test('a study is saved while it runs without asking the host for anything more', async ({ page }) => {
  await page.goto(
    `?${WITHOUT_FIGURES}&task=food&batch=4&steps=3000&seeds=0&test-images=32&shapley=off&pruning=off&landscape=off`,
  );
  await engineOpened(page);
  await page.context().route(/\/assets\/(checkpoint-file|dropped-file)-[^/]*\.js$/, () => {}); // accepted, and never answered
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await saveNow(page);
});

/** The half minute after which the study worker gives up what does not come takes a second. */
const impatient = (page: Page): Promise<unknown> =>
  studyWorker(page).evaluate(`{
    const later = setTimeout;
    self.setTimeout = (call, milliseconds, ...rest) => later(call, milliseconds === 30_000 ? 1000 : milliseconds, ...rest);
  }`);

for (const [what, files, device] of [
  ['the code of a device', /\/assets\/open-tfjs-[^/]*\.js$/, /^Plain JavaScript/],
  ['its binary', /\/assets\/tfjs-backend-wasm[^/]*\.wasm$/, /^WebAssembly, TensorFlow\.js/],
] as const)
  test(`${what} that never comes is said, and the next device opens`, async ({ page }) => {
    await page.goto(`?${WITHOUT_FIGURES}`);
    await engineOpened(page);
    await impatient(page);
    await page.context().route(files, () => {}); // accepted, and never answered
    await page.getByRole('button', { name: /^Compute device/ }).click();
    const choice = page.getByRole('dialog', { name: 'Compute device' });
    await choice.getByRole('radio', { name: device }).press('Space');
    await expect(page.getByText(/A part of this page could not be loaded/).first()).toBeVisible();
    await choice.getByRole('radio', { name: /^Automatic/ }).press('Space');
    await expect(page.getByRole('button', { name: /^Compute device: WebAssembly SIMD/ })).toBeVisible();
  });
