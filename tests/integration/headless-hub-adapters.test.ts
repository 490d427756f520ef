/**
 * Commands with the name of a repository. `npm run analyse`: its adapters are fetched once, kept, and analysed together. `npm run study`: what is
 * written names the commit of the backbone.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadNamedBackbone, typedBackbone } from '../../scripts/headless-backbone.ts';
import { folderReader } from '../../scripts/headless.ts';
import { hubAdapterFiles, isOnHub } from '../../scripts/hub-adapters.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { adapterFolders } from '../support/hub/adapters.ts';
import { startLocalHub, type LocalHub } from '../support/hub/local-hub.ts';
import { COMMIT, folderModel } from '../support/hub/models.ts';

const run = promisify(execFile);
let hub: LocalHub;
let folder: string;
beforeAll(async () => {
  hub = await startLocalHub({
    'tester/two': adapterFolders(['one', 'two'], 'emoji-clip-2'),
    'tester/pinned': adapterFolders(['one'], `tester/clip@${COMMIT}`),
    'tester/curated': adapterFolders(['one', 'two'], 'openai/clip-vit-base-patch32'),
    'tester/dropped': adapterFolders(['one'], 'local/clip'),
    'tests/clip': folderModel('public/backbones/emoji-clip-2'),
    'tester/clip': folderModel('public/backbones/emoji-clip-2'),
  });
  folder = mkdtempSync(path.join(tmpdir(), 'copra-analyse-'));
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

/** A command in a process of its own, on this hub. */
const command = (script: string, ...given: string[]) =>
  run(process.execPath, ['scripts/node-run.mjs', script, ...given], { env: { ...process.env, ...environment() } });

const environment = () => ({ COPRA_HUB: hub.url, COPRA_MODELS: path.join(folder, 'models') });

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('takes all adapters of a repository, and the second time none of them from the hub', async () => {
  const out = path.join(folder, 'result.json');
  const settings = [
    'shapley=off',
    'pruning=off',
    'landscape-points=3',
    'test-images=9',
    'domains=off',
    'merging=off',
  ].flatMap((set) => ['--set', set]);
  const how = ['--out', out, '--threads', '1', '--backend', 'wasm', ...settings];
  const { stdout } = await command('scripts/analyse.ts', 'tester/two', ...how);
  expect(stdout).toContain('2 adapters: one, two');
  const { landscape, runs } = JSON.parse(readFileSync(out, 'utf8')) as StudyResult;
  expect([landscape.length > 0, runs.length]).toEqual([true, 2]);

  const sent = hub.weightBytes();
  for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
  const { files, backbones } = await hubAdapterFiles(['tester/two']);
  expect([files.length, backbones, hub.weightBytes()]).toEqual([4, [], sent]);
  await expect(hubAdapterFiles(['tester/none'])).rejects.toThrow(/There is no model “tester\/none”/);
});

it.each([
  ['tester/pinned', [`tester/clip@${COMMIT}`]],
  // Its main branch has no safetensors.
  ['tester/curated', ['openai/clip-vit-base-patch32@refs/pr/32']],
  ['tester/dropped', []],
])('asks for the backbone that the adapters of %s were trained for', async (name, backbones) => {
  for (const [key, value] of Object.entries(environment())) vi.stubEnv(key, value);
  expect((await hubAdapterFiles([name])).backbones).toEqual(backbones);
});

it('writes a study in Python whose backbone is the commit that a name without one stood for', async () => {
  const python = path.join(folder, 'study.py');
  await command('scripts/study.ts', 'quick', '--python', python, '--backbone', 'tester/clip');
  const script = readFileSync(python, 'utf8');
  expect(script).toContain(`MODEL = "tester/clip"\nREVISION = "${COMMIT}"`);
  expect(script).toContain('FOLDER = None');
});

it('says that it looks on the hub, and does not where a folder here was meant', async () => {
  for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
  const said = vi.spyOn(console, 'warn').mockReturnValue();
  await hubAdapterFiles(['tester/two']);
  expect(said.mock.lastCall).toEqual(['There is no file or folder "tester/two" here; looking for it on the hub.']);
  said.mockClear();
  const refused = hubAdapterFiles(['tests/lora-seed-0']);
  await expect(refused).rejects.toThrow(/no file or folder "tests\/lora-seed-0" here, though .* "tests".*https:/);
  expect(() => typedBackbone('tests/clip')).toThrow(/though there is a folder/);
  expect(said).not.toHaveBeenCalled();
  typedBackbone('tester/clip');
  expect(said.mock.lastCall).toEqual(['There is no file or folder "tester/clip" here; looking for it on the hub.']);
});

it('says nothing of a path where settings or adapters name the backbone, and takes it for none', async () => {
  for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
  const said = vi.spyOn(console, 'warn').mockReturnValue();
  for (const name of ['tester/clip', 'tests/clip'])
    expect((await loadNamedBackbone(name, null, folderReader)).id).toBe(`${name}@${COMMIT}`);
  expect(said.mock.calls.flat().join()).not.toContain('There is no file or folder');
});

it('tells names on a hub from places on disk', () => {
  expect(['a/b', 'a/b@v1', 'a/b/c', 'https://example.org/a'].filter(isOnHub)).toHaveLength(4);
  expect(['src/model', './a/b', '/a/b', 'runs', 'C:\\a'].filter(isOnHub)).toEqual([]);
});
