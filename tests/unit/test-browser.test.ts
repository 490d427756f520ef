/** Which Chromium the tests drive. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findBrowser, findTestBrowser } from '../../scripts/browser.mjs';

let folder: string;

/** A program on the path. */
function program(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'copra-browser-'));
  vi.stubEnv('PATH', folder);
  vi.stubEnv('CHROME_PATH', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('is the headless shell, where there is one', async () => {
  const shell = program('chromium-headless-shell');
  expect(await findTestBrowser()).toBe(shell);
});

it('is the browser that there is, without a shell', async () => {
  expect(await findTestBrowser()).toBe(await findBrowser());
});

it('is the browser that CHROME_PATH names, whatever else is there', async () => {
  program('chromium-headless-shell');
  const chosen = program('another');
  vi.stubEnv('CHROME_PATH', chosen);
  expect(await findTestBrowser()).toBe(chosen);
});
