/**
 * Sets up everything a fresh clone needs to start or be tested; fast when nothing needs to be done.
 *
 *   node scripts/setup.mjs             packages, WASM kernels, image atlases
 *   node scripts/setup.mjs --browser   and the browsers for the browser tests: Chromium and its headless shell, Firefox, WebKit
 *
 * Commands of package.json begin with it (command.mjs): npm leaves out prestart, pretest and their like where its setting ignore-scripts is on. It runs before any
 * package is installed, so it uses Node's own modules only. The system's package manager works beside npm and the builders: each of them mostly
 * waits, or has one core.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, findOrDownloadBrowser, installSystemBrowsers, missingBrowsers } from './browser.mjs';
import { isNodeSupported, NODE_WORDS } from './node-version.mjs';
import { NPM } from './npm.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const fromRoot = (...parts) => path.join(root, ...parts);

/** Also where NODE_ENV=production or a setting of npm leaves some out: all of them build the page. */
const ALL_KINDS = ['--include=dev', '--include=optional'];

/** The system's package manager at work; nobody should end it in the middle. */
let systemBrowsers = Promise.resolve();

async function fail(message) {
  console.error(`Set-up failed: ${message}`);
  await systemBrowsers;
  process.exit(1);
}

async function checkNode() {
  const { node } = process.versions;
  if (!isNodeSupported(node))
    await fail(`Node ${NODE_WORDS} is needed, this is ${node}. Get it from https://nodejs.org.`);
}

/** Vite takes what follows these signs for no part of a path, and finds no file. */
async function checkPlace() {
  const [sign] = /[#?]/.exec(root) ?? [];
  if (sign !== undefined)
    await fail(`the page cannot be built in ${root}, because that has a “${sign}” in it. Move it to another folder.`);
}

/**
 * Whether node_modules matches the lock file. File times are meaningless after a clone or a copy, so the lock is compared with npm's own record
 * of what it installed. Optional packages of other platforms may be missing.
 */
function packagesInstalled() {
  const record = fromRoot('node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  try {
    const wanted = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

/** @param shell whether a shell finds the command; it would split the path of one where it has a space */
async function run(label, command, args, shell = false) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell });
  const end = await new Promise((resolve) => {
    child.on('error', (error) => resolve(`could not start (${error.message})`));
    child.on('close', (status) => resolve(status === 0 ? null : `ended with exit code ${status}`));
  });
  if (end !== null) await fail(`${label} ${end}.`);
}

/** Whether browsers are wanted too. */
async function readOptions() {
  const { endWith, optionsOf } = await import('./options.mjs'); // which an old Node cannot read
  try {
    return optionsOf('Usage: npm run setup -- [--browser]', {
      options: { browser: { type: 'boolean', default: false, about: 'installs the browsers of the tests too' } },
    }).values.browser;
  } catch (error) {
    endWith(error);
  }
}

await checkNode();
const forTests = await readOptions();
await checkPlace();
if (forTests) {
  await findBrowser(); // refuses a wrong CHROME_PATH before anything is installed
  systemBrowsers = installSystemBrowsers();
}
if (!packagesInstalled()) {
  console.log('Installing packages (npm ci)…');
  await run('npm ci', NPM.program, ['ci', '--no-audit', '--no-fund', ...ALL_KINDS], NPM.shell);
}
// Both compare their inputs with those of the last build and return at once when nothing changed.
await Promise.all([
  run('Building the WASM kernels', process.execPath, ['scripts/build-kernels.mjs']),
  run('Building the image atlases', process.execPath, ['scripts/build-atlases.mjs']),
]);
if (forTests) {
  await systemBrowsers;
  if (!(await findOrDownloadBrowser()))
    console.warn(
      'No Chromium could be found or installed: the browser tests will be SKIPPED. Set CHROME_PATH to run them.',
    );
  for (const name of missingBrowsers())
    console.warn(`${name} could not be found or installed: its journey will be SKIPPED.`);
}
