import { describe, expect, it } from 'vitest';
import { withPathAnswers } from '../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { MEASURES } from '../../study/result/measures/measures.ts';
import { savedResult } from '../../study/result/saved-result.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { taskFromDropped } from '../../data/dataset/dropped.ts';
import { ALL_SHOTS } from '../../data/shots.ts';
import { BENCH_IMAGES } from '../../study/run/bench-images.ts';
import { testSetOf } from '../pictures/own-test-set.ts';
import { handTurned, ownBenchTask, testedPictures } from './hand-pictures.ts';
import { playerKey, towersOf } from './prune-by-hand.ts';

const result = withPathAnswers(withPredictions(studyResultFixture({ seeds: 3 }), 200));
const players = Array.from({ length: 12 }, (_, layer) => ({ tower: 'vision' as const, layer }));
const towers = towersOf([{ players }]);
const off = (gone: (layer: number) => boolean) => new Set(players.filter(({ layer }) => gone(layer)).map(playerKey));
const right = (bits: Uint8Array): number => bits.reduce((sum, bit) => sum + bit, 0);

describe('pictures of layers that are switched off', () => {
  it.each([
    { name: 'even', gone: (layer: number) => layer % 2 === 1 },
    { name: 'odd', gone: (layer: number) => layer % 2 === 0 },
    { name: 'low', gone: (layer: number) => layer >= 4 },
    { name: 'none', gone: () => true },
    { name: 'all', gone: () => false },
  ])('are those of the mask that pruning tested: $name', ({ name, gone }) => {
    const { runs, places } = testedPictures(result, towers, off(gone))!;
    expect(places).toHaveLength(200);
    expect(runs.map(({ arm }) => arm)).toEqual(result.pruning.map(({ arm }) => arm));
    runs.forEach(({ gated, full }, i) => {
      const { structured } = result.pruning[i];
      const of = (label: string) => structured.find((mask) => mask.label === label)!.accuracy;
      expect(right(gated)).toBeCloseTo(200 * of(name), 8);
      expect(right(full)).toBeCloseTo(200 * of('all'), 8);
    });
  });

  it('are unknown for any other set', () => {
    expect(testedPictures(result, towers, new Set(['vision 3', 'vision 4']))).toBeNull();
    expect(testedPictures(result, [], new Set())).toBeNull();
    expect(
      testedPictures(
        studyResultFixture(),
        towers,
        off(() => true),
      ),
    ).toBeNull();
  });

  it('are in a saved result, of its chosen images', () => {
    const saved = savedResult(result, MEASURES);
    const { places, runs } = testedPictures(
      saved,
      towers,
      off((layer) => layer % 2 === 1),
    )!;
    const whole = testedPictures(
      result,
      towers,
      off((layer) => layer % 2 === 1),
    )!;
    expect(places).toHaveLength(48);
    runs.forEach(({ gated }, i) => expect([...gated]).toEqual(places.map((place) => whole.runs[i].gated[place])));
  });
});

it('what turns is counted over seeds', () => {
  const bits = (text: string) => Uint8Array.from(text, Number);
  const runs = [
    { arm: 'lora', full: bits('1100'), gated: bits('0110') },
    { arm: 'lora', full: bits('1100'), gated: bits('0100') },
    { arm: 'copra', full: bits('1111'), gated: bits('1111') },
  ];
  expect(handTurned({ places: [0, 1, 2, 3], runs }, 'lora')).toEqual({
    runs: 2,
    lost: [{ picture: 0, of: 2, turned: 2 }],
    won: [{ picture: 2, of: 2, turned: 1 }],
  });
  expect(handTurned({ places: [0, 1, 2, 3], runs }, 'copra')).toEqual({ runs: 1, lost: [], won: [] });
});

describe('own images that the worker is asked about', () => {
  const images = 400; // more than are asked about
  const dataset: DroppedDataset = {
    name: 'pets',
    imageSize: 2,
    classes: ['cat', 'dog'],
    prompts: ['a picture of cat', 'a picture of dog'],
    pixels: Uint8Array.from({ length: images * 12 }, (_, i) => i % 251),
    labels: Int32Array.from({ length: images }, (_, i) => i % 2),
    split: new Uint8Array(images).fill(2),
  };
  const kept = testSetOf(dataset, null);
  const { task } = studyResultFixture();
  const own = { task: { ...task, classes: [...dataset.classes], test: images, testDigest: kept.digest } };
  const { test } = taskFromDropped(dataset, ALL_SHOTS);

  it.each([
    { name: 'kept with the study', here: null, sets: [kept] },
    { name: 'on the page', here: dataset, sets: [] },
  ])('are the first of those it was tested on, $name', ({ here, sets }) => {
    expect(ownBenchTask(own, here, sets)).toEqual({
      digest: kept.digest,
      task: {
        classes: dataset.classes,
        prompts: dataset.prompts,
        test: {
          count: BENCH_IMAGES,
          pixels: test.pixels.slice(0, BENCH_IMAGES * 12),
          labels: test.labels.slice(0, BENCH_IMAGES),
        },
      },
    });
  });

  it('take no more along than are asked about', () => {
    expect(ownBenchTask(own, null, [kept])!.task.test.pixels.buffer.byteLength).toBe(BENCH_IMAGES * 12);
  });

  it('are none where other images are on the page', () => {
    expect(ownBenchTask(own, null, [])).toBeNull();
    expect(ownBenchTask(own, { ...dataset, pixels: new Uint8Array(images * 12) }, [])).toBeNull();
  });
});
