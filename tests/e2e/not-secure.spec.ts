/** The page from a teacher's laptop, over http and the room's own network: browsers call that not secure, and take cryptography, files and the clipboard away. */
import { readFile } from 'node:fs/promises';
import { test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { findTestBrowser } from '../../scripts/browser.mjs';
import { CHROMIUM_FLAGS, SHORT_LIVED_FLAGS } from '../../scripts/chromium-flags.ts';
import { expect } from '../support/expect.ts';
import { accuracyShown, engineOpened, folderInput, unfoldStudy } from '../support/page.ts';
import { makeFolder } from '../support/pictures.ts';

const browser = await findTestBrowser();
const TEACHER = 'laptop-of-the-teacher.test';

test.use({
  launchOptions: {
    ...(browser ? { executablePath: browser } : {}),
    args: [...CHROMIUM_FLAGS, ...SHORT_LIVED_FLAGS, `--host-resolver-rules=MAP ${TEACHER} 127.0.0.1`],
  },
});

test('a study runs, its adapter is saved, its link is copied, and what cannot be kept says why', async ({
  page,
  baseURL,
}, info) => {
  await unfoldStudy(page);
  const settings =
    '?task=food&arms=lora&steps=2&batch=4&seeds=0&rank=1&test-images=9&landscape=off&shapley=off&pruning=off';
  await page.goto(`${baseURL!.replace('localhost', TEACHER)}${settings}`);
  expect(await page.evaluate(() => [isSecureContext, 'storage' in navigator, 'clipboard' in navigator])).toEqual([
    false,
    false,
    false,
  ]);
  await engineOpened(page);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByText('This page is not served over https, so this study cannot be resumed')).toBeVisible();
  await expect(page.getByText('Computed here')).toBeVisible();
  expect(await accuracyShown(page)).toMatch(/\d/);

  const [adapter] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'LoRA · seed 0: download as a PEFT folder' }).click(),
  ]);
  const files = unzipSync(await readFile(await adapter.path()));
  const origin = Object.entries(files).find(([name]) => name.endsWith('copra.json'))![1];
  expect(JSON.parse(Buffer.from(origin).toString())).toMatchObject({ study_sha256: /^[0-9a-f]{64}$/ });

  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog');
  await expect(share.getByText(/^Copy this link/)).toBeVisible();
  await share.getByRole('button', { name: 'Copy: Link to this result' }).click();
  await expect(share.getByRole('button', { name: 'Copy: Link to this result' })).toHaveText('Copied');
  const link = await share.getByRole('textbox', { name: 'Link to this result' }).inputValue();
  await page.keyboard.press('Escape');

  await folderInput(page).setInputFiles(await makeFolder(info.outputPath('fruit'), { limes: '#2a2', plums: '#52c' }));
  const card = page.getByRole('group', { name: 'Your data set' });
  // What was copied can be pasted.
  await card.getByRole('textbox', { name: 'Name of the class limes' }).fill('');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(card.getByRole('textbox', { name: /^Name of the class/ }).first()).toHaveValue(link.slice(0, 80));

  const noDatasets = 'This page is not served over https, so data sets cannot be kept.';
  await expect(card.getByText(noDatasets)).toBeVisible();
  await expect(card.getByRole('button', { name: 'Keep on this device' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Data sets on this device' }).click();
  await expect(page.getByText(noDatasets)).toHaveCount(2);
  await page.getByRole('button', { name: /^Models on this device/ }).click();
  await expect(page.getByText('This page is not served over https, so models cannot be kept.')).toBeVisible();
  await expect(page.getByText(/undefined|not a function/)).toHaveCount(0);
});
