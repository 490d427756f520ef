/** Study files without a browser: written as the page writes them, and seeds added to their studies. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEngine, runHeadless } from '../../scripts/headless.ts';
import { lockOutput } from '../../scripts/output-lock.ts';
import { without } from '../../src/core/without.ts';
import { withSettings } from '../../src/share/config/config-set.ts';
import { unpackStudy } from '../../src/share/study-file/study-file.ts';
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

it(
  'gives what all seeds at once give, in the study file of the page, and refuses a file without adapters',
  { timeout: 300_000 },
  async () => {
    const [settings, zip, bare, out] = ['settings.json', 'study.zip', 'bare.json', 'more.json'].map((name) =>
      path.join(folder, name),
    );
    const study = (...args: string[]) => execute(process.execPath, [command, ...args, '--threads', '1']);
    const opened = async () => unpackStudy(new Blob([new Uint8Array(await readFile(zip))]));
    const asJson = (found: StudyResult): unknown => JSON.parse(JSON.stringify(without(found, 'provenance')));
    const { result, adapters } = await run(config);
    await writeFile(settings, JSON.stringify(config));
    await writeFile(bare, JSON.stringify(result));

    await study(settings, '--out', zip);
    const first = await opened();
    expect(first.problems).toEqual([]);
    expect(asJson(first.result)).toEqual(asJson(result));
    expect(first.adapters.map(({ armId, armName, ...run }) => ({ ...run, arm: armId, armName }))).toEqual(
      adapters.map((adapter) => ({ ...adapter, armName: config.arms.find(({ id }) => id === adapter.arm)?.name })),
    );
    expect(first.thumbnails.map(({ label }) => label)).toEqual(result.task.classes);

    const add = (file: string, to: string, ...more: string[]) => study(file, '--add-seeds', '1', '--out', to, ...more);
    await expect(add(bare, out)).rejects.toThrow('goes on with a study file of a whole study');
    await expect(add(zip, out, '--set', 'steps=3')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--set does nothing for seeds that are added') as string,
    });
    // Added seeds are kept while they are trained, as any study is: a batch system may end them.
    const kept = path.join(folder, 'kept.checkpoint');
    await add(zip, out, '--checkpoint', kept);
    await rm(out);
    const again = await add(zip, zip, '--resume', '--checkpoint', kept, '--adapters', path.join(folder, 'adapters'));
    expect(again.stdout).toContain('Continues at step 2 of 2');
    await expect(study(zip, '--out', out, '--checkpoint', kept)).rejects.toMatchObject({
      stderr: expect.stringContaining('is the checkpoint of seeds that were added to a study') as string,
    });
    await rm(kept);
    expect(await readdir(path.join(folder, 'adapters'))).toHaveLength(6);
    const more = await opened();
    const { result: whole, adapters: all } = await run({ ...config, seeds: [3, 4, 5] });
    expect(asJson(more.result)).toEqual(asJson(whole));
    const valuesOf = (
      runs: readonly { readonly seed: number; readonly values: Float32Array }[],
      arms: readonly string[],
    ) => new Map(runs.map(({ seed, values }, i) => [`${arms[i]} ${seed}`, values]));
    expect(
      valuesOf(
        more.adapters,
        more.adapters.map(({ armId }) => armId),
      ),
    ).toEqual(
      valuesOf(
        all,
        all.map(({ arm }) => arm),
      ),
    );
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining(['study.zip.lock', 'study.zip.checkpoint']));
  },
);

it('does not begin while another process computes the file, though that has left a checkpoint', async () => {
  const out = path.join(folder, 'held.zip');
  await lockOutput(out);
  await writeFile(`${out}.checkpoint`, '');
  for (const more of [[], ['--resume']])
    await expect(execute(process.execPath, [command, 'quick', '--out', out, ...more])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`is being computed by process ${process.pid} on `) as string,
    });
});
