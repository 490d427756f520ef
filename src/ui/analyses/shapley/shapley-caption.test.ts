import { describe, expect, it } from 'vitest';
import { type difference, unknown, always, plain, layers, credit } from '../../../study/readings/test-readings.ts';
import { shapleyReading } from './shapley-caption.ts';

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
    const alike = arms.map((arm) => ({ ...arm, results: [{ ...arm.results[0], motifs: 171 }] }));
    expect(shapleyReading(alike, unknown)).toContain('256 test images of 171 motifs, ');
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
      'it is not clear which spreads it more evenly (CopRA − LoRA: 95 % interval −6.0 to 4.0 points over seeds and images)',
    );
    expect(reading(-0.01, NaN, null)).toContain('; too few seeds to say which spreads it more evenly');
  });

  it('speaks of evenness where both shares lie on one side of the even one, and of the shares elsewhere', () => {
    const reading = (base: number, share: number | null, sign: 1 | -1 = -1) =>
      plain(
        shapleyReading(
          [
            { id: 'LoRA', name: 'LoRA', results: [credit(base)] },
            { id: 'CopRA', name: 'CopRA', results: [credit(share)] },
          ],
          always(sign * Math.abs(base - (share ?? 0)), 0.04),
        ),
      );
    expect(reading(0.3, 0.05)).toContain('CopRA spreads it less evenly than LoRA');
    expect(reading(0.05, 0.3, 1)).toContain('CopRA spreads it more evenly than LoRA');
    // Six points too much and five too few: which is further from even, nobody tested.
    expect(reading(0.39, 0.28)).toContain('the top third of CopRA carries less of it than that of LoRA');
    expect(reading(0.28, 0.39, 1)).toContain('the top third of CopRA carries more of it than that of LoRA');
    expect(reading(0.39, null)).toContain('; no layer of CopRA carries credit');
    expect(shapleyReading([], unknown)).toBe('Nothing measured yet.');
  });

  it('has an even share for every arm where these adapt different towers', () => {
    const text = [0, 1].map((layer) => ({ tower: 'text', layer }) as const);
    const both = { ...credit(0.3), players: [...layers, ...text] };
    const reading = shapleyReading(
      [
        { id: 'LoRA', name: 'LoRA', results: [credit(0.2)] },
        { id: 'CopRA', name: 'CopRA', results: [both] },
      ],
      always(0.1, 0.04),
    );
    expect(plain(reading)).toContain('equal layers would carry 33 % and 36 %');
    expect(reading).toContain('the top third of CopRA carries more of it than that of LoRA');
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
