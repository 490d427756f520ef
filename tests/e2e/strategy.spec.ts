/** The strategy card follows the tape and the landscape of the saved result, by keyboard. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { engineOpened, WITHOUT_FIGURES } from '../support/page.ts';

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

/** A study of many small steps is under way. */
async function training(page: Page): Promise<void> {
  await page.goto(`?${WITHOUT_FIGURES}&task=food&steps=20000&batch=4&seeds=0&validate-every=5&rank=1&towers=text`);
  await engineOpened(page);
  await page.getByRole('button', { name: 'Run with changes' }).click();
  await expect(page.getByText(/^step [1-9]\d+ of /)).toBeVisible();
}

test('the tape of a study that trains plays in stills too', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await training(page);
  await page.getByRole('button', { name: /^Strategy/ }).press('Enter');
  const step = page.getByRole('slider', { name: 'Training step' });
  await page.getByRole('button', { name: 'Play the training', exact: true }).click();
  // It is neither where it began nor at the newest step.
  await expect
    .poll(async () => {
      const share = Number(await step.inputValue()) / Number(await step.getAttribute('max'));
      return share > 0.04 && share < 0.9;
    })
    .toBe(true);
});

test('a link that is being shared stays as it is while the study trains', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await training(page);
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await expect(share.getByText(/^Link copied/)).toBeVisible();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const [link, passed] = [await copied(), await page.title()];
  await expect.poll(() => page.title()).not.toBe(passed);
  await expect(page.getByText(/^step [1-9]\d\d+ of /)).toBeVisible();
  expect(await copied()).toBe(link);
  await page.keyboard.press('Escape');
  await expect(share).toBeHidden();
});
