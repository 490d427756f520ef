import { describe, expect, it } from 'vitest';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { independentImages } from '../../../core/clusters.ts';
import { budgetReading } from './equal-budgets.ts';
import { sinceStep, timelineReading, type AtStep, type TimelineArm } from './timeline-caption.ts';

const interval = (mean: number, half: number | null = 0.01): ScopedInterval => ({
  mean,
  low: half === null ? NaN : mean - half,
  high: half === null ? NaN : mean + half,
  seeds: 3,
  images: 100,
  scope: half === null ? null : 'seeds and images',
});
const at = (means: readonly number[], half?: number | null): (AtStep & { readonly interval: ScopedInterval })[] =>
  means.map((mean, i) => ({ step: [10, 40, 90][i], interval: interval(mean, half) }));
const arm = (name: string, changes: Partial<TimelineArm>): TimelineArm => ({
  name,
  aboveEnds: [],
  midpoint: [],
  everyOther: [],
  seeds: 3,
  pairs: 3,
  ...changes,
});
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('the reading of measures along training', () => {
  it('says from which step on the midpoint is not clearly worse than its ends, and where arms differ', () => {
    const text = timelineReading(
      [
        arm('LoRA', { aboveEnds: at([0, -0.02, -0.05]) }),
        arm('CopRA', {
          aboveEnds: at([-0.02, 0, 0.03]),
          midpoint: at([0, 0.02, 0.03]),
          everyOther: at([0.1, 0.2, 0.2]),
        }),
      ],
      independentImages(619),
    );
    expect(plain(text)).toBe(
      'How early is mergeability visible? Half-way between two seeds on the factor path LoRA is clearly worse than its ends at the last step, 5.0 points below (95 % interval 4.0 to 6.0 points over seeds and images); ' +
        'CopRA is no longer clearly worse than its ends from step 40 on, 0.0 points above there (95 % interval −1.0 to 1.0 points over seeds and images) and 3.0 points above at the last (95 % interval 2.0 to 4.0 points over seeds and images); ' +
        'CopRA against LoRA after equal steps (over seeds and images): its midpoint is clearly ahead from step 40 on, its gain kept with every other layer on is clearly ahead at every tested step; ' +
        '3 seeds each, 3 pairs, 3 steps, 619 test images.',
    );
  });

  it('does not hide what is passing, behind, unclear or unknown', () => {
    const read = (midpoint: AtStep[]) =>
      timelineReading(
        [arm('LoRA', { aboveEnds: at([0, 0, 0]) }), arm('CopRA', { aboveEnds: at([0, 0, 0]), midpoint })],
        independentImages(9),
      );
    expect(read(at([0.02, 0.02, 0]))).toContain('its midpoint is clearly ahead at steps 10, 40, but not in the end');
    expect(read(at([0, 0, -0.02]))).toContain('its midpoint is clearly behind from step 90 on');
    expect(read(at([0, 0, 0]))).toContain('its midpoint is not clearly ahead in the end');
    expect(read(at([0, 0, 0], null))).not.toContain('against');
    expect(timelineReading([arm('LoRA', { aboveEnds: at([0, 0, 0], null) })], independentImages(9))).toContain(
      'too few seeds to say',
    );
    expect(timelineReading([arm('LoRA', { pairs: 0, seeds: 1 })], independentImages(9))).toContain(
      'Two seeds of an arm are needed',
    );
    expect(timelineReading([], independentImages(9))).toBe('Nothing measured yet.');
  });

  it('does not call a gap that grows with its interval an improvement', () => {
    const aboveEnds = at([-0.02, -0.02, -0.03]).map(({ step, interval: { mean } }, i) => ({
      step,
      interval: { ...interval(mean, [0.01, 0.03, 0.08][i]), scope: 'seeds' as const },
    }));
    expect(plain(timelineReading([arm('CopRA', { aboveEnds })], independentImages(9)))).toContain(
      'whether CopRA is worse than its ends cannot be told from step 40 on, 2.0 points below there (95 % interval −1.0 to 5.0 points over seeds, on these images alone) and 3.0 points below at the last (95 % interval −5.0 to 11.0 points over seeds, on these images alone);',
    );
    const passing = at([-0.02, -0.02, 0]);
    expect(plain(timelineReading([arm('CopRA', { aboveEnds: passing })], independentImages(9)))).toContain(
      'cannot be told from step 90 on, 0.0 points above at the last (95 % interval',
    );
  });

  it('finds since when something holds', () => {
    const holds = ({ mean }: ScopedInterval): boolean => mean > 0;
    expect(sinceStep(at([1, -1, 1]), holds)).toBe(90);
    expect(sinceStep(at([1, 1, 1]), holds)).toBe(10);
    expect(sinceStep(at([1, 1, -1]), holds)).toBeNull();
    expect(sinceStep([...at([1]), { step: 40, interval: null }], holds)).toBeNull();
  });
});

describe('the reading at equal budgets', () => {
  const common = {
    baseline: 'LoRA',
    other: 'CopRA',
    share: 0.628,
    steps: [1256, 2000] as const,
    measured: 'accuracy with everything on' as const,
  };

  it('says what was spent, where the arms are read, and how they differ', () => {
    expect(plain(budgetReading({ ...common, budget: 'adapter updates', accuracy: interval(0.02) }))).toBe(
      'CopRA spends 63 % of the adapter updates of LoRA; where both have spent the same, LoRA at step 1,256 and CopRA at step 2,000, CopRA is 2.0 points ahead in accuracy with everything on (95 % interval 1.0 to 3.0 points over seeds and images).',
    );
    expect(budgetReading({ ...common, budget: 'compute', accuracy: null })).toContain('nothing was tested');
    const same = budgetReading({ ...common, budget: 'compute', accuracy: interval(0) });
    expect(plain(same)).toContain('they do not differ in accuracy with everything on (95 % interval ');
  });
});
