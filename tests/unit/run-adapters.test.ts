/** Folders of the adapters that a study writes: one per run, whatever its arms are called. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { prepareRunAdapters, writeRunAdapters } from '../../scripts/adapters/folders.ts';
import { writeCurves } from '../../scripts/curves/write-curves.ts';
import { randomAdapter, smallLayout } from '../../src/copra/test-layouts.ts';
import { defaultArm } from '../../src/study/config/default-arm.ts';
import { smallClipBase } from '../fixtures/adapter-base.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'run-adapters-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = 'An arm whose name says everything that was ever changed about it';
const NAMES = ['LoRA', 'LoRA+', 'Мой метод', '私の方法', LONG];
const SEEDS = [1, 12];

it('are as many as there are runs, each with its own adapter', async () => {
  const result = studyResultFixture();
  const arms = NAMES.map((name, i) => defaultArm('lora', `arm ${i}`, name));
  const layout = smallLayout();
  const runs = arms.flatMap(({ id }, i) =>
    SEEDS.map((seed) => ({
      arm: id,
      seed,
      layout,
      scale: 1,
      values: Float32Array.from(randomAdapter(layout, 100 * i + seed)),
      gates: { steps: 3, activeSteps: layout.players.map(() => 3) },
      base: smallClipBase,
    })),
  );
  await writeRunAdapters(folder, runs, { ...result, config: { ...result.config, arms, seeds: SEEDS } }, []);
  const titles = readdirSync(folder).map((name) => {
    const [title] = readFileSync(path.join(folder, name, 'README.md'), 'utf8').match(/^# .*$/m) ?? [];
    return title?.slice(2);
  });
  expect(titles.sort()).toEqual(NAMES.flatMap((name) => SEEDS.map((seed) => `${name} · seed ${seed}`)).sort());
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining(['lora-seed-1', 'lora-seed-1-2', expect.stringMatching(/^an-arm.*-seed-12$/)]),
  );
});

it('say the test accuracy that their run has in the result', async () => {
  const result = studyResultFixture();
  const [first] = result.runs;
  const layout = smallLayout();
  const run = {
    arm: first.arm,
    seed: first.seed,
    layout,
    scale: 1,
    base: smallClipBase,
    values: Float32Array.from(randomAdapter(layout, 1)),
    gates: { steps: 3, activeSteps: layout.players.map(() => 3) },
  };
  const root = path.join(folder, 'accuracy');
  await writeRunAdapters(root, [run], result, []);
  const copra: unknown = JSON.parse(readFileSync(path.join(root, 'lora-seed-0', 'copra.json'), 'utf8'));
  expect(copra).toMatchObject({ test_accuracy: first.test!.accuracy, classes: result.task.classes });
});

describe('a folder that was used before', () => {
  const result = studyResultFixture();
  const { config } = result;
  const layout = smallLayout();
  const runs = result.runs.map(({ arm, seed }) => ({
    arm,
    seed,
    layout,
    scale: 1,
    base: smallClipBase,
    values: Float32Array.from(randomAdapter(layout, seed)),
    gates: { steps: 3, activeSteps: layout.players.map(() => 3) },
  }));

  it('takes the same study again, and none that would leave adapters of other runs there', async () => {
    const root = path.join(folder, 'used');
    await prepareRunAdapters(root, config);
    await writeRunAdapters(root, runs, result, []);
    await prepareRunAdapters(root, config);
    await prepareRunAdapters(root, { ...config, training: { ...config.training, steps: 7 } });
    mkdirSync(path.join(root, 'notes'));
    const [arm] = config.arms;
    for (const other of [
      { ...config, seeds: [77] },
      { ...config, arms: [arm] },
    ])
      await expect(prepareRunAdapters(root, other)).rejects.toThrow(
        /holds adapters of other runs .*: (lora|copra)-seed-/,
      );
  });

  it('is told where a run leaves no adapter, so that the one of an earlier study stays', async () => {
    const root = path.join(folder, 'left');
    await prepareRunAdapters(root, config);
    await writeRunAdapters(root, runs, result, []);
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    await writeRunAdapters(root, runs, result, []);
    expect(said).not.toHaveBeenCalled();
    await writeRunAdapters(root, runs.slice(1), result, []);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/lora-seed-0 in .* from an earlier study/));
    said.mockRestore();
  });
});

it('curves of arms with alike names lie in folders of their own', async () => {
  const { runs, ...result } = studyResultFixture();
  const [run] = runs;
  const curves = path.join(folder, 'curves');
  await writeCurves(curves, { ...result, runs: ['a+', 'a#', 'a_'].map((arm) => ({ ...run, arm })) });
  expect(readdirSync(curves)).toHaveLength(4); // and the table
});
