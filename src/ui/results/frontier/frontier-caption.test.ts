import { independentImages } from '../../../core/clusters.ts';
import { describe, expect, it } from 'vitest';
import type { IntervalScope, ScopedInterval } from '../../../core/crossed-interval.ts';
import { frontierMessage, frontierReading, type ArmBeside, type FrontierReading } from './frontier-caption.ts';

const interval = (low: number, high: number, scope: IntervalScope | null = 'seeds'): ScopedInterval => ({
  mean: (low + high) / 2,
  low,
  high,
  scope,
  seeds: 3,
  images: 400,
});
const [lower, same, higher] = [interval(-0.05, -0.01), interval(-0.02, 0.02), interval(0.01, 0.05)];
const arm = (name: string, accuracy: ScopedInterval | null, other: ScopedInterval | null): ArmBeside => ({
  name,
  accuracy,
  other,
});
const message = (measure: FrontierReading['measure'], others: readonly ArmBeside[], first = 'LoRA') =>
  frontierMessage({ measure, first, arms: [{ name: first, accuracy: 0.5, other: 0.5 }], others });

describe('the message of the frontier', () => {
  it('counts and names the arms that are clearly better in the measure, and says what they pay', () => {
    expect(message('barrier', [arm('a', lower, lower), arm('b', same, same)])).toBe(
      '1 of 2 arms clearly loses less than LoRA between two seeds: a. It is less accurate with every layer on.',
    );
    expect(message('barrier', [arm('a', lower, lower), arm('b', lower, lower), arm('c', same, same)])).toBe(
      '2 of 3 arms clearly lose less than LoRA between two seeds: a and b. All of them are less accurate with every layer on.',
    );
    expect(message('gain', [arm('a', lower, higher)])).toBe(
      'a clearly keeps more of its gain than LoRA with every other layer off. It is less accurate with every layer on.',
    );
    expect(message('gain', [arm('a', higher, higher), arm('b', higher, higher)])).toBe(
      '2 of 2 arms clearly keep more of their gain than LoRA with every other layer off: a and b. All of them are more accurate with every layer on, too.',
    );
  });

  it('says that nobody can tell what an arm pays where its interval holds losses and gains', () => {
    expect(message('midpoint', [arm('a', same, higher)], 'LoRA, lr 0.01')).toBe(
      'a clearly does better than “LoRA, lr 0.01” half-way between two seeds. Whether it is less accurate with every layer on cannot be told.',
    );
    const unknown = interval(-0.05, -0.01, 'images');
    const all = [arm('a', lower, lower), arm('b', same, lower), arm('c', unknown, lower), arm('d', higher, lower)];
    expect(message('barrier', all)).toBe(
      '4 of 4 arms clearly lose less than LoRA between two seeds: a, b, c and d. With every layer on, 1 is less accurate, 1 is more accurate and 2 may be either.',
    );
  });

  it('says that nothing is compared where the first arm has no such value', () => {
    const [first, others] = ['LoRA', [arm('a', null, null)]];
    expect(frontierMessage({ measure: 'gain', first, arms: [{ name: 'a', accuracy: 0.5, other: 0.5 }], others })).toBe(
      'Nothing is compared with LoRA, which has no such value.',
    );
  });

  it('says so where none does better, and where seeds are too few', () => {
    expect(message('barrier', [arm('a', same, same), arm('b', same, higher)])).toBe(
      'No arm clearly loses less than LoRA between two seeds.',
    );
    expect(message('gain', [arm('a', same, same), arm('b', same, lower)])).toBe(
      'No arm clearly keeps more of its gain than LoRA with every other layer off.',
    );
    expect(message('barrier', [arm('a', lower, interval(-0.05, -0.01, 'images'))])).toBe(
      'Too few seeds to say which arms lose less than LoRA between two seeds.',
    );
    expect(message('barrier', [])).toBe('');
  });

  it('says the name of an arm as it is written', () => {
    expect(message('barrier', [arm('a', same, same)], 'US$$ $& co')).toBe(
      'No arm clearly loses less than US$$ $& co between two seeds.',
    );
  });
});

describe('the reading of the frontier', () => {
  const images = interval(-0.05, -0.01, 'images');
  const reading: FrontierReading = {
    measure: 'barrier',
    first: 'LoRA',
    arms: [
      { name: 'LoRA', accuracy: 0.601, other: 0.08 },
      { name: 'a', accuracy: 0.536, other: 0.022 },
      { name: 'b, late', accuracy: 0.609, other: 0.071 },
    ],
    others: [arm('a', same, images), arm('b, late', same, interval(-0.02, 0.02, 'images'))],
    unbeaten: ['b, late', 'a'],
    seeds: 2,
    images: independentImages(400),
  };
  const words = (of: FrontierReading) => frontierReading(of).reading.replaceAll('\u00a0', ' ');

  it('has the ends, the arms on it, and those whose interval leaves 0 out, with what it is over', () => {
    expect(words(reading)).toBe(
      'Lowest barrier: a, 2.2 points at an accuracy of 53.6 %; highest accuracy: “b, late”, 60.9 % (barrier 7.1 points); ' +
        'none of 3 arms beats “b, late” and a in both; ' +
        'the 95 % interval of the difference to LoRA, over images, for these seeds alone, lies on the better side of 0 for 1 of 2 arms (a); ' +
        'of arms that do not differ from LoRA, about one in forty looks clearly better by luck; ' +
        '2 seeds, 400 test images.',
    );
  });

  it('says beside the message that luck has a part in one that is clear among several', () => {
    const luck = 'about one in forty looks clearly better by luck';
    const numbers = (...others: readonly ArmBeside[]) => frontierReading({ ...reading, others }).numbers;
    expect(numbers(arm('a', same, lower), arm('b, late', same, same))).toContain(luck);
    expect(numbers(arm('a', same, lower))).not.toContain(luck);
    expect(numbers(arm('a', same, same), arm('b, late', same, same))).not.toContain(luck);
    // Too few seeds: the message calls none clear.
    expect(numbers(...reading.others)).not.toContain(luck);
  });

  it('turns with the measure', () => {
    const kept = words({ ...reading, measure: 'gain', unbeaten: ['b, late', 'LoRA'] });
    expect(kept).toMatch(/^Highest gain kept: LoRA, 8\.0 % at an accuracy of 60\.1 %; /);
    expect(kept).not.toContain('95 %');
  });

  it('says where one arm is ahead in both, and nothing before there is anything', () => {
    expect(words({ ...reading, arms: reading.arms.slice(0, 1), others: [], unbeaten: ['LoRA'] })).toContain(
      'it is the most accurate arm, too',
    );
    expect(frontierReading({ ...reading, arms: [] }).reading).toBe('Nothing measured yet.');
  });
});
