import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { MAX_SEEDS } from '../../study/config/config.ts';
import { createAdaptersStore, type StoredAdapter } from '../adapters/adapters-store.ts';
import { leftByAdding } from './ended-study.ts';
import { extensibleStudy, knownStudy, changedImages, withMoreSeeds } from './more-seeds.ts';
import { imagesOf } from './images-diff.ts';

const result = { ...studyResultFixture({ seeds: 2 }), status: 'complete' as const };
const { config } = result;
const layout = createAdapterLayout(
  { vision: { layers: 2, width: 4, mlpWidth: 8 } },
  { rank: 1, towers: ['vision'], projections: ['q'] },
);
const adapters = config.arms.flatMap(({ id, name }) =>
  config.seeds.map((seed): StoredAdapter => ({
    id: `${id}/${seed}`,
    armId: id,
    armName: name,
    study: config,
    classes: result.task.classes,
    seed,
    layout,
    scale: 1,
    values: new Float32Array(layout.size),
    gates: { steps: 600, activeSteps: [600, 600] },
    base: { family: 'clip', shapes: {}, layerScales: null, rowNorms: null },
  })),
);
const held = { ...createAdaptersStore().getState(), adapters, study: config, date: result.provenance.date };

describe('more seeds', () => {
  it('are the next that are not there, as many as a study may have', () => {
    expect(withMoreSeeds({ ...config, seeds: [0, 7, 3] }, 2).seeds).toEqual([0, 7, 3, 8, 9]);
    const all = Array.from({ length: MAX_SEEDS - 1 }, (_, seed) => seed);
    expect(withMoreSeeds({ ...config, seeds: all }, 2).seeds).toHaveLength(MAX_SEEDS);
  });

  it('keep a complete study whose adapters are all at hand, and no other', () => {
    expect(knownStudy(result, held)?.adapters.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual([
      'lora 0',
      'lora 1',
      'copra 0',
      'copra 1',
    ]);
    expect(knownStudy(result, { ...held, adapters: adapters.slice(1) })).toBeNull();
    expect(knownStudy(result, { ...held, study: { ...config, shots: 3 } })).toBeNull();
    expect(knownStudy({ ...result, status: 'stopped' }, held)).toBeNull();
    // The saved result of these settings, or somebody else's of other images.
    const other = { ...result, provenance: { ...result.provenance, date: '2026-01-01T00:00:00.000Z' } };
    expect(knownStudy(other, held)).toBeNull();
    expect(knownStudy({ ...result, config: structuredClone(config) }, held)).not.toBeNull();
  });

  it('say why a study has to be trained again', () => {
    const none = { shown: null, now: null };
    expect(extensibleStudy(result, held, none)).toEqual(knownStudy(result, held));
    expect(extensibleStudy({ ...result, status: 'stopped' }, held, none)).toBe('stopped');
    expect(extensibleStudy(result, { ...held, adapters: [] }, none)).toBe('adapters');
    const geometry = { enabled: true, projection: 'mds', path: true } as const;
    const followed = { ...result, config: { ...config, analyses: { ...config.analyses, geometry } } };
    expect(extensibleStudy(followed, held, none)).toBe('followed');
  });

  it('do not take other images, or another split of the same, for those of a study of own images', () => {
    const own = { ...result, config: { ...config, task: 'dropped' as const } };
    const images = (pixels: readonly number[], split: readonly number[], imageSize = 1) =>
      imagesOf({
        name: 'own',
        imageSize,
        classes: ['a'],
        prompts: ['a'],
        labels: new Int32Array(3),
        pixels: Uint8Array.from(pixels.flatMap((value) => [value, value, value])),
        split: Uint8Array.from(split),
      });
    const shown = images([1, 2, 3], [0, 1, 2]);
    const again = { ...held, study: own.config };
    expect(extensibleStudy(own, again, { shown, now: images([1, 2, 3], [0, 1, 2]) })).toEqual(knownStudy(own, again));
    expect(extensibleStudy(own, again, { shown, now: images([1, 2, 3], [1, 0, 2]) })).toBe('images');
    expect(extensibleStudy(own, again, { shown, now: images([9, 2, 3], [0, 1, 2]) })).toBe('images');
    // At another size nothing tells whether they are the same, and they are none that the study had.
    const larger = images(
      Array.from({ length: 12 }, () => 9),
      [0, 1, 2],
      2,
    );
    expect(extensibleStudy(own, again, { shown, now: larger })).toBe('size');
    expect(changedImages(result, { shown, now: larger })).toBeNull();
  });

  it('that are not computed to their end leave nothing, in training and in the analyses', () => {
    const added = result.runs.filter(({ seed }) => seed === 0).map((run) => ({ ...run, seed: 2 }));
    const more = { ...result, config: { ...config, seeds: [0, 1, 2] }, runs: [...result.runs, ...added] };
    expect(leftByAdding(more)).toBe(more);
    expect(leftByAdding({ ...more, status: 'stopped' })).toBeNull();
    expect(leftByAdding({ ...more, runs: result.runs, status: 'stopped' })).toBeNull();
  });
});
