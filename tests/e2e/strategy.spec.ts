/** The strategy card follows the tape and the landscape of the saved result, by keyboard. */
import { test } from '@playwright/test';
import { expect } from '../support/expect.ts';

test('dropping and merging are scrubbed by keyboard and say their numbers', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Strategy/ }).press('Enter');
  const step = page.getByRole('slider', { name: 'Training step' });
  await step.focus();
  await page.keyboard.press('Home');
  await expect(step).toHaveAttribute('aria-valuetext', /^step 1: LoRA 16 of 16 .*; CopRA 1 of 16 .*p = 0\.00$/);
  await page.keyboard.press('End');
  await expect(step).toHaveAttribute('aria-valuetext', /CopRA 16 of 16 layers active, p = 1\.00$/);
  const share = page.getByRole('slider', { name: /Share of the second seed/ });
  await share.focus();
  await page.keyboard.press('Home');
  await expect(share).toHaveAttribute('aria-valuetext', /LoRA, λ = 0\.00: .* 0\.0 points below/);
  await page.keyboard.press('ArrowRight');
  await expect(share).toHaveAttribute('aria-valuetext', /LoRA, λ = 0\.10/);
  await page.getByRole('region', { name: 'Prune by hand' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('region', { name: 'Prune by hand' })).toContainText(/layers on|carries neither/);
});
