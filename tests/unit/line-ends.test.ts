/** Git for Windows turns line ends into its own unless .gitattributes says otherwise: every file of a clone is, byte for byte, what was committed. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('no clone turns line ends, and binary files are named by their kinds', ({ skip }) => {
  const { status, stdout } = spawnSync('git', ['ls-files', '--eol'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) return skip('These files are no clone, or there is no Git.');
  const files = stdout.trim().split('\n');
  expect(files.length).toBeGreaterThan(1000);
  const kept = /^i\/((lf|none) +w\/(lf|none)? +attr\/text=auto eol=lf|-text +w\/(-text)? +attr\/-text) *\t/;
  expect(files.filter((line) => !kept.test(line))).toEqual([]);
});
