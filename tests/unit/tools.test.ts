/** Programs of packages are started by Node and without a shell, so that they run on Windows too. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toolOf } from '../../scripts/tool.mjs';
import { readText } from '../support/files.ts';

describe('programs of packages', () => {
  it.each([['oxlint'], ['oxfmt'], ['dependency-cruiser', 'depcruise'], ['@playwright/test', 'playwright']])(
    'are files for Node: %s',
    (name, program = name) => {
      const { status, stdout } = spawnSync(process.execPath, [toolOf(name, program), '--version'], {
        encoding: 'utf8',
      });
      expect(stdout).toMatch(/\d+\.\d+/);
      expect(status).toBe(0);
    },
  );

  it('that are unknown are named', () => {
    expect(() => toolOf('oxlint', 'none')).toThrow('The package oxlint has no program "none".');
  });

  it.each(['scripts/test.mjs', 'scripts/browser.mjs'])('%s starts nothing through a shell', (file) => {
    expect(readText(file)).not.toMatch(/shell:|\.cmd|\.bin/);
  });
});
