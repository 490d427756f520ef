import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { imageVariance } from '../../../core/crossed-interval.ts';
import { stream } from '../../../core/rng.ts';
import { mean } from '../../../core/statistics.ts';
import { packBits } from '../../../platform/bits.ts';
import type { StudyResult } from '../result.ts';
import { keptOfBackbone, keptDomainVariances, OTHER_DOMAINS_ACCURACY } from './domains.ts';

const result = withDomains(studyResultFixture({ seeds: 3 }));
const part = result.domains!;

/** The first run of the first arm, on domains of which two show the same pictures, with answers that are drawn anew. */
function drawn(seed: number, images: readonly [number, number]): StudyResult {
  const random = stream(seed, 'analysis');
  const difficulty = images.map((count) => Array.from({ length: count }, () => random.normal()));
  const answers = [0, 0, 0, 1].map((group) => difficulty[group].map((one) => Number(one + random.normal() < 0.3)));
  const run = {
    ...part.runs[0],
    accuracy: answers.map((one) => mean(one)),
    correct: answers.map((one) => packBits(one)),
    subsets: [],
  };
  const domains = [0, 0, 0, 1].map((pictures, i) => ({ name: `${i}`, images: images[pictures], pictures }));
  return { ...result, domains: { domains, frozen: { accuracy: run.accuracy }, runs: [run], paths: [] } };
}

describe('accuracy on other domains', () => {
  it('is none where nothing but the domain of the task was tested', () => {
    const alone = { ...part, domains: part.domains.slice(0, 1), frozen: { accuracy: [0.5] }, paths: [] };
    const runs = part.runs.map((run) => ({ ...run, accuracy: [0.6], correct: undefined, subsets: [] }));
    const only = { ...result, domains: { ...alone, runs } };
    expect(OTHER_DOMAINS_ACCURACY.values(only, 'lora')).toEqual([]);
    expect(OTHER_DOMAINS_ACCURACY.sample(only)).toBeNull();
    expect(keptOfBackbone(only.domains, 'lora', 'others')).toBeNull();
    expect(keptOfBackbone(only.domains, 'lora', 0)!.mean).toBeCloseTo(0.1, 12);
  });

  it('has influences of pictures that average to the mean over domains', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 60 }), (seed, a, b) => {
        const one = drawn(seed, [a, b]);
        const [value] = OTHER_DOMAINS_ACCURACY.values(one, 'lora');
        expect(value.value).toBeCloseTo(mean(one.domains!.runs[0].accuracy.slice(1)), 12);
        expect(value.byMotif).toHaveLength(a + b);
        expect(OTHER_DOMAINS_ACCURACY.sample(one)).toMatchObject({ images: a + b });
        expect(mean(value.byMotif!)).toBeCloseTo(value.value, 9);
        // At most an answer of the smaller domain, which is one of three that count alike.
        expect(value.sensitivity).toBeCloseTo(((a + b) / Math.min(a, b) / 3) ** 2 / 2, 9);
      }),
    );
  });

  it('has the variance over pictures that drawing them again shows', () => {
    const studies = Array.from({ length: 600 }, (_, seed) => drawn(seed + 1, [60, 20]));
    const values = studies.map((one) => OTHER_DOMAINS_ACCURACY.values(one, 'lora')[0]);
    const told = mean(values.map((value) => imageVariance([value])!));
    const centre = mean(values.map(({ value }) => value));
    const seen = mean(values.map(({ value }) => (value - centre) ** 2));
    // Counting every transform as a picture of its own would tell of a third less.
    expect(told / seen).toBeGreaterThan(0.85);
    expect(told / seen).toBeLessThan(1.15);
  });

  it('is not known of what was left out, nor with answers that contradict it', () => {
    const early = { ...result, domains: { ...part, runs: part.runs.map((run) => ({ ...run, accuracy: [0.5] })) } };
    expect(OTHER_DOMAINS_ACCURACY.values(early, 'lora')).toEqual([]);
    const lying = {
      ...result,
      domains: {
        ...part,
        runs: part.runs.map((run) => ({ ...run, accuracy: run.accuracy.map((value) => value / 2) })),
      },
    };
    expect(OTHER_DOMAINS_ACCURACY.values(lying, 'lora')[0].byMotif).toBeUndefined();
  });
});

describe('what is kept of the backbone', () => {
  it('is the difference to it, and to nothing where there is no run', () => {
    const runs = part.runs.filter(({ arm }) => arm === 'copra');
    expect(keptOfBackbone(part, 'copra', 2)!.mean).toBeCloseTo(
      mean(runs.map(({ accuracy }) => accuracy[2])) - part.frozen.accuracy[2],
      12,
    );
    expect(keptOfBackbone({ ...part, runs: [] }, 'copra', 'others')).toBeNull();
  });

  it('has variances that stay as they were where the answers are gone', () => {
    const variances = keptDomainVariances(part);
    expect(variances.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    const bare = { ...part, runs: part.runs.map((run) => ({ ...run, correct: undefined })) };
    expect(keptDomainVariances(bare)).toEqual([]);
    expect(keptDomainVariances({ ...bare, imageVariances: variances })).toEqual(variances);
  });
});
