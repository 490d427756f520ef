import { describe, expect, it } from 'vitest';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { readJsonFile } from '../../../../tests/support/files.ts';
import { interactionsReading, interactionsTold, layerSetsReading } from './coalitions-captions.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const differ =
  (mean: number, half: number, scope: ScopedInterval['scope'] = 'seeds and images') =>
  () => ({
    mean,
    low: mean - half,
    high: mean + half,
    seeds: 2,
    images: 64,
    scope,
  });
const arm = (id: string, name: string, ...means: number[]) => ({
  id,
  name,
  results: means.map((value) => ({ accuracy: [value - 0.001, value, value + 0.001], images: 64, motifs: 52 })),
});

describe('interactionsReading', () => {
  const arms = [arm('lora', 'LoRA', -0.002, -0.001), arm('copra', 'CopRA', -0.003, -0.003)];

  it('says what two layers are worth together, and whose layers substitute for one another more', () => {
    expect(plain(interactionsReading(arms, differ(-0.0015, 0.001)))).toBe(
      'Two layers together are worth 0.15 points less than apart for LoRA and 0.30 points less for CopRA ' +
        '(mean of 3 pairs; 2 seeds each, 64 test images of 52 motifs); CopRA’s layers substitute for one another more than LoRA’s, ' +
        'by 0.15 points (95 % interval 0.05 to 0.25 points over seeds and images).',
    );
    expect(interactionsReading([...arms].reverse(), differ(0.0015, 0.001))).toContain(
      'LoRA’s layers substitute for one another less than CopRA’s',
    );
  });

  it('states the difference of the seeds that both arms have', () => {
    expect(plain(interactionsReading(arms, differ(0.0015, 0.001)))).toContain(
      'CopRA’s layers substitute for one another less than LoRA’s, by 0.15 points, over the 2 seeds that both have (95 % interval 0.05',
    );
  });

  it('says who needs one another less where layers do not substitute for one another', () => {
    const needing = [arm('lora', 'LoRA', 0.02, 0.02), arm('copra', 'CopRA', 0.012, 0.012)];
    expect(plain(interactionsReading(needing, differ(-0.008, 0.001)))).toContain(
      '; CopRA’s layers need one another less than LoRA’s, by 0.80 points (95',
    );
    const mixed = [needing[0], arm('copra', 'CopRA', -0.001, -0.001)];
    expect(plain(interactionsReading(mixed, differ(-0.021, 0.001)))).toContain('need one another less');
    const saved = readJsonFile('public/showcase/few-shots.json') as StudyResult;
    const shifted = {
      ...saved,
      shapley: saved.shapley.map((entry) => {
        const { everyCoalition } = entry;
        const { interactions } = everyCoalition!;
        const accuracy = interactions.accuracy.map((value) => value + 0.02);
        return { ...entry, everyCoalition: { ...everyCoalition!, interactions: { ...interactions, accuracy } } };
      }),
    };
    expect(interactionsTold(shifted).message).not.toContain('substitute');
    expect(interactionsTold(shifted).message).toMatch(/need one another less|do not clearly differ/);
  });

  it('counts the pairs of every arm where these adapt different towers', () => {
    const fewer = { ...arms[1], results: [{ accuracy: [-0.003], images: 64, motifs: 52 }] };
    expect(interactionsReading([arms[0], fewer], () => null)).toContain('(mean of 3 and 1 pairs; 1 to 2 seeds, ');
  });

  it('claims nothing where the interval does not', () => {
    expect(interactionsReading(arms, differ(-0.0015, 0.002))).toContain('it is not clear whose mean');
    expect(interactionsReading(arms, differ(-0.0015, 0.001, 'images'))).toContain('; too few seeds to say whose');
    expect(interactionsReading([arm('lora', 'LoRA', 0.004), arm('copra', 'CopRA')], () => null)).toBe(
      'Two layers together are worth 0.40 points more than apart for LoRA (mean of 3 pairs; 1 seed, 64 test images of 52 motifs).',
    );
    expect(interactionsReading([], () => null)).toBe('Nothing measured yet.');
  });
});

describe('layerSetsReading', () => {
  it('says what is left with half of the layers', () => {
    const run = { first: [0.3, 0.4, 0.6], last: [0.3, 0.5, 0.6], best: [0.3, 0.55, 0.6], mean: [0.3, 0.45, 0.6] };
    const arms = [{ id: 'lora', name: 'LoRA', results: [{ ...run, images: 64, motifs: 52 }] }];
    expect(plain(layerSetsReading(arms).reading)).toBe(
      'With 1 of 2 layers on, LoRA has 40.0 % with the first, 50.0 % with the last, 55.0 % with the best and 45.0 % with ' +
        'any set on average, and 60.0 % with all; the best set is chosen on one half of the images and tested on the ' +
        'other (1 seed, 64 test images of 52 motifs).',
    );
    // An arm that adapts another tower has layers of its own.
    const all = [0.3, 0.35, 0.4, 0.45, 0.5];
    const larger = {
      id: 'copra',
      name: 'CopRA',
      results: [{ first: all, last: all, best: all, mean: all, images: 64, motifs: 52 }],
    };
    expect(plain(layerSetsReading([...arms, larger]).reading)).toContain(
      'and 60.0 % with all; with 2 of 4 layers on, CopRA has 40.0 % with the first, 40.0 % with the last, 40.0 % with the best',
    );
    expect(plain(layerSetsReading([larger, ...arms]).reading)).toContain(
      'and 50.0 % with all; with 1 of 2 layers on, LoRA has',
    );
    const five = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const odd = {
      ...larger,
      results: [{ first: five, last: five, best: five, mean: five, images: 64, motifs: 52 }],
    };
    expect(plain(layerSetsReading([odd]).reading)).toContain('With 2 of 5 layers on, CopRA has 30.0 % with the first');
    expect(plain(layerSetsReading([...arms, ...arms]).reading).match(/layers on/g)).toHaveLength(1);
    expect(layerSetsReading([]).reading).toBe('Nothing measured yet.');
  });
});
