/** Which Chromium the tests drive, and how browsers that are missing are installed. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser, findTestBrowser } from '../../scripts/browser.mjs';

let folder: string;

/** A program on the path. */
function program(name: string, content = ''): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
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
  vi.restoreAllMocks();
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

describe.skipIf(process.platform === 'win32')('browsers that are missing', () => {
  /** Installs in a folder of its own what the set-up asks apt-get for. @returns what apt-get was asked, and what is still missing */
  async function installed(isRoot: boolean, updates = true) {
    vi.resetModules(); // a list of packages is fetched once
    const log = path.join(folder, 'log');
    writeFileSync(log, '');
    program(
      'apt-get',
      `#!/bin/sh
/bin/mkdir "${folder}/lock" || echo "two at a time" >> "${log}"
echo "$*" >> "${log}"
[ "$1" = update ] || for name; do [ "$name" != firefox-esr ] || { : > "${folder}/$name"; /bin/chmod +x "${folder}/$name"; }; done
/bin/rmdir "${folder}/lock"
[ "$1" != update ] || ${updates ? 'true' : 'false'}
`,
    );
    vi.spyOn(process, 'getuid').mockReturnValue(isRoot ? 0 : 1000);
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const { installSystemBrowsers, missingBrowsers } = await import('../../scripts/browser.mjs');
    await installSystemBrowsers();
    const asked = readFileSync(log, 'utf8').trim().split('\n');
    return { asked: asked.filter((line) => !line.includes('chromium')), missing: missingBrowsers() };
  }

  it('are installed one after the other', async () => {
    const { asked, missing } = await installed(true);
    expect(asked).toEqual([
      'update -q',
      'install -y -q --no-install-recommends firefox-esr',
      'install -y -q --no-install-recommends webkit2gtk-driver xvfb',
    ]);
    expect(missing).toEqual(['WebKit']); // which this apt-get does not have
  });

  it('are left where packages cannot be fetched, and nothing is asked twice', async () => {
    expect(await installed(true, false)).toEqual({ asked: ['update -q'], missing: ['Firefox', 'WebKit'] });
  });

  it('are left to those who may install', async () => {
    expect(await installed(false)).toEqual({ asked: [''], missing: ['Firefox', 'WebKit'] });
  });
});
