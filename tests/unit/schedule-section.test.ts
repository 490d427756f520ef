/** What docs/results.md says of a search for a schedule, from made-up numbers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { searchFixture, testedSearch } from '../fixtures/schedule-search.ts';
import { unknownSearch } from '../../scripts/figures/schedule-halving.ts';
import { scheduleSection, scheduleSummary, scheduleText } from '../../scripts/figures/schedule-section.ts';
import { formatted } from '../../scripts/formatted.ts';
import { verdictText } from '../../src/state/search/search-points.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { armIdOf } from '../../src/study/schedules/candidate-study.ts';
import { readSearch } from '../../src/study/schedules/read-search.ts';
import { REFERENCES } from '../../scripts/figures/schedule-search.ts';
import { few, plenty, REGIMES, savedSearchFile, testResultFile } from '../../src/study/schedules/regimes.ts';
import type { ScheduleSearch, Tried } from '../../src/study/schedules/schedule-search.ts';

const tried = (candidate: string, accuracy: number, take: Tried['take'] = 'last'): Tried => ({
  candidate,
  take,
  accuracy: [accuracy],
  kept: [take === 'average' ? 0.9 : 0.8],
  midpoint: [accuracy - 0.05],
});

const rung = {
  steps: 2000,
  seeds: [20, 21],
  images: 748,
  frozen: 0.36,
  tried: [...REFERENCES.map((id) => tried(id, 0.6)), tried('p3', 0.58), tried('p3', 0.62, 'average')],
};
const searched: ScheduleSearch = { ...unknownSearch(plenty, 1), rungs: [rung] };

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
    const ahead = scheduleText(plenty, testedSearch('ahead'));
    expect(ahead).toMatch(/has both: it is clearly below no reference in any of the three measures/);
    expect(ahead).toContain(
      'It is clearly above LoRA in gain kept and midpoint, “LoRA, higher rate” in gain kept and midpoint, CopRA in accuracy',
    );
    expect(ahead).toContain('| LoRA | +0.3 (−1.2 to +1.8) | **+2.4 (+0.9 to +3.9)** |');
    const behind = scheduleText(plenty, testedSearch('behind'));
    expect(behind).toMatch(
      /is clearly below LoRA in accuracy and “LoRA, higher rate” in accuracy: this search found no schedule that has both\. It is clearly above/,
    );
    const unclear = scheduleText(plenty, testedSearch('unclear'));
    expect(unclear).toMatch(
      /not clearly above LoRA, “LoRA, higher rate”, CopRA and “CopRA, higher rate” in any either: this test cannot tell whether it has both\. It is clearly above no reference\./,
    );
    for (const text of [ahead, behind, unclear]) expect(text).toContain('`?search=plenty`');
  });

  it('says so where all trainings were shortened', () => {
    expect(scheduleText(plenty, { ...testedSearch('ahead'), budget: 0.02 })).toContain(
      'All trainings were shortened to 2\u00a0% of their steps: this shows how a search goes, not what comes of it.',
    );
  });

  it('and the head of the page say the same of every search, and nothing of one that is not tested', () => {
    const behind = { regime: plenty, search: testedSearch('behind') };
    expect(scheduleSummary([behind, { regime: few, search: searchFixture(2, few) }])).toMatch(
      /^\nIs there a schedule that has both.*\*\*Plenty of data\*\*: .* this search found no schedule that has both.*\n$/s,
    );
    expect(scheduleSection([behind])).toContain(verdictText(behind.search));
    expect(scheduleSummary([{ regime: few, search: searchFixture(2, few) }])).toBe('');
    expect([scheduleSummary([]), scheduleSection([])]).toEqual(['', '']);
  });
});

describe('a saved search', () => {
  it.each(REGIMES)('of "$name" is there if it is said to be, whole, with the result of its test', (regime) => {
    const file = path.join('public', savedSearchFile(regime));
    expect(existsSync(file)).toBe(regime.saved ?? false);
    if (!regime.saved) return;
    const search = readSearch(JSON.parse(readFileSync(file, 'utf8')));
    expect([search.regime, search.budget]).toEqual([regime.id, 1]);
    const result = v.parse(StudyResultSchema, JSON.parse(readFileSync(testResultFile(file), 'utf8')));
    expect(result.config.seeds).toEqual(search.confirmed?.seeds);
    expect(result.config.arms.map(({ id }) => id)).toContain(armIdOf(search.confirmed!.winner));
  });

  it('is what docs/results.md tells', async () => {
    expect(readFileSync('docs/results.md', 'utf8')).toContain(
      (await formatted('section.md', scheduleSection())).trim(),
    );
  });
});
