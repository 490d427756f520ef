import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntervalScope, ScopedInterval } from '../../core/crossed-interval.ts';
import { landscapeReading } from './landscape.ts';
import { shapleyReading } from './shapley.ts';
import { structuredReading, unstructuredReading } from './pruning.ts';
import { trainingReading } from './training.ts';
import type { Differ } from './words.ts';

const difference = (mean: number, half: number, scope: IntervalScope | null = 'seeds and images'): ScopedInterval => ({
  mean,
  low: mean - half,
  high: mean + half,
  seeds: 2,
  images: 800,
  scope,
});
/** Whatever is compared: nobody knows how much by. */
const unknown: Differ = () => difference(0, NaN, null);
const always =
  (...known: Parameters<typeof difference>): Differ =>
  () =>
    difference(...known);

/** Captions with ordinary spaces, to be readable here. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const run = (accuracy: number | null, steps = 2000, seed = 0) => ({
  seed,
  steps,
  test: accuracy === null ? null : { accuracy },
});
const path = (barrierAccuracy: number, midpointRetainedGain: number | null, kind: 'factor' | 'product' = 'factor') => ({
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
const pruned = (gain: number | null, accuracy: number[]) => ({
  structured: ['all', 'even', 'odd', 'low', 'middle', 'high'].map((label) => ({
    label,
    accuracy: 0.5,
    retainedGain: gain,
  })),
  unstructured: [
    { scope: 'factors' as const, sparsities: [0, 0.5, 0.9], accuracy, area: accuracy.reduce((a, b) => a + b, 0) / 3 },
  ],
});

describe('trainingReading of training that ends badly', () => {
  const floor = { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.35 } };

  it('names diverged runs, and leaves them out of the means', () => {
    const results = [run(0.5, 300, 1), { ...run(null, 300, 2), diverged: 20 }, run(0.6, 300, 3)];
    const text = plain(trainingReading([{ id: 'lora', name: 'LoRA', results }], floor, 800, unknown));
    expect(text).toContain('LoRA reaches 55.0 ± 7.1 % test accuracy (2 seeds');
    expect(text).toContain(
      '1 of 3 runs of LoRA diverged (seed 2 at step 20) and is left out of every mean and figure: lower the learning rate of LoRA',
    );
  });

  it('tells of an arm of which nothing is left', () => {
    const results = [1, 2].map((seed) => ({ ...run(null, 300, seed), diverged: 7 }));
    expect(trainingReading([{ id: 'lora', name: 'LoRA', results }], floor, 800, unknown)).toBe(
      'all of 2 runs of LoRA diverged (seed 1 at step 7, seed 2 at step 7) and are left out of every mean and figure: lower the learning rate of LoRA.',
    );
  });

  it.each([
    [0.03, 800, /LoRA ends below chance \(10\.0 %\): try a tenth of its learning rate/],
    [
      0.2,
      800,
      /LoRA ends 15\.0 points below the backbone without training.*: try a lower learning rate, fewer steps or/,
    ],
  ])('says that %f is too little, and what to try', (accuracy, images, words) => {
    expect(
      plain(trainingReading([{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }], floor, images, unknown)),
    ).toMatch(words);
  });

  it.each([
    [0.09, 100, { chance: 0.1, frozen: null }],
    [0.33, 100, floor],
    [0.36, 800, floor],
  ])('says nothing of what may be the sampling of images: %f of %i images', (accuracy, images, given) => {
    expect(
      trainingReading([{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }], given, images, unknown),
    ).not.toMatch(/below/);
  });
});

describe('trainingReading beside a head trained alone', () => {
  const floor = { chance: 0.1, frozen: { name: 'head only' as const, accuracy: 0.373 } };
  const reading = (accuracy: number) =>
    plain(trainingReading([{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }], floor, 2000, unknown));

  it('says that an adapter does harm', () => {
    expect(reading(0.318)).toMatch(
      /; with the head alone it is 37\.3 %; LoRA ends 5\.5 points below a head trained alone on the frozen backbone, so its adapter does harm or was trained too little: try another learning rate, more steps or more/,
    );
    expect(reading(0.4)).not.toMatch(/below/);
  });

  it('speaks neither of prompts nor of zero-shot', () => {
    for (const accuracy of [0.05, 0.318, 0.4])
      expect(reading(accuracy)).not.toMatch(/prompt|zero-shot|without training/);
  });
});

describe('trainingReading', () => {
  const arms = [
    { id: 'lora', name: 'LoRA', results: [run(0.562), run(0.568)] },
    { id: 'copra', name: 'CopRA', results: [run(0.532), run(0.544)] },
  ];

  it('says who is behind, as plainly as who is ahead', () => {
    expect(
      plain(
        trainingReading(
          arms,
          { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.312 } },
          8000,
          always(-0.027, 0.038),
        ),
      ),
    ).toBe(
      'After 2,000 steps LoRA reaches 56.5 ± 0.4 % and CopRA 53.8 ± 0.8 % test accuracy (2 seeds each, 8,000 test images, ' +
        'sampling error 0.6 points); CopRA is 2.7 points behind LoRA, which is not clear (95 % interval −1.1 to 6.5 points over seeds and images); ' +
        'without training it is 31.2 %.',
    );
    expect(
      plain(trainingReading([...arms].reverse(), { chance: 0.1, frozen: null }, 8000, always(0.027, 0.01))),
    ).toContain('; LoRA is 2.7 points ahead of CopRA (95 % interval 1.7 to 3.7 points over seeds and images).');
  });

  it('asks for the difference of the arms it speaks of', () => {
    const asked: string[][] = [];
    trainingReading(arms, { chance: 0.1, frozen: null }, 8000, (...ids) => {
      asked.push(ids);
      return null;
    });
    expect(asked).toEqual([['lora', 'copra']]);
  });

  it('says what an interval allows for, and where there are too few seeds to say', () => {
    const reading = (scope: IntervalScope | null) =>
      plain(trainingReading(arms, { chance: 0.1, frozen: null }, 8000, always(-0.027, 0.01, scope)));
    expect(reading('seeds')).toContain(
      'behind LoRA (95 % interval 1.7 to 3.7 points over seeds, on these images alone).',
    );
    expect(reading('images')).toContain(
      'behind LoRA, from too few seeds to say (95 % interval 1.7 to 3.7 points over images, for these seeds alone).',
    );
    expect(reading(null)).toContain('behind LoRA, from too few seeds to say.');
  });

  it('does not take equal figures for proof that nothing differs', () => {
    const same = [arms[0], { ...arms[0], id: 'copra', name: 'CopRA' }];
    expect(plain(trainingReading(same, { chance: 0.1, frozen: null }, 90, always(0, 0.031)))).toContain(
      'CopRA and LoRA do not differ here, which is not clear (95 % interval −3.1 to 3.1 points over seeds and images).',
    );
  });

  it('waits for results', () => {
    const some = [
      { id: 'lora', name: 'LoRA', results: [run(0.5), run(null)] },
      { id: 'copra', name: 'CopRA', results: [run(0.51)] },
      { id: 'drop', name: 'Layer drop', results: [] },
    ];
    const text = plain(trainingReading(some, { chance: 0.1, frozen: null }, 100, unknown));
    expect(text).toContain('CopRA is 1.0 points ahead of LoRA, from too few seeds to say');
    expect(text).toContain('(1 seed each, 100 test images');
    expect(text).not.toContain('Layer drop');
    expect(
      trainingReading(
        [{ id: 'lora', name: 'LoRA', results: [run(null)] }],
        { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.3 } },
        10,
        unknown,
      ),
    ).toBe('Nothing measured yet.');
  });
});

describe('landscapeReading', () => {
  it('reads the chosen path only', () => {
    const arms = [
      { id: 'LoRA', name: 'LoRA', results: [path(0.091, 0.42), path(0, 1, 'product')] },
      { id: 'CopRA', name: 'CopRA', results: [path(0.012, 0.88), path(0, 1, 'product')] },
    ];
    expect(plain(landscapeReading(arms, 'factor', 800, unknown))).toBe(
      'At the midpoint of the factor path LoRA keeps 42 % of its gain and CopRA 88 % (1 seed pair each, 800 test images, ' +
        'sampling error 1.8 points); barriers 9.1 and 1.2 points; CopRA is 7.9 points lower than LoRA, from too few seeds to say.',
    );
    expect(plain(landscapeReading(arms, 'product', 800, unknown))).toContain('CopRA and LoRA do not differ here');
  });

  it('never drops a pair without saying so', () => {
    const some = [{ id: 'lora', name: 'LoRA', results: [path(0, 0.9), path(0, null), path(0, 0.7)] }];
    expect(plain(landscapeReading(some, 'factor', 800, unknown))).toContain(
      'LoRA keeps 80 % of its gain (2 of 3 pairs; the others gained too little to say) (3 seed pairs',
    );
  });

  it('says when CopRA is worse, and when there was no gain', () => {
    const arms = [
      { id: 'LoRA', name: 'LoRA', results: [path(0.01, 0.9)] },
      { id: 'CopRA', name: 'CopRA', results: [path(0.2, null), path(0.2, null)] },
    ];
    const text = plain(landscapeReading(arms, 'factor', 800, unknown));
    expect(text).toContain('LoRA keeps 90 % of its gain and CopRA gained too little to say (');
    expect(plain(landscapeReading([...arms].reverse(), 'factor', 800, unknown))).toContain(
      'LoRA keeps 90 % of its gain and CopRA gained too little to say (',
    );
    const none = arms.map((arm) => ({ ...arm, results: [path(0, null)] }));
    expect(landscapeReading(none, 'factor', 800, unknown)).toContain(' LoRA and CopRA gained too little to say (');
    expect(text).toContain('CopRA is 19.0 points higher than LoRA');
    expect(text).toContain('1 to 2 seed pairs');
    expect(landscapeReading(arms, 'product', 800, unknown)).toBe('Nothing measured yet.');
  });
});

describe('shapleyReading', () => {
  it('compares with an even spread', () => {
    const arms = [
      { id: 'LoRA', name: 'LoRA', results: [credit(0.61)] },
      { id: 'CopRA', name: 'CopRA', results: [credit(0.38)] },
    ];
    expect(plain(shapleyReading(arms, always(-0.23, 0.1)))).toBe(
      'LoRA’s top third of layers carries 61 % of the credit and CopRA’s 38 % (equal layers would carry 33 %; 1 seed each, ' +
        '256 test images, standard error of a layer up to 0.8 points); CopRA spreads it more evenly than LoRA ' +
        '(95 % interval 13.0 to 33.0 points over seeds and images).',
    );
    expect(shapleyReading([...arms].reverse(), always(0.23, 0.1))).toContain('LoRA spreads it less evenly than CopRA');
  });

  it('names the errors over images and over coalitions where these were sampled', () => {
    const sampled = { ...credit(0.4), accuracyError: [0.005], coalitionError: { accuracy: [0.003] } };
    expect(plain(shapleyReading([{ id: 'LoRA', name: 'LoRA', results: [sampled] }], unknown))).toContain(
      'standard error of a layer up to 0.4 points over images and 0.3 over coalitions',
    );
  });

  it('claims no difference that the seeds do not bear out', () => {
    const arms = [
      { id: 'lora', name: 'LoRA', results: [credit(0.4), credit(0.44)] },
      { id: 'copra', name: 'CopRA', results: [credit(0.37), credit(0.45)] },
    ];
    const reading = (...known: Parameters<typeof difference>) => plain(shapleyReading(arms, always(...known)));
    expect(reading(-0.01, 0.05)).toContain(
      'it is not clear which spreads it more evenly (95 % interval −4.0 to 6.0 points over seeds and images)',
    );
    expect(reading(-0.01, NaN, null)).toContain('from too few seeds to say which spreads it more evenly');
  });

  it('knows too little credit as the same unevenness as too much, and none at all', () => {
    const reading = (share: number | null) =>
      shapleyReading(
        [
          { id: 'LoRA', name: 'LoRA', results: [credit(0.4)] },
          { id: 'CopRA', name: 'CopRA', results: [credit(share)] },
        ],
        always(-0.35, 0.1),
      );
    expect(reading(0.05)).toContain('less evenly');
    expect(reading(null)).toContain('; no layer of CopRA carries credit');
    expect(shapleyReading([], unknown)).toBe('Nothing measured yet.');
  });

  it('takes what rounding leaves of nothing for nothing', () => {
    const rounding = layers.map((_, i) => (i % 2 === 0 ? 3e-15 : -2e-16));
    const nothing = credit(0.41, rounding);
    const one = shapleyReading(
      [{ id: 'LoRA', name: 'LoRA', results: [nothing, { ...nothing, accuracyError: [2e-17] }] }],
      unknown,
    );
    expect(plain(one)).toBe('No layer of LoRA carries credit (2 seeds, 256 test images).');
    const both = [
      { id: 'LoRA', name: 'LoRA', results: [nothing] },
      { id: 'CopRA', name: 'CopRA', results: [nothing] },
    ];
    expect(plain(shapleyReading(both, unknown))).toBe(
      'No layer of LoRA or CopRA carries credit (1 seed each, 256 test images).',
    );
    const second = [both[0], { id: 'CopRA', name: 'CopRA', results: [credit(0.38)] }];
    expect(plain(shapleyReading(second, unknown))).toBe(
      'CopRA’s top third of layers carries 38 % of the credit (equal layers would carry 33 %; 1 seed each, ' +
        '256 test images, standard error of a layer up to 0.8 points); no layer of LoRA carries credit.',
    );
  });
});

describe('pruning readings', () => {
  const arms = [
    { id: 'LoRA', name: 'LoRA', results: [pruned(0.61, [0.6, 0.4, 0.2])] },
    { id: 'CopRA', name: 'CopRA', results: [pruned(0.89, [0.58, 0.5, 0.42])] },
  ];

  it('structured', () => {
    expect(plain(structuredReading(arms, 800, always(0.28, 0.1)))).toBe(
      'With every other layer removed LoRA keeps 61 % of its gain and CopRA 89 % (1 seed each, 800 test images, sampling ' +
        'error 1.8 points); with only a third of the layers left LoRA keeps 61 % of its gain and CopRA 89 %; removing layers ' +
        'costs CopRA less of its gain than LoRA (95 % interval 18.0 to 38.0 points over seeds and images).',
    );
    expect(structuredReading([...arms].reverse(), 800, unknown)).toContain('costs LoRA more of its gain than CopRA');
    expect(structuredReading([], 800, unknown)).toBe('Nothing measured yet.');
  });

  it('counts the seeds that gained enough to say', () => {
    const some = [{ ...arms[0], results: [pruned(0.6, [0.5]), pruned(null, [0.5])] }];
    expect(plain(structuredReading(some, 800, unknown))).toContain(
      'With every other layer removed LoRA keeps 60 % of its gain (1 of 2 seeds; the others gained too little to say) (2 seeds',
    );
    const none = [{ ...arms[0], results: [pruned(null, [0.5])] }];
    expect(plain(structuredReading(none, 800, unknown))).toContain(
      'With every other layer removed LoRA gained too little to say (',
    );
  });

  it('unstructured', () => {
    expect(plain(unstructuredReading(arms, 'factors', 800, unknown))).toBe(
      'With 50 % of the entries of A and B removed LoRA has 40.0 % and CopRA 50.0 % accuracy (1 seed each, 800 test images, ' +
        'sampling error 1.7 points); CopRA is 10.0 points ahead of LoRA, from too few seeds to say; averaged over all sparsities 40.0 % and 50.0 %.',
    );
    expect(unstructuredReading(arms, 'update', 800, unknown)).toBe('Nothing measured yet.');
  });
});

describe('every reading', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const arm = <T>(result: fc.Arbitrary<T>) =>
    fc.record({
      id: fc.string(),
      name: fc.constantFrom('LoRA', 'CopRA', 'Layer drop'),
      results: fc.array(result, { maxLength: 4 }),
    });
  const option = fc.option(fc.double({ min: -2, max: 2, noNaN: true }));

  it('is one sentence without NaN, null or undefined, whatever is there so far', () => {
    fc.assert(
      fc.property(
        fc.array(arm(fc.tuple(share, option)), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        (arms, images) => {
          const as = <T>(make: (value: number, gain: number | null) => T) =>
            arms.map((arm) => ({ ...arm, results: arm.results.map(([value, gain]) => make(value, gain)) }));
          const texts = [
            trainingReading(
              as((value, gain) => run(gain === null ? null : value)),
              { chance: 0, frozen: null },
              images,
              unknown,
            ),
            landscapeReading(as(path), 'factor', images, unknown),
            shapleyReading(
              as((value, gain) => credit(gain === null ? null : value)),
              unknown,
            ),
            structuredReading(
              as((_, gain) => pruned(gain, [0.1, 0.2, 0.3])),
              images,
              unknown,
            ),
            unstructuredReading(
              as((value, gain) => pruned(gain, [value, value, value])),
              'factors',
              images,
              unknown,
            ),
          ];
          for (const text of texts) expect(text).toMatch(/^(?!.*(NaN|null|undefined|;;|; ?\.)).+[^.]\.$/);
        },
      ),
    );
  });
});
