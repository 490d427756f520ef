/** `npm run analyse` with the name of a repository: its adapters are fetched once, kept, and analysed together. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { hubAdapterFiles, isOnHub } from '../../scripts/hub-adapters.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { adapterFolders } from '../support/hub/adapters.ts';
import { startLocalHub, type LocalHub } from '../support/hub/local-hub.ts';

const run = promisify(execFile);
let hub: LocalHub;
let folder: string;
beforeAll(async () => {
  hub = await startLocalHub({ 'tester/two': adapterFolders(['one', 'two'], 'emoji-clip-2') });
  folder = mkdtempSync(path.join(tmpdir(), 'copra-analyse-'));
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const environment = () => ({ COPRA_HUB: hub.url, COPRA_MODELS: path.join(folder, 'models') });

afterEach(() => vi.unstubAllEnvs());

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
  const { stdout } = await run(process.execPath, ['scripts/node-run.mjs', 'scripts/analyse.ts', 'tester/two', ...how], {
    env: { ...process.env, ...environment() },
  });
  expect(stdout).toContain('2 adapters: one, two');
  const { landscape, runs } = JSON.parse(readFileSync(out, 'utf8')) as StudyResult;
  expect([landscape.length > 0, runs.length]).toEqual([true, 2]);

  const sent = hub.weightBytes();
  for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
  const { files, baseModels } = await hubAdapterFiles(['tester/two']);
  expect([files.length, baseModels, hub.weightBytes()]).toEqual([4, ['emoji-clip-2'], sent]);
  await expect(hubAdapterFiles(['tester/none'])).rejects.toThrow(/There is no model "tester\/none"/);
});

it('tells names on a hub from places on disk', () => {
  expect(['a/b', 'a/b@v1', 'a/b/c', 'https://example.org/a'].filter(isOnHub)).toHaveLength(4);
  expect(['src/model', './a/b', '/a/b', 'runs', 'C:\\a'].filter(isOnHub)).toEqual([]);
});
