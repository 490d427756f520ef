/** Which images show one motif goes from the images to the result, and to the intervals that follow from it. */
import { describe, expect, it } from 'vitest';
import { decodeDropped, encodeDropped } from '../../src/data/dataset/dropped-file.ts';
import { taskFromDropped } from '../../src/data/dataset/dropped.ts';
import { buildDataset } from '../../src/data/dataset/dataset.ts';
import { planFolders } from '../../src/data/dataset/test-plans.ts';
import type { PreparedImages } from '../../src/data/dataset/prepare.ts';
import type { Engine } from '../../src/engine/engine.ts';

import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { withoutAnswers } from '../../src/study/result/measures/image-variances.ts';
import { record, inputsOf, tinyConfig, tinyTask, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { ALL_SHOTS } from '../../src/data/shots.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const SIDE = 8;
const STRIDE = SIDE * SIDE * 3;

/** 60 images of three classes, of which every two look alike, as the data worker prepares them. */
async function ownImages() {
  const plan = planFolders(
    ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 20 }, (_, i) => ({ path: `${name}/${i}.png`, size: 10 }))),
  );
  const prepare = (records: readonly number[]): Promise<PreparedImages> =>
    Promise.resolve({
      pixels: Uint8Array.from({ length: records.length * STRIDE }, (_, i) => (i * 31 + Math.floor(i / STRIDE)) % 256),
      records: Int32Array.from(records),
      groups: Int32Array.from(records, (_, i) => 2 * Math.floor(i / 2)),
      problems: [],
    });
  const { dataset } = await buildDataset(
    { prepare },
    { ...plan, name: 'own' },
    {
      imageSize: SIDE,
      seed: 0,
      promptOf: (name: string) => name,
      shares: { test: 0.4, validation: 0.2 },
    },
  );
  return dataset!;
}

describe('motifs', () => {
  it('of own images are groups of look-alikes: they reach the result, also from a checkpoint', async () => {
    const dataset = decodeDropped(await encodeDropped(await ownImages()).arrayBuffer());
    const task = taskFromDropped(dataset, ALL_SHOTS);
    const { result } = await record(inputsOf(engine, trainingOnly({ task: 'dropped' }), { task }));
    const motifs = result.task.motifs as number[];
    expect(motifs).toHaveLength(task.test.count);
    // Look-alikes are on one side together, so that each motif of the test has both of its images.
    expect(new Set(motifs).size).toBe(task.test.count / 2);
    const numbers = [...task.test.motifs!];
    motifs.forEach((motif, i) => motifs.forEach((other, j) => expect(motif === other).toBe(numbers[i] === numbers[j])));
  });

  it('of a task make intervals of a whole study and of what is kept of it', async () => {
    const task = tinyTask();
    const motifs = Int32Array.from({ length: task.test.count }, (_, i) => 100 + Math.floor(i / 5));
    const settings = {
      enabled: true,
      domains: ['sketch' as const],
      images: 20,
      orders: 1,
      paths: ['factor' as const],
      points: 3,
    };
    const config = tinyConfig({ seeds: [1, 2, 3] });
    const { result } = await record(
      inputsOf(
        engine,
        { ...config, task: 'dropped', analyses: { ...config.analyses, domains: settings } },
        { task: { ...task, id: 'dropped', test: { ...task.test, motifs } } },
      ),
    );
    expect(result.task.motifs).toEqual([...motifs].map((motif) => motif - 100));
    expect(TEST_ACCURACY.values(result, 'lora')[0].byMotif).toHaveLength(8);
    expect(result.domains!.domains.map((domain) => domain.motifs)).toEqual([
      [...motifs].map((motif) => motif - 100),
      [...motifs.slice(0, 20)].map((motif) => motif - 100),
    ]);
    // Of the first test images, five of which share one.
    for (const one of result.shapley) expect(one.motifs).toBe(Math.ceil(one.images / 5));
    expect(result.shapley.length).toBeGreaterThan(0);
    const kept = withoutAnswers(result, MEASURES);
    expect(kept.task.motifs).toBe(8);
    expect(kept.domains!.motifCounts).toEqual({ domains: [8, 4], others: 4, all: 8 });
    for (const measure of MEASURES) {
      const [before, after] = [result, kept].map((one) => armDifference(one, measure, 'lora', 'copra'));
      if (before?.scope) expect(after!.high).toBeCloseTo(before.high, 9);
    }
  });
});
