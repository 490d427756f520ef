import { describe, expect, it } from 'vitest';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { besideBackboneMessage, domainsReading, keptReading } from './domains-caption.ts';

const interval = (mean: number, half: number, scope: ScopedInterval['scope'] = 'seeds and images'): ScopedInterval => ({
  mean,
  low: mean - half,
  high: mean + half,
  seeds: 2,
  images: 100,
  scope,
});
const run = (own: number, others: number, othersHalf: number | null = null) => ({ own, others, othersHalf });
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const lora = { id: 'lora', name: 'LoRA', results: [run(0.6, 0.3), run(0.62, 0.32)] };
const copra = { id: 'copra', name: 'CopRA', results: [run(0.58, 0.36), run(0.6, 0.38)] };
const about = { count: 7, images: 1219, pictures: 419, motifs: 198, halves: 2, frozen: 0.4, frozenName: 'zero-shot' };

describe('the reading of other domains', () => {
  it('says first which arm is ahead there, and how surely', () => {
    expect(plain(domainsReading([lora, copra], about, () => interval(0.06, 0.01)))).toBe(
      'On 7 other domains CopRA is 6.0 points ahead of LoRA (95 % interval 5.0 to 7.0 points over seeds and images); LoRA 31.0 ± 1.4 % and CopRA 37.0 ± 1.4 %, zero-shot 40.0 %; on the domain they were trained on 61.0 % and 59.0 %; 2 seeds each, 1,219 test images in other domains: 419 different pictures of 198 motifs.',
    );
    expect(plain(domainsReading([lora, copra], about, () => interval(0.06, 0.1)))).toContain(
      'CopRA is 6.0 points ahead of LoRA, but the difference is not clear',
    );
  });

  it('speaks of the halves of the layers, which are few and fixed, where every arm was tested so, and of one arm alone', () => {
    const half = [run(0.6, 0.3, 0.35)];
    const text = plain(domainsReading([{ ...lora, results: half }], { ...about, count: 1 }, () => null));
    expect(text).toMatch(
      /^On the other domain: LoRA 30\.0 %, zero-shot 40\.0 %; with 2 fixed halves of the layers on 35\.0 %/,
    );
    expect(domainsReading([{ ...lora, results: half }, copra], about, () => null)).not.toContain('half');
    expect(domainsReading([], about, () => null)).toBe(READING_WORDS.nothingYet);
  });
});

describe('the reading of what is kept of the backbone', () => {
  it('says what is lost and gained, and where that is clear', () => {
    const domains = [
      { name: 'Plain', kept: interval(-0.2, 0.05) },
      { name: 'Night', kept: interval(0.01, 0.05) },
      { name: 'Sketch', kept: interval(0.1, 0.05) },
    ];
    expect(plain(keptReading([{ name: 'LoRA', others: interval(-0.03, 0.01), domains }]).reading)).toBe(
      'Against the backbone, over the other domains LoRA loses 3.0 points (95 % interval 2.0 to 4.0 points over seeds and images); clearly lower on Plain (LoRA); clearly higher on Sketch (LoRA).',
    );
  });

  it('gives no verdict from too few seeds', () => {
    const domains = [{ name: 'Plain', kept: interval(-0.2, NaN, null) }];
    expect(plain(keptReading([{ name: 'LoRA', others: interval(0.03, NaN, null), domains }]).reading)).toBe(
      'Against the backbone, over the other domains LoRA gains 3.0 points, but the seeds are too few to tell.',
    );
    expect(keptReading([]).reading).toBe(READING_WORDS.nothingYet);
  });
});

it('beside the backbone, every arm is told where it is', () => {
  const arms = (first: ScopedInterval, second: ScopedInterval) => [
    { name: 'LoRA', difference: first },
    { name: 'CopRA', difference: second },
  ];
  expect(besideBackboneMessage(arms(interval(-0.1, 0.05), interval(-0.1, 0.05)))).toBe(
    'On other domains, LoRA and CopRA are below the backbone.',
  );
  expect(besideBackboneMessage(arms(interval(-0.1, 0.05), interval(0.1, 0.2)))).toBe(
    'On other domains, LoRA is below the backbone and CopRA is not clearly apart from the backbone.',
  );
  expect(besideBackboneMessage(arms(interval(-0.1, 0.05), interval(0.1, 0.05)))).toBe(
    'On other domains, LoRA is below the backbone and CopRA is above the backbone.',
  );
  expect(besideBackboneMessage(arms(interval(0.1, NaN, null), interval(0.1, NaN, null)))).toBe(
    'On other domains, too few seeds to say what training changes.',
  );
});
