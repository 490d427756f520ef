/** The two commands of a fresh clone set it up on machines with settings of their own. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveConfig } from 'vite';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'copra-set-up-')));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

/** A clone that has nothing but its set-up, on a machine whose npm says what it is asked for, and installs nothing. */
function setUp(name: string, environment: NodeJS.ProcessEnv = {}) {
  const [clone, programs] = [path.join(folder, name), path.join(folder, 'programs')];
  for (const script of ['setup', 'browser', 'node-version', 'npm', 'tool'])
    cpSync(`scripts/${script}.mjs`, path.join(clone, 'scripts', `${script}.mjs`));
  mkdirSync(programs, { recursive: true });
  writeFileSync(path.join(programs, 'npm.cmd'), '@echo npm %*\r\n@exit 1\r\n');
  writeFileSync(path.join(programs, 'npm'), '#!/bin/sh\necho "npm $@"\nexit 1\n');
  chmodSync(path.join(programs, 'npm'), 0o755);
  return spawnSync(process.execPath, [path.join(clone, 'scripts/setup.mjs')], {
    encoding: 'utf8',
    env: { ...process.env, ...environment, PATH: [programs, process.env.PATH].join(path.delimiter) },
  });
}

describe('set-up', () => {
  it('installs the packages that build the page, also where the machine is one of production', () => {
    const { stdout } = setUp('a clone', { NODE_ENV: 'production' });
    expect(stdout).toMatch(/^npm ci .*--include=dev --include=optional/m);
  });

  // Windows has no folder with a question mark.
  it.each(process.platform === 'win32' ? ['#'] : ['#', '?'])(
    'installs nothing where the page cannot be built, below a folder with a %s',
    (sign) => {
      const { status, stdout, stderr } = setUp(`c${sign} code`);
      expect(status).toBe(1);
      expect(stdout).not.toContain('npm ci');
      expect(stderr).toMatch(/^Set-up failed: the page cannot be built in .*Move it/);
    },
  );
});

it('the page that is built is for people, whatever kind of machine it is built on', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  expect((await resolveConfig({ configFile: 'vite.config.ts' }, 'build')).isProduction).toBe(true);
});

describe('commands', () => {
  const commands = Object.entries(packageJson.scripts);

  it('are whole without what npm runs before and after them, which it leaves out where ignore-scripts is set', () => {
    expect(commands.filter(([name]) => /^(pre|post)(?!train$)/.test(name))).toEqual([]);
  });

  it('set everything up first, but for those that are part of another, or need packages alone', () => {
    const bare = commands.filter(([, command]) => !command.startsWith('node scripts/setup.mjs'));
    expect(bare.map(([name]) => name)).toEqual(['size', 'format', 'showcase']);
  });
});
