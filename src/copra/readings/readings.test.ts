import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  landscapeReading,
  shapleyReading,
  structuredReading,
  trainingReading,
  unstructuredReading,
} from '../readings.ts';

/** Captions with ordinary spaces, to be readable here. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const run = (accuracy: number | null, steps = 2000, seed = 0) => ({
  seed,
  steps,
  test: accuracy === null ? null : { accuracy },
});
const path = (barrierAccuracy: number, midpointRetainedGain: number | null, kind: 'factor' | 'product' = 'factor') => ({
  seeds: [0, 1] as [number, number],
  path: kind,
  accuracy: [0.56, 0.49, 0.56],
  barrierAccuracy,
  midpointRetainedGain,
});
const layers = Array.from({ length: 12 }, (_, layer) => ({ tower: 'vision', layer }) as const);
const credit = (topThirdShare: number | null, accuracy = layers.map(() => 0.02)) => ({
  players: layers,
  accuracy,
  accuracyError: [0.008, 0.002],
  images: 256,
  topThirdShare,
});
const pruned = (gain: number | null, accuracy: number[], seed = 0) => ({
  seed,
  structured: ['all', 'even', 'odd', 'low', 'middle', 'high'].map((label) => ({
    label,
    accuracy: 0.5,
    retainedGain: gain,
  })),
  unstructured: [
    { scope: 'factors' as const, sparsities: [0, 0.5, 0.9], accuracy, area: accuracy.reduce((a, b) => a + b, 0) / 3 },
  ],
});

describe('trainingReading', () => {
  it('says who is behind, as plainly as who is ahead', () => {
    const arms = [
      { name: 'LoRA', results: [run(0.562), run(0.568, 2000, 1)] },
      { name: 'CopRA', results: [run(0.532), run(0.544, 2000, 1)] },
    ];
    expect(plain(trainingReading(arms, 0.312, 8000))).toBe(
      'After 2,000 steps LoRA reaches 56.5 ± 0.4 % and CopRA 53.8 ± 0.8 % test accuracy (2 seeds each, 8,000 test images, ' +
        'sampling error 0.6 points); CopRA is 2.7 points behind LoRA, which is not clear (95 % interval −1.1 to 6.5 points); without training it is 31.2 %.',
    );
    expect(plain(trainingReading([...arms].reverse(), null, 8000))).toContain(
      '; LoRA is 2.7 points ahead of CopRA, which',
    );
  });

  it('says how sure a difference is, paired by seed', () => {
    const arm = (name: string, ...values: number[]) => ({ name, results: values.map((value, i) => run(value, 9, i)) });
    const clear = [arm('LoRA', 0.5, 0.6, 0.7), arm('CopRA', 0.52, 0.63, 0.72)];
    expect(plain(trainingReading(clear, null, 100))).toContain(
      'CopRA is 2.3 points ahead of LoRA (95 % interval 0.9 to 3.8 points).',
    );
    const unclear = [arm('LoRA', 0.5, 0.6, 0.7), arm('CopRA', 0.55, 0.58, 0.75)];
    expect(plain(trainingReading(unclear, null, 100))).toContain(
      'CopRA is 2.7 points ahead of LoRA, which is not clear (95 % interval −7.4 to 12.7 points).',
    );
  });

  it('calls a small difference what it is, and waits for results', () => {
    const arms = [
      { name: 'LoRA', results: [run(0.5), run(null)] },
      { name: 'CopRA', results: [run(0.51)] },
      { name: 'Layer drop', results: [] },
    ];
    const text = plain(trainingReading(arms, null, 100));
    expect(text).toContain('CopRA is 1.0 points ahead of LoRA, within the unpaired sampling error');
    expect(text).toContain('(1 seed each, 100 test images');
    expect(text).not.toContain('Layer drop');
    expect(trainingReading([{ name: 'LoRA', results: [run(null)] }], 0.3, 10)).toBe('Nothing measured yet.');
  });
});

describe('landscapeReading', () => {
  it('reads the chosen path only', () => {
    const arms = [
      { name: 'LoRA', results: [path(0.091, 0.42), path(0, 1, 'product')] },
      { name: 'CopRA', results: [path(0.012, 0.88), path(0, 1, 'product')] },
    ];
    expect(plain(landscapeReading(arms, 'factor', 800))).toBe(
      'At the midpoint of the factor path LoRA keeps 42 % of its gain and CopRA 88 % (1 seed pair each, 800 test images, ' +
        'sampling error 1.8 points); barriers 9.1 and 1.2 points; CopRA is 7.9 points lower than LoRA.',
    );
    expect(plain(landscapeReading(arms, 'product', 800))).toContain('CopRA and LoRA do not differ');
  });

  it('says when CopRA is worse, and when there was no gain', () => {
    const arms = [
      { name: 'LoRA', results: [path(0.01, 0.9)] },
      { name: 'CopRA', results: [path(0.2, null), path(0.2, null)] },
    ];
    const text = plain(landscapeReading(arms, 'factor', 800));
    expect(text).toContain('LoRA keeps 90 % of its gain and no share can be given for CopRA (');
    expect(plain(landscapeReading([...arms].reverse(), 'factor', 800))).toContain(
      'LoRA keeps 90 % of its gain and no share can be given for CopRA (',
    );
    const none = arms.map(({ name }) => ({ name, results: [path(0, null)] }));
    expect(landscapeReading(none, 'factor', 800)).toContain(' no share can be given for LoRA and CopRA (');
    expect(text).toContain('CopRA is 19.0 points higher than LoRA');
    expect(text).toContain('1 to 2 seed pairs');
    expect(landscapeReading(arms, 'product', 800)).toBe('Nothing measured yet.');
  });
});

describe('shapleyReading', () => {
  it('compares with an even spread', () => {
    const arms = [
      { name: 'LoRA', results: [credit(0.61)] },
      { name: 'CopRA', results: [credit(0.38)] },
    ];
    expect(plain(shapleyReading(arms))).toBe(
      'LoRA’s top third of layers carries 61 % of the credit and CopRA’s 38 % (equal layers would carry 33 %; 1 seed each, ' +
        '256 test images, standard error of a layer up to 0.8 points); CopRA spreads it more evenly than LoRA.',
    );
    expect(shapleyReading([...arms].reverse())).toContain('LoRA spreads it less evenly than CopRA');
  });

  it('names the errors over images and over coalitions where these were sampled', () => {
    const sampled = { ...credit(0.4), accuracyError: [0.005], coalitionError: { accuracy: [0.003] } };
    expect(plain(shapleyReading([{ name: 'LoRA', results: [sampled] }]))).toContain(
      'standard error of a layer up to 0.4 points over images and 0.3 over coalitions',
    );
  });

  it('claims no difference that the seeds do not bear out', () => {
    const reading = (...copra: number[]) =>
      shapleyReading([
        { name: 'LoRA', results: [credit(0.4), credit(0.44)] },
        { name: 'CopRA', results: copra.map((share) => credit(share)) },
      ]);
    expect(reading(0.37, 0.45)).toContain('the seeds do not tell which spreads it more evenly');
    expect(reading(0.34, 0.35)).toContain('CopRA spreads it more evenly than LoRA');
  });

  it('knows too little credit as the same unevenness as too much, and none at all', () => {
    const reading = (share: number | null) =>
      shapleyReading([
        { name: 'LoRA', results: [credit(0.4)] },
        { name: 'CopRA', results: [credit(share)] },
      ]);
    expect(reading(0.05)).toContain('less evenly');
    expect(reading(null)).toContain('; no layer of CopRA carries credit');
    expect(shapleyReading([])).toBe('Nothing measured yet.');
  });

  it('takes what rounding leaves of nothing for nothing', () => {
    const rounding = layers.map((_, i) => (i % 2 === 0 ? 3e-15 : -2e-16));
    const nothing = credit(0.41, rounding);
    const one = shapleyReading([{ name: 'LoRA', results: [nothing, { ...nothing, accuracyError: [2e-17] }] }]);
    expect(plain(one)).toBe('No layer of LoRA carries credit (2 seeds, 256 test images).');
    const both = [
      { name: 'LoRA', results: [nothing] },
      { name: 'CopRA', results: [nothing] },
    ];
    expect(plain(shapleyReading(both))).toBe(
      'No layer of LoRA or CopRA carries credit (1 seed each, 256 test images).',
    );
    const second = [both[0], { name: 'CopRA', results: [credit(0.38)] }];
    expect(plain(shapleyReading(second))).toBe(
      'CopRA’s top third of layers carries 38 % of the credit (equal layers would carry 33 %; 1 seed each, ' +
        '256 test images, standard error of a layer up to 0.8 points); no layer of LoRA carries credit.',
    );
  });
});

describe('pruning readings', () => {
  const arms = [
    { name: 'LoRA', results: [pruned(0.61, [0.6, 0.4, 0.2])] },
    { name: 'CopRA', results: [pruned(0.89, [0.58, 0.5, 0.42])] },
  ];

  it('structured', () => {
    expect(plain(structuredReading(arms, 800))).toBe(
      'With every other layer removed LoRA keeps 61 % of its gain and CopRA 89 % (1 seed each, 800 test images, sampling ' +
        'error 1.8 points); with only a third of the layers left LoRA keeps 61 % of its gain and CopRA 89 %; removing layers ' +
        'costs CopRA less of its gain than LoRA.',
    );
    expect(structuredReading([...arms].reverse(), 800)).toContain('costs LoRA more of its gain than CopRA');
    expect(structuredReading([], 800)).toBe('Nothing measured yet.');
  });

  it('unstructured', () => {
    expect(plain(unstructuredReading(arms, 'factors', 800))).toBe(
      'With 50 % of the entries of A and B removed LoRA has 40.0 % and CopRA 50.0 % accuracy (1 seed each, 800 test images, ' +
        'sampling error 1.7 points); CopRA is 10.0 points ahead of LoRA; averaged over all sparsities 40.0 % and 50.0 %.',
    );
    expect(unstructuredReading(arms, 'update', 800)).toBe('Nothing measured yet.');
  });
});

describe('every reading', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const arm = <T>(result: fc.Arbitrary<T>) =>
    fc.record({ name: fc.constantFrom('LoRA', 'CopRA', 'Layer drop'), results: fc.array(result, { maxLength: 4 }) });
  const option = fc.option(fc.double({ min: -2, max: 2, noNaN: true }));

  it('is one sentence without NaN, null or undefined, whatever is there so far', () => {
    fc.assert(
      fc.property(
        fc.array(arm(fc.tuple(share, option)), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        (arms, images) => {
          const as = <T>(make: (value: number, gain: number | null) => T) =>
            arms.map(({ name, results }) => ({ name, results: results.map(([value, gain]) => make(value, gain)) }));
          const texts = [
            trainingReading(
              as((value, gain) => run(gain === null ? null : value)),
              null,
              images,
            ),
            landscapeReading(as(path), 'factor', images),
            shapleyReading(as((value, gain) => credit(gain === null ? null : value))),
            structuredReading(
              as((_, gain) => pruned(gain, [0.1, 0.2, 0.3])),
              images,
            ),
            unstructuredReading(
              as((value, gain) => pruned(gain, [value, value, value])),
              'factors',
              images,
            ),
          ];
          for (const text of texts) expect(text).toMatch(/^(?!.*(NaN|null|undefined|;;|; ?\.)).+[^.]\.$/);
        },
      ),
    );
  });
});
