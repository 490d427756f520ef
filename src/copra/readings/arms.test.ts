import { describe, expect, it } from 'vitest';
import type { IntervalScope, ScopedInterval } from '../../core/crossed-interval.ts';
import { armsMessage, armsReading, type ArmBeside } from './arms.ts';

const interval = (low: number, high: number, scope: IntervalScope | null = 'seeds'): ScopedInterval => ({
  mean: (low + high) / 2,
  ...{ low, high, scope },
  seeds: 3,
  images: 400,
});
const [lower, same, higher] = [interval(-0.05, -0.01), interval(-0.02, 0.02), interval(0.01, 0.05)];
const arm = (name: string, accuracy: ScopedInterval | null, barrier: ScopedInterval | null): ArmBeside => ({
  ...{ name, accuracy, barrier },
});

describe('armsMessage', () => {
  it('says what the arms with clearly lower barriers pay', () => {
    expect(armsMessage('LoRA', [arm('a', lower, lower), arm('b', same, same)])).toBe(
      'Every arm that clearly loses less than LoRA between two seeds is less accurate with every layer on.',
    );
    expect(armsMessage('LoRA', [arm('a', lower, lower), arm('b', same, lower)])).toBe(
      'Some arms clearly lose less than LoRA between two seeds, and are not clearly less accurate.',
    );
  });

  it('says so where none does better, and where seeds are too few', () => {
    expect(armsMessage('LoRA', [arm('a', same, same), arm('b', same, higher)])).toBe(
      'No arm clearly loses less than LoRA between two seeds.',
    );
    expect(armsMessage('LoRA', [arm('a', lower, interval(-0.05, -0.01, 'images'))])).toBe(
      'Too few seeds to say which arms lose less than LoRA between two seeds.',
    );
    expect(armsMessage('LoRA', [])).toBe('');
  });
});

it('reads the ends, and the arms whose interval lies below 0, with what it is over', () => {
  const images = interval(-0.05, -0.01, 'images');
  const others = [arm('a', same, images), arm('b', same, images), arm('c', same, same)];
  const ends = {
    lowestBarrier: { name: 'a', barrier: 0.022, accuracy: 0.536 },
    highestAccuracy: { name: 'b', barrier: 0.071, accuracy: 0.609 },
  };
  expect(armsReading('LoRA', others, ends, 400).replaceAll('\u00a0', ' ')).toBe(
    'The lowest barrier has a, 2.2 points at 53.6 %; the highest accuracy has b, 7.1 points at 60.9 %; the 95 % interval of the barrier minus that of LoRA, over images, for these seeds alone, lies below 0 for 2 of 3 arms (a and b); 400 test images.',
  );
  expect(armsReading('LoRA', [], { ...ends, highestAccuracy: ends.lowestBarrier }, 400)).toContain(
    'which is the most accurate arm, too',
  );
});
