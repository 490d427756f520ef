/** Which images the Python export trains and tests on, in CPython alone, against what the page takes of the same list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { stream } from '../../core/rng.ts';
import { heldOutPlaces, SPLIT, taskFromDropped, type DroppedDataset } from '../../data/dataset/dropped.ts';
import { naturalOrder } from '../../data/files/paths.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { pythonLiteral } from './literal.ts';
import { pythonScript } from './script.ts';

if (!hasPython) sayUnchecked('the images of the Python export');

const [{ config }] = PRESETS;

const anyDataset = fc.record({
  seed: fc.nat(0x7fffffff),
  classes: fc.integer({ min: 2, max: 7 }),
  images: fc.integer({ min: 1, max: 160 }),
  shots: fc.constantFrom(null, 1, 2, 5, 16, 40),
});

/** Every image is one pixel that says which it is. */
function datasetOf(labels: readonly number[], split: readonly number[], classes: number): DroppedDataset {
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`);
  return {
    name: 'own',
    imageSize: 1,
    classes: names,
    prompts: names,
    pixels: Uint8Array.from(labels.flatMap((_, i) => [i, 0, 0])),
    labels: Int32Array.from(labels),
    split: Uint8Array.from(split),
  };
}

const SIDES = [SPLIT.train, SPLIT.train, SPLIT.train, SPLIT.validation, SPLIT.test];

const cases = fc.sample(anyDataset, { numRuns: 100, seed: 3 }).map(({ seed, classes, images, shots }) => {
  const draw = stream(seed, 'analysis');
  const labels = Array.from({ length: images }, () => draw.integer(classes));
  const split = labels.map(() => SIDES[draw.integer(SIDES.length)]);
  return { shots, dataset: datasetOf(labels, split, classes) };
});

/** What Python says of every case, which it knows as `case`. */
const told = (
  classes: readonly string[],
  given: readonly unknown[],
  expression: string,
  settings: Partial<StudyConfig> = {},
): unknown =>
  pythonLaw(
    pythonScript({ ...config, ...settings }, { name: 'own', classes }),
    `print(json.dumps([${expression} for case in json.loads(${pythonLiteral(JSON.stringify(given))})]))`,
  );

describe.skipIf(!hasPython)('the Python script', () => {
  it.each([undefined, 3])(
    'trains on the few shots of every class that the page draws, in its order, draw %s',
    (draw) => {
      const drawn = draw === undefined ? {} : { draw };
      const names = Array.from({ length: 7 }, (_, i) => `class ${i}`);
      const given = cases.map(({ shots, dataset: { labels, split } }) => ({
        shots,
        labels: [...labels].filter((_, i) => split[i] === SPLIT.train),
      }));
      const ours = cases.map(({ shots, dataset }) => {
        const trained = [...dataset.labels.keys()].filter((i) => dataset.split[i] === SPLIT.train);
        const { count, pixels } = taskFromDropped(dataset, { shots, ...drawn }).train;
        return Array.from({ length: count }, (_, i) => trained.indexOf(pixels[3 * i]));
      });
      expect(ours.some((kept, i) => kept.length > 0 && kept.length < given[i].labels.length)).toBe(true);
      expect(told(names, given, 'page_order(case["labels"], "train", case["shots"])', drawn)).toEqual(ours);
    },
  );

  it('sorts files as the page does, with 2 before 10', () => {
    const character = fc.constantFrom(...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)));
    const run = fc.oneof(
      fc.constantFrom('img', 'IMG', 'Img', '_', '-', ' (', ').jpg', '.png', '/', '0', '00', '1', '2', '10', '010'),
      character,
    );
    const anyPath = fc.array(run, { minLength: 1, maxLength: 6 }).map((runs) => runs.join(''));
    const lists = fc.sample(fc.array(anyPath, { minLength: 20, maxLength: 40 }), { numRuns: 60, seed: 7 });
    const found = told(['a', 'b'], lists, 'sorted(case, key=natural_order)');
    expect(found).toEqual(lists.map((paths) => paths.toSorted(naturalOrder)));
  });

  it('asks for the shots of the study where it trains, and for all images where it tests', () => {
    const script = pythonScript({ ...config, shots: 5 }, null);
    const rule = /def planned\(\):[\s\S]*?(?=\n\n\ndef main)/.exec(script)?.[0] ?? '';
    const asked = pythonLaw(
      script,
      `${rule}
asked = []
class Images:
    def __init__(self, folder, shots=None):
        asked.append([folder.name, shots])
    def batch(self, *given):
        return types.SimpleNamespace(shape=(1, 3, 32, 32)), None
import types
Accelerator = DistributedDataParallelKwargs = lambda **given: types.SimpleNamespace(is_main_process=True, print=print)
folder_of = lambda *given: Path('nowhere')
train_run = is_done = lambda *given: None
train_all(Path('data'), Path('out'))
is_done = lambda *given: True
train_all(Path('none'), Path('out'))  # nothing is left to train, so nothing is asked for
print(json.dumps(asked))`,
    );
    expect(asked).toEqual([
      ['train', 5],
      ['test', null],
    ]);
  });

  it('tests and validates on images in the order of the page', () => {
    for (const side of ['validation', 'test'] as const) {
      const ours = cases.map(({ dataset }) => {
        const all = [...dataset.labels.keys()].filter((i) => dataset.split[i] === SPLIT[side]);
        return {
          labels: all.map((i) => dataset.labels[i]),
          order: heldOutPlaces(dataset, side).map((place) => all.indexOf(place)),
        };
      });
      const found = told(['a', 'b'], ours, `page_order(case["labels"], "${side}")`);
      expect(found).toEqual(ours.map(({ order }) => order));
    }
  });
});
