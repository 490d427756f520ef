/** A headless study that was interrupted continues from its file. */
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine, runHeadless, withProgress } from '../../scripts/headless.ts';
import { readCheckpoint, writeCheckpoint } from '../../scripts/headless-checkpoint.ts';
import { withSettings } from '../../src/share/config/config-set.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { quick } from '../../src/study/presets/quick.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import { inputsOf, trainingOnly } from '../support/tiny-study.ts';

const ANALYSES = ['landscape=off', 'shapley=off', 'pruning=off'];
const config = withSettings(quick.config, ['steps=2', 'shots=2', 'seeds=3,4', 'test-images=20', ...ANALYSES]);
const joined = withSettings(config, ['landscape=on', 'landscape-points=3']);

async function run(study: StudyConfig, checkpoint?: string): Promise<StudyResult> {
  const engine = await openEngine('auto', 1);
  try {
    return await runHeadless(study, engine, { checkpoint });
  } finally {
    engine.dispose();
  }
}

it.each(['SIGINT', 'SIGTERM'] as const)('a headless study that %s stops ends with what is done', async (signal) => {
  const engine = await openEngine('auto', 1);
  const inputs = inputsOf(engine, trainingOnly());
  const study = withProgress(runStudy(inputs), inputs.control, (event) => {
    if (event.type === 'progress' && event.phase === 'train') process.emit(signal);
  });
  expect((await study).status).toBe('stopped');
  engine.dispose();
});

describe('the checkpoint of a headless study', () => {
  let folder = '';
  /** Of `config`, trained to its end. */
  let trained = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'copra-checkpoint-'));
    trained = path.join(folder, 'trained');
    await run(config, trained);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is continued bit for bit, also with other analyses', async () => {
    expect((await readCheckpoint(trained, config))?.head.step).toBe(2);
    const continued = await run(joined, trained);
    const whole = await run(joined);
    expect({ ...continued, provenance: null }).toEqual({ ...whole, provenance: null });
    expect(continued.landscape.length).toBeGreaterThan(0);
  });

  it('forgets finished analyses once the study ends, so that another run does them again', async () => {
    const file = path.join(folder, 'analysed');
    const checkpoint = (await readCheckpoint(trained, joined))!;
    const nothing = { partial: false, found: {}, predictions: [], notices: [], coalitions: [] };
    await writeCheckpoint(file, {
      ...checkpoint,
      finished: [{ id: 'landscape', key: 'of another study', ...nothing }],
    });
    expect((await readCheckpoint(file, joined))?.finished).toHaveLength(1);
    const { landscape } = await run(joined, file);
    expect(landscape.length).toBeGreaterThan(0);
    expect((await readCheckpoint(file, joined))?.finished).toBe(undefined);
  });

  it('of another training is refused by the setting that differs', async () => {
    const other = withSettings(config, ['steps=7']);
    await expect(run(other, trained)).rejects.toThrow(/checkpoint of another study: .*steps is 2 there and 7 here/i);
    expect(await readCheckpoint(trained, config)).not.toBeNull();
  });

  it('of arms in another order is refused: it would give every arm the adapters of another one', async () => {
    const reversed = { ...config, arms: config.arms.toReversed() };
    await expect(readCheckpoint(trained, reversed)).rejects.toThrow(
      /order of the arms is LoRA, CopRA there and CopRA, LoRA here/,
    );
  });

  it('of another backbone in the same folder is refused, and the result says which it was, not where', async () => {
    const backbone = path.join(folder, 'clip');
    await cp('public/backbones/emoji-clip', backbone, { recursive: true });
    const file = path.join(folder, 'of-a-folder');
    const { backbone: first } = (await run({ ...config, backbone }, file)).config;
    expect(first).toMatch(/^local\/clip@[0-9a-f]{64}$/);
    expect((await run({ ...config, backbone }, file)).config.backbone).toBe(first);
    await cp('public/backbones/emoji-clip-2', backbone, { recursive: true });
    await expect(run({ ...config, backbone }, file)).rejects.toThrow(/checkpoint of another study: backbone/i);
    await expect(run({ ...config, backbone: first })).rejects.toThrow(/the folder "clip".*--backbone/);
  });

  it('is read whole or not at all', async () => {
    const file = path.join(folder, 'copy');
    expect(await readCheckpoint(file, config)).toBeNull();
    await copyFile(trained, file);
    const checkpoint = await readCheckpoint(file, config);
    await writeCheckpoint(file, checkpoint!);
    expect(await readCheckpoint(file, config)).toEqual(checkpoint);
    await writeFile(file, 'half of it');
    await expect(readCheckpoint(file, config)).rejects.toThrow(/damaged/);
  });
});
