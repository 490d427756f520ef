/** The adapters that come with the page answer as the runs of the saved result did, although they are stored in half of the bits. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBundledBackbone, readAtlasFile } from '../../scripts/headless.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { loadTestImages } from '../../src/data/bundled/bundled.ts';
import { bundledTask } from '../../src/data/bundled/tasks.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { unpackStudy, type StudyFileAdapter } from '../../src/share/study-file/study-file.ts';
import { hasSavedAdapters, savedAdaptersFile } from '../../src/state/page/saved-adapters.ts';
import { DEFAULT_SAVED } from '../../src/state/page/saved-results.ts';
import { keptPlaces, readAnswers, trueClasses } from '../../src/study/predictions/answers.ts';
import { Predictor } from '../../src/study/predictions/predictor.ts';
import type { PictureInput, PictureVariant } from '../../src/study/predictions/question.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const NEVER = new AbortController().signal;
const saved = readSaved(DEFAULT_SAVED);
const { config, task } = saved;
const idOf = (arm: string, seed: number): string => `${arm}/${seed}`;

let adapters: readonly StudyFileAdapter[];
let predictor: Predictor;
let pictures: PictureInput[];

beforeAll(async () => {
  const bytes = await readFile(`public/${savedAdaptersFile(DEFAULT_SAVED)}`);
  const file = await unpackStudy(new Blob([new Uint8Array(bytes)]));
  expect(file.problems).toEqual([]);
  expect(file.result.provenance.date).toBe(saved.provenance.date);
  ({ adapters } = file);
  const model = await loadBundledBackbone(config.backbone);
  const held = adapters.map((adapter) => ({ ...adapter, id: idOf(adapter.armId, adapter.seed) }));
  predictor = new Predictor(engine, model, { config, classes: task.classes, adapters: held, head: null });
  const { count, pixels } = await loadTestImages(bundledTask(config.task), config.analyses.testImages, readAtlasFile);
  const stride = pixels.length / count;
  pictures = Array.from({ length: count }, (_, i) => ({
    kind: 'square',
    pixels: pixels.slice(i * stride, (i + 1) * stride),
    size: Math.sqrt(stride / 3),
  }));
});

const run = (arm: string, seed: number): PictureVariant => ({
  parts: [{ adapter: idOf(arm, seed), weight: 1 }],
  method: 'factors',
  off: [],
});

describe('the adapters beside the saved result', () => {
  it('are of two runs of every arm', () => {
    expect(hasSavedAdapters(saved)).toBe(true);
    expect(adapters.map(({ armId, seed }) => idOf(armId, seed))).toEqual(
      config.arms.flatMap(({ id }) => config.seeds.slice(0, 2).map((seed) => idOf(id, seed))),
    );
  });

  it('reach the accuracy of their runs, to the image', async () => {
    const labels = trueClasses(saved)!;
    const variants = adapters.map(({ armId, seed }) => run(armId, seed));
    const { probabilities } = await predictor.answer({ pictures, variants, words: [] }, NEVER);
    adapters.forEach(({ armId, seed }, variant) => {
      const shares = probabilities[variant]!;
      const classes = task.classes.length;
      const right = pictures.filter((_, i) => {
        const row = shares.subarray(i * classes, (i + 1) * classes);
        return row.indexOf(Math.max(...row)) === labels[i];
      }).length;
      const { test } = runOf(saved.runs, armId, seed)!;
      expect(right / pictures.length).toBe(test!.accuracy);
    });
  });

  it('predict what the saved result keeps of its pictures: backbone, runs and midpoints', async () => {
    const known = new Set(adapters.map(({ armId, seed }) => idOf(armId, seed)));
    const kept = saved.predictions!.filter(
      ({ of, arm, seeds, name }) =>
        (of === 'backbone' || of === 'run' || (of === 'midpoint' && name === 'factor')) &&
        seeds.every((seed) => known.has(idOf(arm ?? '', seed))),
    );
    expect(kept).toHaveLength(7);
    const variants = kept.map(({ arm, seeds }): PictureVariant => ({
      parts: seeds.map((seed) => ({ adapter: idOf(arm ?? '', seed), weight: 1 / seeds.length })),
      method: 'factors',
      off: [],
    }));
    const places = keptPlaces(saved);
    const labels = trueClasses(saved)!;
    const { probabilities } = await predictor.answer(
      { pictures: places.map((place) => pictures[place]), variants, words: [] },
      NEVER,
    );
    kept.forEach(({ answers }, variant) => {
      const { predicted, certainty } = readAnswers(answers);
      places.forEach((place, i) => {
        const row = probabilities[variant]!.subarray(i * task.classes.length, (i + 1) * task.classes.length);
        expect(row.indexOf(Math.max(...row))).toBe(predicted[i]);
        expect(Math.abs(255 * row[labels[place]] - certainty[i])).toBeLessThan(2);
      });
    });
  });
});
