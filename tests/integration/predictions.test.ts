/** Predictions of single images belong to the accuracies of a study, to the image. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { pathKinds, pathPictures } from '../../src/study/analyses/landscape/path-pictures.ts';
import { shapleyOfImages } from '../../src/study/analyses/shapley/per-image.ts';
import { rightWithout } from '../../src/study/analyses/shapley/without-one.ts';
import { keptPlaces, readAnswers, trueClasses } from '../../src/study/predictions/answers.ts';
import { confusionsOf } from '../../src/study/predictions/confusions.ts';
import type { Prediction } from '../../src/study/predictions/result.ts';
import { ForeignResultSchema } from '../../src/study/result/check-result.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import { withoutAnswers } from '../../src/study/result/measures/image-variances.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { coalitionsOf, inputsOf, record, tinyConfig, tinyVitModel } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import * as v from 'valibot';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const config = tinyConfig({
  analyses: { ...tinyConfig().analyses, merging: { enabled: true, scales: [0.5, 1], density: 0.5 } },
});

/** Share of right answers, and the mean loss as far as a byte holds it. */
function scored(result: StudyResult, of: Prediction['of'], arm: string | null, seeds: readonly number[], name = '') {
  const wanted = JSON.stringify([of, arm, seeds, name]);
  const entry = result.predictions?.find((one) => JSON.stringify([one.of, one.arm, one.seeds, one.name]) === wanted);
  const labels = trueClasses(result);
  if (!entry || !labels) throw new Error(`No predictions of ${wanted}.`);
  const { predicted, certainty } = readAnswers(entry.answers);
  expect(predicted).toHaveLength(result.task.test);
  // A class with more than half of the probability is the one that is predicted.
  const certain = [...certainty.keys()].filter((i) => certainty[i] > 128);
  expect(certain).not.toEqual([]);
  for (const i of certain) expect(predicted[i]).toBe(labels[i]);
  return predicted.reduce((right, guess, i) => right + Number(guess === labels[i]), 0) / labels.length;
}

function expectAccuracies(result: StudyResult): void {
  expect(scored(result, 'backbone', null, [])).toBe(result.task.zeroShot!.accuracy);
  for (const { arm, seed, test } of result.runs) expect(scored(result, 'run', arm, [seed])).toBe(test!.accuracy);
  const paths = result.landscape.filter(({ path }) => path === 'factor');
  expect(paths).toHaveLength(2);
  for (const { arm, seeds, lambdas, accuracy } of paths)
    expect(scored(result, 'midpoint', arm, seeds, 'factor')).toBe(accuracy[lambdas.indexOf(0.5)]);
  for (const { arm, seed, structured } of result.pruning)
    for (const { label, accuracy } of structured.filter((mask) => ['even', 'odd'].includes(mask.label)))
      expect(scored(result, 'layers', arm, [seed], label)).toBe(accuracy);
  for (const { arm, merges } of result.merging!)
    for (const { method, alignment, accuracy } of merges)
      expect(scored(result, 'merge', arm, [], alignment === 'none' ? method : `${method} ${alignment}`)).toBe(accuracy);
}

/** The mean of the values of single images is the value of the figure. */
function expectShapleySums(result: StudyResult): void {
  expect(result.shapley.length).toBeGreaterThan(0);
  for (const run of result.shapley) {
    const [mean] = shapleyOfImages([run], keptPlaces(result), () => true);
    expect(mean.images).toBe(run.images);
    run.accuracy.forEach((value, i) => expect(mean.accuracy[i]).toBeCloseTo(value, 6));
    run.loss.forEach((value, i) => expect(mean.loss[i]).toBeCloseTo(value, 6));
  }
}

describe('kept predictions', () => {
  /** On WASM. */
  let studied: Awaited<ReturnType<typeof record>>;
  beforeAll(async () => {
    studied = await record(inputsOf(engine, config));
  });

  it('give the accuracies of the result, to the image', () => {
    const { result } = studied;
    expect(v.safeParse(ForeignResultSchema, result).success).toBe(true);
    expectAccuracies(result);
  });

  it('are right along every path and without every layer as often as the result says', () => {
    const { result, events } = studied;
    const tested = result.task.test;
    for (const { path, alignment } of pathKinds(result.landscape))
      for (const { id } of result.config.arms) {
        const pictures = pathPictures(result, { path, alignment }, id)!;
        const entries = result.landscape.filter((entry) => entry.arm === id && entry.path === path);
        pictures.pairs.forEach(({ right }, pair) =>
          right.forEach((point, i) =>
            expect(point.reduce((sum, one) => sum + one, 0) / tested).toBeCloseTo(entries[pair].accuracy[i], 6),
          ),
        );
      }
    const tables = coalitionsOf({ events });
    expect(tables.length).toBeGreaterThan(0);
    for (const { arm, seed, players, accuracy } of tables) {
      const run = runOf(result.shapley, arm, seed)!;
      players.forEach((_, player) => {
        const { without, full } = rightWithout(run, player)!;
        const share = (bits: Uint8Array): number => bits.reduce((sum, bit) => sum + bit, 0) / run.images;
        expect(share(without)).toBeCloseTo(accuracy[(2 ** players.length - 1) & ~(1 << player)], 6);
        expect(share(full)).toBeCloseTo(accuracy[2 ** players.length - 1], 6);
      });
    }
  });

  it('have Shapley values of single images that add up to those of the figure', () => {
    expectShapleySums(studied.result);
  });

  it.each(['webgpu', 'tfjs-wasm'] as const)('do so on %s', { timeout: 300_000 }, async (backend) => {
    const other = await openNodeEngine(backend);
    try {
      const { result } = await record(inputsOf(other, config));
      expectAccuracies(result);
      expectShapleySums(result);
    } finally {
      other.dispose();
    }
  });

  it('become counts of every class taken for every other', () => {
    const { result } = studied;
    const bare = withoutAnswers(result, MEASURES);
    expect(bare.predictions).toBeUndefined();
    expect(bare.task.labels).toBeUndefined();
    expect(confusionsOf(bare)).toEqual(confusionsOf(result));
    const classes = result.task.classes.length;
    for (const { arm, seeds, counts } of confusionsOf(bare)) {
      const runs = arm === null ? 1 : seeds.length;
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(runs * result.task.test);
      const right = counts.filter((_, i) => i % (classes + 1) === 0).reduce((sum, count) => sum + count, 0);
      const accuracies = result.runs.filter((run) => run.arm === arm).map(({ test }) => test!.accuracy);
      const expected = arm === null ? [result.task.zeroShot!.accuracy] : accuracies;
      const sum = expected.reduce((total, accuracy) => total + accuracy, 0);
      expect(right).toBe(Math.round(sum * result.task.test));
    }
  });

  it('are there for a backbone with a head', async () => {
    const { result } = await record(inputsOf(engine, config, { model: tinyVitModel() }));
    expect(scored(result, 'backbone', null, [])).toBe(result.task.headOnly!.accuracy);
    for (const { arm, seed, test } of result.runs) expect(scored(result, 'run', arm, [seed])).toBe(test!.accuracy);
  });
});
