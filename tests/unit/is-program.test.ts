/** Scripts that are also imported know when they are the program, by whatever path they were called. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readText } from '../support/files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copra-linked-'));
afterAll(() => rmSync(folder, { recursive: true }));

const called = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

it('through a link to their folder, too', () => {
  const link = path.join(folder, 'scripts');
  symlinkSync(realpathSync('scripts'), link, 'junction');
  for (const file of ['scripts/node-run.mjs', path.resolve('scripts/node-run.mjs'), path.join(link, 'node-run.mjs')])
    expect(called(file).stderr).toContain('Usage: node');
  expect(called(path.join(link, 'serve.mjs'), '--none').stderr).toContain('There is no option "--none".');
});

it('and when they are imported', () => {
  const code = "await import('./scripts/node-run.mjs'); console.log('imported')";
  expect(called('--input-type=module', '--eval', code, 'an argument').stdout).toBe('imported\n');
});

it('no script finds that out in a way of its own', () => {
  const own = readdirSync('scripts')
    .filter((name) => name.endsWith('.mjs') && name !== 'is-program.mjs')
    .filter((name) => /argv\[1\][^;]*import\.meta/.test(readText(`scripts/${name}`)));
  expect(own).toEqual([]);
});
