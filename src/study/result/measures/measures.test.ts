import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { packBits } from '../../../platform/bits.ts';
import { mean } from '../../../core/statistics.ts';
import { stream } from '../../../core/rng.ts';
import { topThirdInfluence, topThirdShare } from '../../../copra/shapley/concentration.ts';
import { clearRetainedGain } from '../../../copra/retained-gain.ts';
import { landscapeMeasures } from '../../../copra/landscape.ts';
import { areaUnderCurve } from '../../../copra/pruning/unstructured.ts';
import type { StudyResult } from '../result.ts';
import { comparedPairs } from './compared-pairs.ts';
import { withoutAnswers } from './image-variances.ts';
import { TOP_THIRD_SHARE } from './credit.ts';
import { packInfluence } from './influence.ts';
import { armDifference, keptVariance, storedVariance } from './arm-difference.ts';
import { seedValue, type Measure } from './measure.ts';
import { testSample } from './sample.ts';
import { MEASURES } from './measures.ts';
import { SAVED_MEASURES } from './saved-measures.ts';
import { SHOWN_MEASURES } from './shown.ts';

const IMAGES = 200;

/** Answers of every variant on some of the images: the same draws for every subset, so that leaving one out changes nothing else. */
function answered(kept: readonly number[]): StudyResult {
  const result = studyResultFixture({ seeds: 3 });
  const random = stream(5, 'analysis');
  const difficulty = Array.from({ length: IMAGES }, () => random.normal());
  const answers = (level: number) => {
    const all = difficulty.map((one) => Number(one + 0.5 * random.normal() < level));
    const own = kept.map((i) => all[i]);
    return { accuracy: mean(own), correct: packBits(own) };
  };
  const { task } = result;
  const images = kept.length;
  const zeroShot = { ...answers(-0.6), loss: 1 };
  const { lambdas } = result.landscape[0];
  const landscape = [undefined, 'orthogonal' as const, 'invertible' as const].flatMap((alignment) =>
    result.landscape.flatMap((path) =>
      alignment === undefined ? [path] : path.path === 'factor' ? [{ ...path, alignment }] : [],
    ),
  );
  return {
    ...result,
    task: { ...task, test: images, zeroShot },
    runs: result.runs.map((run) => ({ ...run, test: { ...answers(0.6), loss: 1 } })),
    landscape: landscape.map((path) => {
      // Deepest nearer to one end, and by so much that no single image changes where.
      const points = path.lambdas.map((lambda) => answers(0.6 - (lambda === 0.3 ? 1.5 : Math.sin(Math.PI * lambda))));
      const accuracy = points.map((point) => point.accuracy);
      const loss = points.map(() => 1);
      const correct = points.map((point) => point.correct);
      return {
        ...path,
        accuracy,
        loss,
        correct,
        ...landscapeMeasures(lambdas, accuracy, loss, zeroShot.accuracy, images),
      };
    }),
    pruning: result.pruning.map((entry) => {
      const masks = [...entry.structured, { ...entry.structured[0], label: 'o' }].map((mask) => ({
        ...mask,
        ...answers(mask.label === 'all' ? 0.6 : 0.2),
      }));
      const all = masks.find(({ label }) => label === 'all')!.accuracy;
      return {
        ...entry,
        structured: masks.map((mask) => ({
          ...mask,
          retainedGain: clearRetainedGain(mask.accuracy, zeroShot.accuracy, all, images),
        })),
        unstructured: [...entry.unstructured, { ...entry.unstructured[0], scope: 'tensors' as const }].map((curve) => {
          const points = curve.sparsities.map((sparsity) => answers(0.6 - sparsity));
          const accuracy = points.map((point) => point.accuracy);
          return {
            ...curve,
            accuracy,
            correct: points.map((p) => p.correct),
            area: areaUnderCurve(curve.sparsities, accuracy),
          };
        }),
      };
    }),
  };
}

const everyImage = Array.from({ length: IMAGES }, (_, i) => i);
const whole = answered(everyImage);

/** Measures of parts that this result does not have: they have tests of their own. */
const ABSENT = [
  ...[
    'other domains',
    'other domains equal task',
    'other domains half',
    'other domains midpoint factor',
    'other domains midpoint product',
  ],
  ...[
    'mean interaction',
    'single',
    'merged factors',
    'merged updates',
    'federated accuracy',
    'federated error by squared movement',
  ],
];

it('intervals are kept of every measure once', () => {
  const ids = SAVED_MEASURES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

describe('what single images contribute to a figure', () => {
  const unknown = new Set([...ABSENT, TOP_THIRD_SHARE.id]);
  const known = MEASURES.filter(({ id }) => !unknown.has(id));
  const without = [0, 17, 101].map((left) => ({ left, less: answered(everyImage.filter((i) => i !== left)) }));
  /** A ratio of accuracies has an error of second order; everything else here is a sum of answers. */
  const toleranceOf = ({ id }: Measure): number => (/^(midpoint )?gain/.test(id) ? 6 / IMAGES ** 2 : 1e-12);

  it.each(known)('$id: averages to the figure', (measure) => {
    const values = measure.values(whole, 'lora');
    expect(values).toHaveLength(3);
    for (const { value, byMotif } of values) expect(mean(byMotif!)).toBeCloseTo(value, 9);
  });

  it.each(known)('$id: is what leaving the image out changes, to first order', (measure) => {
    for (const { left, less } of without) {
      const values = measure.values(less, 'lora');
      measure.values(whole, 'lora').forEach(({ value, byMotif }, i) => {
        // θ without the image = θ − (influence of the image)/(n − 1), up to 1/n².
        const missed = values[i].value - value + (byMotif![left] - value) / (IMAGES - 1);
        expect(Math.abs(missed)).toBeLessThan(toleranceOf(measure));
      });
    }
  });

  it('is not believed where it does not bear out the accuracy', () => {
    const [run, ...others] = whole.runs;
    const lying = {
      ...whole,
      runs: [{ ...run, test: { ...run.test!, accuracy: run.test!.accuracy + 0.1 } }, ...others],
    };
    const damaged = { ...whole, runs: [{ ...run, test: { ...run.test!, correct: '?' } }, ...others] };
    for (const result of [lying, damaged]) {
      expect(MEASURES[0].values(result, run.arm)[0].byMotif).toBeUndefined();
      expect(armDifference(result, MEASURES[0], 'lora', 'copra')!.scope).toBe('seeds');
    }
  });
});

describe('what one answer can change', () => {
  const answers = { accuracy: 0.5, correct: Uint8Array.of(0, 1) };

  it('is half of the sum of squared weights', () => {
    expect(seedValue([0], 0.5, [{ answers, weight: 1 }]).sensitivity).toBe(0.5);
    const { sensitivity } = seedValue([0], 0.25, [
      { answers, weight: 1 },
      { answers, weight: -0.5 },
    ]);
    expect(sensitivity).toBe(0.625);
  });
});

describe('the share of the top third', () => {
  const players = Array.from({ length: 6 }, (_, layer) => ({ tower: 'vision' as const, layer, pairs: [] }));

  it('changes the more with one answer, the less credit there is in all', () => {
    const [entry] = whole.shapley;
    const shapley = [{ ...entry, accuracy: [0.1, -0.05, 0.2, 0.05] }];
    const [{ sensitivity }] = TOP_THIRD_SHARE.values({ ...whole, shapley }, entry.arm);
    expect(sensitivity).toBeCloseTo(1 / (2 * 0.4 ** 2), 12);
  });

  it('has an influence that leaving an image out bears out, and survives its bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const random = stream(seed, 'analysis');
        const images = 50;
        const perImage = Float64Array.from(
          { length: 6 * images },
          (_, i) => 0.1 + 0.02 * Math.floor(i / images) + 0.3 * random.normal(),
        );
        const phiOf = (keep: (i: number) => boolean) =>
          Float64Array.from(players, (_, p) =>
            mean([...perImage.subarray(p * images, (p + 1) * images)].filter((_value, i) => keep(i))),
          );
        const phi = phiOf(() => true);
        fc.pre(phi.every((value) => value > 0.03));
        const influence = topThirdInfluence(players, phi, perImage)!;
        expect(mean(influence)).toBeCloseTo(0, 9);
        const share = topThirdShare(players, phi)!;
        const without = topThirdShare(
          players,
          phiOf((i) => i !== 7),
        )!;
        expect(Math.abs(without - share + influence[7] / (images - 1))).toBeLessThan(0.02);
        // The same by a step that is small enough to be exact, toward the image.
        const toward = phi.map((value, p) => value + 1e-6 * (perImage[p * images + 7] - value));
        expect((topThirdShare(players, toward)! - share) / 1e-6).toBeCloseTo(influence[7], 4);
        const { scale, values } = packInfluence(influence);
        const read = TOP_THIRD_SHARE.values(
          {
            ...whole,
            shapley: [{ ...whole.shapley[0], images, topThirdShare: share, topThirdInfluence: { scale, values } }],
          },
          whole.shapley[0].arm,
        )[0].byMotif!;
        read.forEach((value, i) =>
          expect(Math.abs(value - share - influence[i])).toBeLessThanOrEqual(scale / 2 + 1e-12),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('results without answers', () => {
  const short = withoutAnswers(whole, MEASURES);

  it('hold no answers, and say the same of every difference', () => {
    expect(JSON.stringify(short)).not.toContain('"correct"');
    const known = MEASURES.flatMap((measure) => {
      const [before, after] = [whole, short].map((result) => armDifference(result, measure, 'lora', 'copra'));
      return before && after ? [{ id: measure.id, before, after }] : [];
    });
    expect([...known.map(({ id }) => id), ...ABSENT].sort()).toEqual(MEASURES.map(({ id }) => id).sort());
    for (const { before, after } of known) {
      expect(after.scope).toBe(before.scope);
      if (before.scope) expect(after.low).toBeCloseTo(before.low, 9);
      if (before.scope) expect(after.high).toBeCloseTo(before.high, 9);
    }
  });

  it('say the same where images share motifs, and how much larger the sampling error is for that', () => {
    const motifs = Array.from({ length: IMAGES }, (_, i) => Math.floor(i / 4));
    const alike = { ...whole, task: { ...whole.task, motifs } };
    const kept = withoutAnswers(alike, MEASURES);
    expect(kept.task.motifs).toBe(IMAGES / 4);
    expect(kept.task.designEffect).toBeGreaterThanOrEqual(1);
    expect(testSample(kept)).toEqual(testSample(alike));
    expect(testSample(alike).motifs).toBe(IMAGES / 4);
    expect(withoutAnswers(kept, MEASURES)).toEqual(kept);
    for (const measure of MEASURES) {
      const [before, after] = [alike, kept].map((result) => armDifference(result, measure, 'lora', 'copra'));
      if (!before?.scope) continue;
      expect(after!.low).toBeCloseTo(before.low, 9);
      // Every image its own motif is what no motifs are.
      const own = { ...whole, task: { ...whole.task, motifs: [...motifs.keys()] } };
      const [none, each] = [whole, own].map((result) => armDifference(result, measure, 'lora', 'copra')!);
      expect(each.low).toBeCloseTo(none.low, 9);
    }
  });

  /** Of an arm before, LoRA and CopRA, as in a study whose first arm is neither. */
  const three = ((): StudyResult => {
    const again = <T extends { readonly arm: string }>(list: readonly T[]): T[] => [
      ...list,
      ...list.filter(({ arm }) => arm === 'lora').map((entry) => ({ ...entry, arm: 'dropout' })),
    ];
    const [lora, copra] = whole.config.arms;
    return {
      ...whole,
      config: { ...whole.config, arms: [{ ...lora, id: 'dropout', method: 'lora-dropout' }, lora, copra] },
      runs: again(whole.runs).map((run, i) => (run.arm === 'dropout' ? { ...run, test: whole.runs[i % 3].test } : run)),
      landscape: again(whole.landscape),
      pruning: again(whole.pruning),
    };
  })();

  it('say the same of LoRA and CopRA where neither is the first arm', () => {
    const kept = withoutAnswers(three, MEASURES);
    const [before, after] = [three, kept].map((result) => armDifference(result, MEASURES[0], 'lora', 'copra')!);
    expect(after.scope).toBe('seeds and images');
    expect(after.low).toBeCloseTo(before.low, 9);
    expect(withoutAnswers(kept, MEASURES)).toEqual(kept);
  });

  it('of versions that kept the first arm alone, approximate what images add, and not from an estimate that was cut at 0', () => {
    const kept = withoutAnswers(three, MEASURES);
    const { id } = MEASURES[0];
    const early = {
      ...kept,
      imageVariances: kept
        .imageVariances!.filter(({ baseline }) => baseline === 'dropout')
        .map((entry) => ({ ...entry, variance: entry.other === 'lora' ? 1e-4 : 4e-4 })),
    };
    const deviation = (arm: string): number => Math.sqrt(storedVariance(early, id, 'dropout', arm)!);
    expect(storedVariance(early, id, 'lora', 'copra')).toBeNull();
    expect(storedVariance(early, id, 'copra', 'dropout')).toBe(storedVariance(early, id, 'dropout', 'copra'));
    expect(keptVariance(early, id, 'lora', 'copra')).toBeCloseTo((deviation('lora') + deviation('copra')) ** 2, 12);
    for (const cut of ['lora', 'copra']) {
      const variances = early.imageVariances.map((entry) => (entry.other === cut ? { ...entry, variance: 0 } : entry));
      const result = { ...early, imageVariances: variances };
      expect(keptVariance(result, id, 'dropout', cut)).toBe(0);
      expect(keptVariance(result, id, 'lora', 'copra')).toBeNull();
      expect(armDifference(result, MEASURES[0], 'lora', 'copra')?.scope).toBe('seeds');
    }
    // An approximation is the most that it can be: of two, the smaller one is nearer.
    const [arm] = early.config.arms;
    const further = early.imageVariances.map((entry) => ({
      ...entry,
      baseline: 'other',
      variance: 4 * entry.variance,
    }));
    const two = {
      ...early,
      config: { ...early.config, arms: [...early.config.arms, { ...arm, id: 'other' }] },
      imageVariances: [...further, ...early.imageVariances],
    };
    expect(keptVariance(two, id, 'lora', 'copra')).toBe(keptVariance(early, id, 'lora', 'copra'));
    // What is not known stays unknown, and an approximation is not stored as if it were known.
    expect(keptVariance({ ...early, imageVariances: [] }, id, 'lora', 'copra')).toBeNull();
    expect(withoutAnswers(early, MEASURES)).toEqual(early);
  });

  it('hold few arms each beside each, more of them beside the first and beside CopRA, of a sweep the methods at each value', () => {
    const of = (arms: StudyResult['config']['arms']) =>
      comparedPairs({ arms }).map(({ baseline, other }) => `${baseline} ${other}`);
    const [lora, copra] = whole.config.arms;
    expect(of([lora, copra])).toEqual(['lora copra']);
    expect(of(three.config.arms)).toEqual(['dropout lora', 'dropout copra', 'lora copra']);
    const named = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...lora, id }));
    expect(of(named.slice(0, 4))).toEqual(['a b', 'a c', 'a d', 'b c', 'b d', 'c d']);
    expect(of([...named.slice(0, 4), copra]).map((pair) => pair.replace(copra.id, 'CopRA'))).toEqual([
      'a b',
      'a c',
      'a d',
      'a CopRA',
      'b CopRA',
      'c CopRA',
      'd CopRA',
    ]);
    const rates = [1e-3, 3e-3, 1e-2];
    const swept = [lora, copra].flatMap((arm) =>
      rates.map((learningRate, i) => ({ ...arm, id: `${arm.id}-${i}`, learningRate })),
    );
    expect(of(swept).slice(5)).toEqual(['lora-1 copra-1', 'lora-2 copra-2']);
  });

  it('hold what the page shows where a result is saved', () => {
    expect(SAVED_MEASURES.map(({ id }) => id)).toEqual(expect.arrayContaining(SHOWN_MEASURES.map(({ id }) => id)));
  });

  it('hold what the page shows where a link asks for no more', () => {
    const shown = withoutAnswers(whole, SHOWN_MEASURES);
    const ids = shown.imageVariances?.map(({ measure }) => measure) ?? [];
    expect(SHOWN_MEASURES.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(ids).toContain('barrier factor');
  });

  it('stay what they are when they are taken out again', () => {
    expect(withoutAnswers(short, MEASURES)).toEqual(short);
    const bare = studyResultFixture();
    expect(withoutAnswers(bare, MEASURES)).toEqual(bare);
  });
});
