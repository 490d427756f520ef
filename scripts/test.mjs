/**
 * `npm test`: every check, one after the other, and one closing line with the counts.
 *
 * A static check counts as one; unit and browser tests count one by one. A failure does not stop the later checks. Skipped tests
 * are counted and named, so that a missing browser cannot pass unnoticed.
 *
 *   node scripts/test.mjs [--static | --unit | --e2e]   only these
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const caches = path.join(root, 'node_modules/.cache/copra');
const reports = path.join(caches, 'reports');
const tally = { passed: 0, failed: [], skipped: [] };
const chosen = process.argv.slice(2);
const wanted = (group) => chosen.length === 0 || chosen.includes(`--${group}`);

function run(bin, args, env = {}) {
  const [command, first] = bin.endsWith('.mjs')
    ? [process.execPath, [bin]]
    : [path.join(root, 'node_modules/.bin', bin), []];
  const { status } = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Unchanged files are not looked at again; a fresh clone has no cache and looks at all. */
const cache = (tool) => ['--cache', '--cache-strategy', 'content', '--cache-location', path.join(caches, tool)];

const heading = (text) => console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}`);

function check(name, bin, args) {
  heading(name);
  if (run(bin, args)) tally.passed++;
  else tally.failed.push(name);
}

/** Runs a test runner that writes a JSON report; a crash without a report, or one that hides behind passed tests, is a failure. */
function suite(name, bin, args, report, read, env = {}) {
  heading(name);
  rmSync(report, { force: true });
  const ok = run(bin, args, env);
  let counted = { passed: 0, failed: [], skipped: [] };
  try {
    counted = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`${name}: no readable report.`);
  }
  tally.passed += counted.passed;
  tally.failed.push(...counted.failed);
  tally.skipped.push(...counted.skipped);
  if (counted.failed.length === 0 && (!ok || counted.passed + counted.skipped.length === 0))
    tally.failed.push(`${name} (run as a whole)`);
}

function readVitest(report) {
  const counted = { passed: 0, failed: [], skipped: [] };
  for (const file of report.testResults) {
    const place = path.relative(root, file.name);
    if (file.status === 'failed' && file.assertionResults.length === 0) counted.failed.push(`${place} (did not load)`);
    for (const test of file.assertionResults) {
      const name = `${place}: ${test.fullName}`;
      if (test.status === 'passed') counted.passed++;
      else if (test.status === 'failed') counted.failed.push(name);
      else counted.skipped.push(name);
    }
  }
  return counted;
}

/** The same counts, with a word before every name. */
const named = ({ passed, failed, skipped }, word) => ({
  passed,
  failed: failed.map((name) => word + name),
  skipped: skipped.map((name) => word + name),
});

function readPlaywright(report) {
  const counted = { passed: 0, failed: [], skipped: [] };
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = [...titles, spec.title].join(' › ');
        if (test.status === 'skipped') counted.skipped.push(name);
        else if (test.status === 'unexpected') counted.failed.push(name);
        else counted.passed++;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const top of report.suites) visit(top, [top.title]);
  for (const error of report.errors ?? [])
    counted.failed.push(`browser tests: ${error.message ?? 'error outside a test'}`);
  return counted;
}

mkdirSync(reports, { recursive: true });
if (wanted('static')) {
  check('types (tsc)', 'tsc', ['-p', '.']);
  check('lint (eslint)', 'eslint', ['.', '--max-warnings', '0', ...cache('eslint')]);
  check('format (prettier)', 'prettier', ['--check', '.', '--log-level', 'warn', ...cache('prettier')]);
  check('layers (dependency-cruiser)', 'depcruise', ['src', '--config', '.dependency-cruiser.cjs']);
  check('unused code (knip)', 'knip', []);
}
if (wanted('unit')) {
  const report = path.join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  suite('unit and integration tests (vitest)', 'vitest', args, report, readVitest);
}
if (wanted('unit')) {
  const name = 'unit tests in Chromium (vitest)';
  if (await findBrowser()) {
    const report = path.join(reports, 'vitest-browser.json');
    const args = ['run', '--config=vitest.browser.config.ts', '--reporter=default', '--reporter=json'];
    const inChromium = (json) => named(readVitest(json), 'in Chromium: ');
    suite(name, 'vitest', [...args, `--outputFile.json=${report}`], report, inChromium);
  } else {
    heading(name);
    tally.skipped.push('ALL unit tests in Chromium: no Chromium found (set CHROME_PATH to one)');
  }
}
if (wanted('static') || wanted('e2e')) check('build (vite)', 'vite', ['build', '--logLevel', 'warn']);
if (wanted('static')) check('size budget', 'scripts/size.mjs', []);
if (wanted('e2e')) {
  if (await findBrowser()) {
    const report = path.join(reports, 'playwright.json');
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    suite('browser tests (playwright)', 'playwright', ['test', '--reporter=line,json'], report, readPlaywright, env);
  } else {
    heading('browser tests (playwright)');
    tally.skipped.push('ALL browser tests: no Chromium found (set CHROME_PATH to one)');
  }
}

heading('result');
for (const name of tally.failed) console.log(`FAILED   ${name}`);
for (const name of tally.skipped) console.log(`SKIPPED  ${name}`);
const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed.length} failed${skipped}`);
process.exit(tally.failed.length > 0 ? 1 : 0);
