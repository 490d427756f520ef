/** The commands of a fresh clone set it up, on machines with settings of their own, once they know what is wanted of them. */
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

/** What a command says in a clone that has no packages, on a machine whose npm says what it is asked for, and installs nothing. */
function inClone(name: string, command: string, environment: NodeJS.ProcessEnv = {}) {
  const [clone, programs] = [path.join(folder, name), path.join(folder, 'programs')];
  cpSync('scripts', path.join(clone, 'scripts'), { recursive: true });
  mkdirSync(programs, { recursive: true });
  writeFileSync(path.join(programs, 'npm.cmd'), '@echo npm %*\r\n@exit 1\r\n');
  writeFileSync(path.join(programs, 'npm'), '#!/bin/sh\necho "npm $@"\nexit 1\n');
  chmodSync(path.join(programs, 'npm'), 0o755);
  return spawnSync(command, {
    cwd: clone,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, ...environment, PATH: [programs, process.env.PATH].join(path.delimiter) },
  });
}

describe('set-up', () => {
  it('installs the packages that build the page, also where the machine is one of production', () => {
    const { stdout } = inClone('a clone', packageJson.scripts.setup, { NODE_ENV: 'production' });
    expect(stdout).toMatch(/^npm ci .*--include=dev --include=optional/m);
  });

  // Windows has no folder with a question mark.
  it.each(process.platform === 'win32' ? ['#'] : ['#', '?'])(
    'installs nothing where the page cannot be built, below a folder with a %s',
    (sign) => {
      const { status, stdout, stderr } = inClone(`c${sign} code`, packageJson.scripts.start);
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
  const ours = commands.filter(([, command]) => command.startsWith('node scripts/command.mjs '));

  it('are whole without what npm runs before and after them, which it leaves out where ignore-scripts is set', () => {
    expect(commands.filter(([name]) => /^(pre|post)(?!train$)/.test(name))).toEqual([]);
  });

  it('set everything up first, but for those that are part of another, or need packages alone', () => {
    const bare = commands.filter(([, command]) => !/^node scripts\/(command|setup)\.mjs/.test(command));
    expect(bare.map(([name]) => name)).toEqual(['size', 'format', 'showcase']);
  });

  it.each([['setup', packageJson.scripts.setup], ...ours])(
    '%s says what its options are, and which are wrong, before anything is installed',
    (_, command) => {
      const help = inClone('bare', `${command} --help`);
      expect([help.status, help.stderr]).toEqual([0, '']);
      expect(help.stdout).toMatch(/^Usage: (npm|node) .*\n(.*\n)*  --help .* prints this\n$/);
      const wrong = inClone('bare', `${command} --hlep`);
      expect([wrong.status, wrong.stdout]).toEqual([2, '']);
      expect(wrong.stderr).toMatch(/^There is no option "--hlep"\.\nUsage: /);
    },
  );

  it.each(['study', 'analyse', 'compare', 'adapters'] as const)('take files from where they are typed: %s', (name) => {
    const clone = path.join(folder, 'bare');
    inClone('bare', 'exit 0');
    const built = ['build-kernels', 'build-atlases'].map((each) => path.join(clone, 'scripts', `${each}.mjs`));
    for (const file of built) writeFileSync(file, '');
    mkdirSync(path.join(clone, 'node_modules'), { recursive: true });
    for (const file of ['package-lock.json', 'node_modules/.package-lock.json'])
      writeFileSync(path.join(clone, file), '{"packages":{}}');
    writeFileSync(
      path.join(clone, 'scripts/node-run.mjs'),
      'console.log(process.cwd(), process.argv.slice(2).join(" "));',
    );
    const place = path.join(folder, 'ein Ort für Läufe');
    mkdirSync(place, { recursive: true });
    const ran = spawnSync(`${packageJson.scripts[name]} "a b" c`, {
      cwd: clone,
      shell: true,
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: place },
    });
    rmSync(clone, { recursive: true });
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toBe(`${place} ${path.join(clone, 'scripts', `${name}.ts`)} a b c\n`);
  });

  it('are set up once what is typed is right', () => {
    const { status, stdout } = inClone('bare', `${packageJson.scripts.study} quick --out a.json`);
    expect(stdout).toMatch(/^npm ci /m);
    expect(status).toBe(1);
  });
});
