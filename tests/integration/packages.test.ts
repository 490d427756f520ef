/** Both packages are built, packed, installed into an empty folder without a network, and used there. */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { marked, type Tokens } from 'marked';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { StudyResult } from '../../src/study/result/result.ts';

const run = promisify(execFile);

/** What the packages need of the registry, with what that needs: packed from node_modules, as there is no network. */
const NEEDED = ['ml-matrix', 'is-any-array', 'ml-array-rescale', 'ml-array-max', 'ml-array-min'];
const platform = `${process.platform}-${process.arch}`;
const SHARP = [
  'sharp',
  'detect-libc',
  'semver',
  '@img/colour',
  `@img/sharp-${platform}`,
  `@img/sharp-libvips-${platform}`,
];

let root = '';
let installed = '';
const at = (...parts: readonly string[]): string => path.join(root, ...parts);
const npm = (cwd: string, ...args: readonly string[]) =>
  run('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, shell: process.platform === 'win32' });
const node = (...args: readonly string[]) => run(process.execPath, [...args], { cwd: installed });
const command = (...args: readonly string[]) => node('node_modules/copra-playground/dist/cli.js', ...args);

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'copra-packages-')));
  installed = at('installed');
  for (const folder of ['page', 'packed', 'installed']) await mkdir(at(folder));
  // The page itself takes longer to build than all of this, and has tests of its own.
  await writeFile(at('page/index.html'), '<!doctype html><title>CopRA Playground</title>');
  for (const folder of ['backbones', 'atlas']) await cp(`public/${folder}`, at('page', folder), { recursive: true });
  await run(process.execPath, ['scripts/packages.mjs', '--page', at('page'), '--out', at('built')]);
  const folders = await Promise.all([...NEEDED, ...SHARP].map((name) => realpath(`node_modules/${name}`)));
  const { stdout } = await npm(
    '.',
    'pack',
    '--silent',
    '--pack-destination',
    at('packed'),
    at('built/copra'),
    at('built/copra-playground'),
    ...folders,
  );
  await writeFile(`${installed}/package.json`, '{ "name": "empty", "private": true, "type": "module" }');
  const files = stdout
    .trim()
    .split('\n')
    .map((file) => at('packed', file));
  await npm(installed, 'install', '--offline', '--cache', at('cache'), ...files);
}, 600_000);
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the installed library', () => {
  it('does what its README says', async () => {
    const readme = await readFile(`${installed}/node_modules/copra/README.md`, 'utf8');
    const examples = marked
      .lexer(readme)
      .filter((token): token is Tokens.Code => token.type === 'code' && token.lang === 'js');
    expect(examples.length).toBeGreaterThan(4);
    for (const [i, { text }] of examples.entries()) {
      await writeFile(`${installed}/example-${i}.js`, text);
      const { stdout } = await node(`example-${i}.js`);
      const promised = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, said]) => said);
      expect(promised.length).toBeGreaterThan(0);
      expect(stdout.trim().split('\n')).toEqual(promised);
    }
  });

  it('has types that a strict project compiles against', async () => {
    await writeFile(
      `${installed}/user.ts`,
      `import { createGateSampler, type AdapterLayout, type StepGates } from 'copra';
import { exactPlan } from 'copra/shapley';
export const weights: Float64Array = exactPlan(3).weights;
export const gates = (layout: AdapterLayout): StepGates =>
  createGateSampler({ method: 'copra', schedule: 'linear', p0: 0, rampFraction: 0.75, granularity: 'layer', keepProbability: 0.5, inputDropout: 0 }, layout, 10, 0)(1);
`,
    );
    const tsc = path.resolve('node_modules/typescript-native/bin/tsc');
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'user.ts'];
    const { stdout } = await node(tsc, '--ignoreConfig', ...strict).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });

  it('needs ml-matrix alone, and keeps what is not exported inside', async () => {
    await writeFile(`${installed}/inside.js`, "await import('copra/dist/index.js');");
    await expect(node('inside.js')).rejects.toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });
});

describe('the installed command', () => {
  it('says what it can do', async () => {
    expect((await command('--version')).stdout.trim()).toBe(packageJson.version);
    expect((await command('--help')).stdout).toMatch(/study .*\n.*analyse .*\n.*adapters .*\n.*serve /);
    for (const name of ['study', 'analyse', 'adapters', 'serve'])
      expect((await command(name, '--help')).stdout).toContain(`Usage: copra-playground ${name} `);
    await expect(command('stduy')).rejects.toThrow(/There is no command "stduy"/);
  });

  it('runs a study of own images, writes its adapters and analyses them', async () => {
    for (const [colour, i] of ['navy', 'teal'].flatMap((each) =>
      Array.from({ length: 6 }, (_, k) => [each, k] as const),
    )) {
      await mkdir(`${installed}/photos/${colour}`, { recursive: true });
      const create = { width: 20 + i, height: 24, channels: 3 as const, background: colour };
      const spot = { input: { create: { width: 4 + i, height: 6, channels: 3 as const, background: 'white' } } };
      await sharp({ create }).composite([spot]).png().toFile(`${installed}/photos/${colour}/${i}.png`);
    }
    const own = ['--data', 'photos', '--threads', '1', '--set', 'shapley=off', '--set', 'pruning=off'];
    const small = ['--set', 'steps=2', '--set', 'shots=2', '--set', 'seeds=0', '--set', 'landscape=off'];
    const { stdout } = await command('study', 'quick', ...own, ...small, '--out', 'r.json', '--adapters', 'runs');
    expect(stdout).toMatch(/photos: a folder per class; 12 images, 2 classes/);
    const result = JSON.parse(await readFile(`${installed}/r.json`, 'utf8')) as StudyResult;
    expect(result).toMatchObject({ status: 'complete', task: { name: 'photos', classes: ['navy', 'teal'] } });
    await command(
      'analyse',
      'runs',
      '--config',
      'r.json',
      ...own,
      '--set',
      'landscape=on',
      '--set',
      'landscape-points=3',
      '--out',
      'a.json',
    );
    const analysed = JSON.parse(await readFile(`${installed}/a.json`, 'utf8')) as StudyResult;
    const tested = ({ runs }: StudyResult) => runs.map(({ test }) => test?.correct).sort();
    expect(tested(analysed)).toEqual(tested(result));
    expect(analysed.landscape).not.toEqual([]);
  });

  it('serves the page that it brings, isolated', async () => {
    const child = spawn(process.execPath, ['node_modules/copra-playground/dist/cli.js', 'serve', '--port', '0'], {
      cwd: installed,
    });
    try {
      const said = await new Promise<string>((resolve, reject) => {
        child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        child.once('exit', () => reject(new Error('the server ended')));
      });
      const answer = await fetch(/http:\S+/.exec(said)?.[0] ?? '');
      expect(await answer.text()).toContain('<title>CopRA Playground</title>');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    } finally {
      child.kill();
    }
  });
});
