/** A running study survives a reload: the page offers to go on from the last checkpoint, or to discard it. */
import { expect, test, type Page } from '@playwright/test';
import { engineOpened } from '../support/page.ts';

test.use({ actionTimeout: 15_000 });

/** Reloading asks whether to leave a running study. */
async function reloadMidRun(page: Page): Promise<string> {
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.type();
    void dialog.accept();
  });
  await page.reload();
  return asked;
}

/** Bytes of all checkpoints on this device. */
const savedBytes = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('checkpoints', { create: true });
    let bytes = 0;
    for await (const handle of folder.values()) if (handle.kind === 'file') bytes += (await handle.getFile()).size;
    return bytes;
  });

test('resume after a reload, then discard after another', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  const steps = page.getByRole('textbox', { name: /^Steps/ });
  await steps.fill('3000');
  await steps.press('Enter');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page).toHaveTitle(/^\d+ % · Train · CopRA Playground$/, { timeout: 60_000 });
  await expect.poll(() => savedBytes(page), { timeout: 60_000 }).toBeGreaterThan(0);
  expect(await reloadMidRun(page)).toBe('beforeunload');

  const resume = page.getByRole('button', { name: /^Resume at step/ });
  await expect(resume).toBeVisible();
  const step = Number((await resume.innerText()).replace(/\D/g, ''));
  expect(step).toBeGreaterThan(0);
  await resume.click();
  await expect(resume).toBeHidden();
  const progress = page.getByText(/^step [\d,]+ of 3,000$/);
  await expect(progress).toBeVisible({ timeout: 60_000 });
  expect(Number(/step ([\d,]+)/.exec(await progress.innerText())![1].replace(',', ''))).toBeGreaterThanOrEqual(step);

  await reloadMidRun(page);
  await expect(resume).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(resume).toBeHidden();
  await expect.poll(() => savedBytes(page)).toBe(0);
  await page.reload();
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  // The page looks for interrupted studies before it opens the engine.
  await engineOpened(page);
  await expect(resume).toBeHidden();
  await expect(page).toHaveTitle('CopRA Playground');
});
