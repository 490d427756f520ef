/** Seeds added to the study of a study file without a browser. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEngine, runHeadless } from '../../scripts/headless.ts';
import { without } from '../../src/core/without.ts';
import { withSettings } from '../../src/share/config/config-set.ts';
import { packStudy } from '../../src/share/study-file/study-file.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { quick } from '../../src/study/presets/quick.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { bundled } from '../support/bundled-command.ts';

const SMALL = ['steps=2', 'shots=2', 'seeds=3,4', 'test-images=20', 'landscape-points=3', 'shapley=off', 'pruning=off'];
const config = withSettings(quick.config, SMALL);
const execute = promisify(execFile);

let [folder, command] = ['', ''];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copra-more-seeds-'));
  command = await bundled('scripts/study.ts');
}, 120_000);
afterAll(async () => {
  for (const each of [folder, path.dirname(command)]) await rm(each, { recursive: true });
});

async function run(wanted: StudyConfig): Promise<{ result: StudyResult; adapters: RunAdapter[] }> {
  const engine = await openEngine('auto', 1);
  const adapters: RunAdapter[] = [];
  const result = await runHeadless(wanted, engine, { onAdapter: (adapter) => adapters.push(adapter) });
  engine.dispose();
  return { result, adapters };
}

it('gives what all seeds at once give, and refuses a file without adapters', { timeout: 200_000 }, async () => {
  const { result, adapters } = await run(config);
  const [zip, bare, out] = ['study.zip', 'bare.json', 'more.json'].map((name) => path.join(folder, name));
  const named = adapters.map((adapter) => ({ ...adapter, armId: adapter.arm, armName: adapter.arm }));
  await writeFile(zip, packStudy({ result, adapters: named, thumbnails: [] }));
  await writeFile(bare, JSON.stringify(result));
  const add = (file: string, ...more: string[]) =>
    execute(process.execPath, [command, file, '--add-seeds', '1', '--out', out, '--threads', '1', ...more]);
  await expect(add(bare)).rejects.toThrow('goes on with a study file of a whole study');
  await expect(add(zip, '--set', 'steps=3')).rejects.toThrow('--set does nothing for seeds that are added');
  await add(zip, '--adapters', path.join(folder, 'adapters'));
  expect(await readdir(path.join(folder, 'adapters'))).toHaveLength(6);
  const more = JSON.parse(await readFile(out, 'utf8')) as StudyResult;
  const { result: whole } = await run({ ...config, seeds: [3, 4, 5] });
  expect(without(more, 'provenance')).toEqual(without(JSON.parse(JSON.stringify(whole)) as StudyResult, 'provenance'));
});
