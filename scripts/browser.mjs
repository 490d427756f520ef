/**
 * Finds a Chromium for the browser tests, or installs one. Uses Node's own modules only until packages are installed.
 * `CHROME_PATH` overrides the search.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { toolOf } from './tool.mjs';

const KNOWN_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const MINI_BROWSERS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
  ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((version) => `/usr/lib/${machine}/${version}/MiniBrowser`),
);

const runnable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function onPath(...names) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (folder && runnable(file)) return file;
    }
  }
  return null;
}

/** The browser downloaded by Playwright, if its package and the browser are installed. */
async function playwrightBrowser() {
  try {
    const { chromium } = await import('playwright-core');
    const file = chromium.executablePath();
    return file && existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** Path of a Chromium or Chrome, or null. A CHROME_PATH that does not exist is an error and does not fall back to the search. */
export async function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!runnable(chosen))
      throw new Error(`CHROME_PATH names "${chosen}", which is not an executable file. Correct or unset it.`);
    return chosen;
  }
  return (
    KNOWN_PLACES.find(runnable) ??
    onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome') ??
    (await playwrightBrowser())
  );
}

const findShell = () => onPath('chromium-headless-shell', 'chrome-headless-shell');

/**
 * Path of the Chromium that tests drive, or null. The headless shell is Chromium without windows, menus and profiles: it shows the same pages and
 * takes less processor time. Without it, and where CHROME_PATH names a browser, it is the browser of findBrowser.
 */
export const findTestBrowser = async () => (process.env.CHROME_PATH ? null : findShell()) ?? findBrowser();

/** Path of a Firefox, or null. FIREFOX_PATH overrides the search. */
export const findFirefox = () => process.env.FIREFOX_PATH || onPath('firefox-esr', 'firefox');

/** WebKitGTK's driver, the browser beside it, and Xvfb where there is no display; null when one of them is missing. */
export function findWebKit() {
  const driver = onPath('WebKitWebDriver');
  const miniBrowser = MINI_BROWSERS.find(runnable);
  const display = process.env.DISPLAY ? null : onPath('Xvfb');
  return driver && miniBrowser && (process.env.DISPLAY || display) ? { driver, miniBrowser, display } : null;
}

/** Runs a program; resolves to whether it succeeded. What it prints comes at its end: other programs print meanwhile. */
function run(command, args) {
  const printed = [];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(printed));
      resolve(status === 0);
    });
  });
}

let listIsFresh;

/** Installs packages on Debian-like systems, as root only. One call at a time: apt-get locks. @returns whether it succeeded */
async function installPackages(...packages) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  listIsFresh ??= await run('apt-get', ['update', '-q']);
  return listIsFresh && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

const OTHERS = [
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr'] },
  { name: 'WebKit', find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'] },
];

/** Debian's Chromium has its headless shell in a package of its own. Nothing is missing without it. */
const lacksShell = () =>
  !process.env.CHROME_PATH &&
  !findShell() &&
  spawnSync('dpkg-query', ['--show', 'chromium'], { stdio: 'ignore' }).status === 0;

/** Installs the browsers of the tests that are missing, where the system's package manager can. Needs none of the project's packages. */
export async function installSystemBrowsers() {
  if (!(await findBrowser())) {
    console.log('No Chromium found: installing one for the browser tests.');
    // Mesa's software Vulkan driver lets the WebGPU tests run on machines without a GPU.
    await installPackages('chromium', 'mesa-vulkan-drivers');
  }
  if (lacksShell()) {
    console.log('No headless shell of Chromium found: installing it, so that browser tests take less time.');
    await installPackages('chromium-headless-shell');
  }
  for (const { name, find, packages } of OTHERS) {
    if (find()) continue;
    console.log(`No ${name} found: installing it for the browser tests.`);
    await installPackages(...packages);
  }
}

/** As findBrowser, but downloads Playwright's Chromium when there is none. Needs the project's packages. Null when that fails. */
export async function findOrDownloadBrowser() {
  const found = await findBrowser();
  if (found) return found;
  await run(process.execPath, [toolOf('@playwright/test', 'playwright'), 'install', 'chromium']);
  return findBrowser();
}

/** Names of the other browsers that are not there. */
export const missingBrowsers = () => OTHERS.filter(({ find }) => !find()).map(({ name }) => name);
