/** `npm run card-pack`: what is unpacked elsewhere asks the adapters of the machine with nothing of the project at hand. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);

// Windows has no shell for it, and a Node in pieces cannot be packed.
const CAN_PACK = process.platform !== 'win32' && !Reflect.get(process.config.variables, 'node_shared');

describe.skipIf(!CAN_PACK)('an archive with the measurement of a card', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'copra-archive-')));
    const archive = path.join(folder, 'copra-card.tar.gz');
    const { stdout } = await run(process.execPath, ['scripts/node-run.mjs', 'scripts/card-pack.ts', '--out', archive]);
    expect(stdout).toContain('tar -xf copra-card.tar.gz && copra-card/card --out my-card.json');
    await run('tar', ['-xzf', archive, '-C', folder]);
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** With neither Node nor a variable of this process. */
  const card = (...args: readonly string[]) =>
    run(path.join(folder, 'copra-card/card'), [...args], { cwd: folder, env: { PATH: '/usr/bin:/bin' } });

  it('says how it is called there', async () => {
    expect((await card('--help')).stdout).toContain('Usage: ./card [--out FILE]');
  });

  it('asks the adapters there, in processes of its own', async () => {
    await expect(card('--adapter', 'of nobody')).rejects.toThrow(
      /No (adapter is called "of nobody"\. Here: \w|graphics adapter answers)/,
    );
  });

  it('holds what it reads', async () => {
    const at = (name: string) => readdir(path.join(folder, 'copra-card', name), { recursive: true });
    for (const [here, there] of [
      ['public/backbones', 'page/backbones'],
      ['public/atlas', 'page/atlas'],
      ['tests/golden', 'tests/golden'],
    ])
      expect(await at(there)).toEqual(await readdir(here, { recursive: true }));
    if (process.platform === 'linux') expect(await at('lib')).toEqual(['libvulkan.so.1']);
  });

  it('holds whatever its Python imports of the project', async () => {
    const modules = new Set((await readdir('bench')).filter((file) => file.endsWith('.py')));
    const packed = await readdir(path.join(folder, 'copra-card/bench'));
    for (const file of packed) {
      const text = await readFile(path.join(folder, 'copra-card/bench', file), 'utf8');
      const imported = [...text.matchAll(/^\s*(?:from|import) (\w+)/gm)].map(([, name]) => `${name}.py`);
      expect(packed).toEqual(expect.arrayContaining(imported.filter((name) => modules.has(name))));
    }
    expect(packed).toContain('torch_card.py');
  });
});
