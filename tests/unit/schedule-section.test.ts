/** What docs/results.md says of a search for a schedule, from made-up numbers. */
import { describe, expect, it } from 'vitest';
import { unknownSearch } from '../../scripts/figures/schedule-halving.ts';
import { plenty } from '../../scripts/figures/schedule-regimes.ts';
import { scheduleText } from '../../scripts/figures/schedule-section.ts';
import { REFERENCES, type ScheduleSearch, type Tried } from '../../scripts/figures/schedule-search.ts';

const tried = (candidate: string, accuracy: number, take: Tried['take'] = 'last'): Tried => ({
  ...{ candidate, take, accuracy: [accuracy], kept: [take === 'average' ? 0.9 : 0.8], midpoint: [accuracy - 0.05] },
});

const rung = {
  ...{ steps: 2000, seeds: [20, 21], images: 748, frozen: 0.36 },
  tried: [...REFERENCES.map((id) => tried(id, 0.6)), tried('p3', 0.58), tried('p3', 0.62, 'average')],
};
const searched: ScheduleSearch = { ...unknownSearch(plenty, 1), rungs: [rung] };

const confirmed = (low: number, high: number): ScheduleSearch => ({
  ...searched,
  confirmed: {
    ...rung,
    ...{ seeds: [30, 31], images: 796, winner: { candidate: 'p3', take: 'average' } },
    differences: REFERENCES.flatMap((reference) =>
      (['accuracy', 'kept', 'midpoint'] as const).map((measure) => ({
        ...{ measure, reference, mean: 0.01, low: -0.01, high: 0.03 },
        ...(measure === 'accuracy' && reference === 'lora' && { mean: (low + high) / 2, low, high }),
      })),
    ),
  },
});

describe('the section of a search for a schedule', () => {
  it('lists everything of the last rung, best first', () => {
    const rows = scheduleText(plenty, searched)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows[2]).toBe('| p₀ = 0.3, mean of the last | 62.0 | 90.0 | 57.0 | +2.0 |');
    expect(rows.at(-1)).toBe('| p₀ = 0.3 | 58.0 | 80.0 | 53.0 | −2.0 |');
    expect(rows).toHaveLength(2 + rung.tried.length);
    expect(scheduleText(plenty, searched)).toContain('not tested yet');
    expect(scheduleText(plenty, unknownSearch(plenty, 1))).toBe('');
  });

  it('says what the test with fresh seeds decides, as its intervals allow', () => {
    const ahead = scheduleText(plenty, confirmed(0.01, 0.05));
    expect(ahead).toContain('**p₀ = 0.3, mean of the last** is clearly below no reference in any of the three.');
    expect(ahead).toContain('It is clearly above LoRA in accuracy.');
    expect(ahead).toContain('| LoRA | **+3.0 (+1.0 to +5.0)** |');
    const behind = scheduleText(plenty, confirmed(-0.05, -0.01));
    expect(behind).toContain(
      'is clearly below LoRA in accuracy: no schedule of this search has both. It is clearly above no reference.',
    );
  });
});
