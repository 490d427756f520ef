/**
 * `npm test`: runs every check and prints a closing line with the counts.
 *
 * Static checks and the build use one core each, so they run in parallel with the unit tests in Node; their output follows when both are done.
 * Browser tests run afterwards, alone: they use all cores and have timeouts.
 *
 * Each static check counts as one; unit and browser tests count individually. A failure does not stop later checks. Skipped tests are counted and
 * named, so that a missing browser does not go unnoticed.
 *
 * --static, --unit and --e2e choose some of them. Exit status 1: something failed, or nothing passed. 2: an option is unknown.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTestBrowser } from './browser.mjs';
import { endWith, optionsOf } from './options.mjs';
import { toolOf } from './tool.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const caches = path.join(root, 'node_modules/.cache/copra');
const reports = path.join(caches, 'reports');
const tally = { passed: 0, failed: [], skipped: [] };

/** The groups of checks that are asked for. */
function groups() {
  try {
    const { values } = optionsOf(
      'Usage: npm test -- [--static] [--unit] [--e2e]\none file is tested by: npx vitest run FILE',
      {
        options: {
          static: { type: 'boolean', default: false, about: 'types, style and unused code, the build and its size' },
          unit: { type: 'boolean', default: false, about: 'unit and integration tests, in Node and in Chromium' },
          e2e: { type: 'boolean', default: false, about: 'browser tests of the built page' },
        },
      },
    );
    const all = ['static', 'unit', 'e2e'];
    const chosen = all.filter((group) => values[group]);
    return chosen.length > 0 ? chosen : all;
  } catch (error) {
    endWith(error);
  }
}
const chosen = groups();
const wanted = (group) => chosen.includes(group);

/** Output of a lane: printed immediately, or buffered until released. */
function live() {
  return { stdio: 'inherit', write: (text) => process.stdout.write(text) };
}

function kept() {
  const parts = [];
  return { stdio: ['ignore', 'pipe', 'pipe'], write: (text) => parts.push(text), text: () => parts.join('') };
}

/** Runs a program for Node; resolves to whether it succeeded. */
function run(out, file, args, env = {}) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: out.stdio,
    env: { ...process.env, ...env },
  });
  child.stdout?.setEncoding('utf8').on('data', out.write);
  child.stderr?.setEncoding('utf8').on('data', out.write);
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (status) => resolve(status === 0));
  });
}

const heading = (text) => `\n── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}\n`;

const check = (name, file, args, env) => async (out) => {
  out.write(heading(name));
  if (await run(out, file, args, env)) tally.passed++;
  else tally.failed.push(name);
};

/** Runs a test runner that writes a JSON report; a crash without a report, or one that hides behind passed tests, is a failure. */
const suite = (name, file, args, report, read, env) => async (out) => {
  out.write(heading(name));
  rmSync(report, { force: true });
  const ok = await run(out, file, args, env);
  let counted = { passed: 0, failed: [], skipped: [] };
  try {
    counted = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    out.write(`${name}: no readable report.\n`);
  }
  tally.passed += counted.passed;
  tally.failed.push(...counted.failed);
  tally.skipped.push(...counted.skipped);
  if (counted.failed.length === 0 && (!ok || counted.passed + counted.skipped.length === 0))
    tally.failed.push(`${name} (run as a whole)`);
};

const skip = (name, what) => (out) => {
  out.write(heading(name));
  tally.skipped.push(what);
};

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

/** The same counts, with a prefix before every name. */
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

const browser = await findTestBrowser();

/** For programs in Go that end soon: collecting garbage takes them a fifth of their time. */
const COLLECT_RARELY = { GOGC: '400' };

function staticChecks() {
  return [
    // The native compiler; tools and tests still need the one in JavaScript. Beside the unit tests several checkers only do the same work several times.
    check('types (tsc)', toolOf('typescript-native', 'tsc'), ['-b', '--checkers', '1'], COLLECT_RARELY),
    check('lint (oxlint)', toolOf('oxlint'), ['--type-aware', '--deny-warnings'], COLLECT_RARELY),
    check('format (oxfmt)', toolOf('oxfmt'), ['--list-different']),
    check('layers (dependency-cruiser)', toolOf('dependency-cruiser', 'depcruise'), [
      'src',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
    check('unused code (knip)', toolOf('knip'), []),
    check('code that only tests use (knip)', toolOf('knip'), ['--production']),
  ];
}

const reporters = (report) => ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];

function unitTests() {
  const report = path.join(reports, 'vitest.json');
  return suite(
    'unit and integration tests (vitest)',
    toolOf('vitest'),
    ['run', ...reporters(report)],
    report,
    readVitest,
  );
}

function unitTestsInChromium() {
  const name = 'unit tests in Chromium (vitest)';
  if (!browser) return skip(name, 'ALL unit tests in Chromium: no Chromium found (set CHROME_PATH to one)');
  const report = path.join(reports, 'vitest-browser.json');
  const args = ['run', '--config=vitest.browser.config.ts', ...reporters(report)];
  return suite(name, toolOf('vitest'), args, report, (json) => named(readVitest(json), 'in Chromium: '));
}

function browserTests() {
  const name = 'browser tests (playwright)';
  if (!browser) return skip(name, 'ALL browser tests: no Chromium found (set CHROME_PATH to one)');
  const report = path.join(reports, 'playwright.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  return suite(
    name,
    toolOf('@playwright/test', 'playwright'),
    ['test', '--reporter=line,json'],
    report,
    readPlaywright,
    env,
  );
}

async function inOrder(steps, out) {
  for (const step of steps) await step(out);
}

/** Buffers the second list's output until both are done. With a single core, the second list runs after the first. */
async function sideBySide(first, second) {
  if (first.length === 0 || availableParallelism() === 1) return inOrder([...first, ...second], live());
  const out = kept();
  await Promise.all([inOrder(first, live()), inOrder(second, out)]);
  process.stdout.write(out.text());
}

mkdirSync(reports, { recursive: true });
await sideBySide(wanted('unit') ? [unitTests()] : [], [
  ...(wanted('static') ? staticChecks() : []),
  ...(wanted('static') || wanted('e2e')
    ? [check('build (vite)', toolOf('vite'), ['build', '--logLevel', 'warn'])]
    : []),
  ...(wanted('static') ? [check('size budget', path.join('scripts', 'size.mjs'), [])] : []),
]);
await inOrder([...(wanted('unit') ? [unitTestsInChromium()] : []), ...(wanted('e2e') ? [browserTests()] : [])], live());

process.stdout.write(heading('result'));
for (const name of tally.failed) console.log(`FAILED   ${name}`);
for (const name of tally.skipped) console.log(`SKIPPED  ${name}`);
const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed.length} failed${skipped}`);
// What nothing passed has proven nothing.
process.exit(tally.failed.length > 0 || tally.passed === 0 ? 1 : 0);
