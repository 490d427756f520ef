/** The arithmetic of the search for a schedule: who goes on, who wins, and what its studies are. */
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CONFIRMATION,
  REFERENCES,
  RUNGS,
  candidatesOf,
  rungStudy,
  survivors,
  winnerOf,
} from '../../scripts/figures/schedule-search.ts';
import { judged, judgedRung } from '../fixtures/schedule-search.ts';
import { scheduleReadings } from '../../src/state/search/readings/messages.de.ts';
import { SCHEDULE_READINGS } from '../../src/state/search/readings/messages.ts';
import { speak, speakEnglish } from '../../src/core/language/catalogue.ts';
import { REGIMES } from '../../src/study/schedules/regimes.ts';
import { MAX_ARMS, StudyConfigSchema } from '../../src/study/config/config.ts';
import { trainedArms } from '../../src/study/config/trainings.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';

afterEach(speakEnglish);

describe('the search for a schedule', () => {
  it.each(REGIMES)('has valid studies in the regime $name, each training taken in two ways', (regime) => {
    const candidates = candidatesOf(regime);
    expect(new Set(candidates.map(({ id }) => id)).size).toBe(candidates.length);
    expect(candidates.map(({ id }) => id)).toEqual(expect.arrayContaining([...REFERENCES]));
    for (let i = 0; i < candidates.length; i += 4) {
      const some = candidates.slice(i, i + 4);
      const config = v.parse(StudyConfigSchema, rungStudy(regime, some, RUNGS[0]));
      expect(config.arms.length).toBe(2 * some.length);
      expect(trainedArms(config.arms)).toHaveLength(some.length);
      expect(config.arms.length).toBeLessThanOrEqual(MAX_ARMS);
    }
    const all = candidates.flatMap((candidate) => trainedArms(rungStudy(regime, [candidate], RUNGS[0]).arms));
    expect(trainedArms(all)).toHaveLength(candidates.length);
  });

  it.each(REGIMES)('has German names of its candidates in the regime $name, but those of methods', (regime) => {
    const names = candidatesOf(regime).map(({ name }) => name);
    speak('de', (area) => (area === 'scheduleReadings' ? scheduleReadings : null));
    const german = names.map((name) => SCHEDULE_READINGS.called(name));
    expect(new Set(german).size).toBe(names.length);
    expect(german.filter((name) => /rate\b|ramp\b|over|later|sooner|divided|\d\.\d/.test(name))).toEqual([]);
    speakEnglish();
    expect(names.map((name) => SCHEDULE_READINGS.called(name))).toEqual(names);
  });

  it('uses seeds that no saved study reports, and others for its confirmation', () => {
    const reported = new Set(PRESETS.flatMap(({ config }) => config.seeds));
    for (const { seeds } of [...RUNGS, CONFIRMATION]) for (const seed of seeds) expect(reported.has(seed)).toBe(false);
    for (const { seeds } of RUNGS) for (const seed of CONFIRMATION.seeds) expect(seeds).not.toContain(seed);
    expect(CONFIRMATION.seeds.length).toBeGreaterThanOrEqual(6);
  });

  it('lets the references and the best go on, however they are taken, and names a winner that is no reference', () => {
    const averaged = { ...judged('b', 0.61, 0.92, 0.53), take: 'average' as const };
    const all = judgedRung(
      judged('a', 0.5, 0.9, 0.52),
      judged('b', 0.4, 0.4, 0.4),
      averaged,
      judged('c', 0.59, 0.9, 0.52),
    );
    const candidates = ['lora', 'copra', 'a', 'b', 'c'].map((id) => ({
      id,
      name: id,
      method: 'copra' as const,
      change: {},
    }));
    expect(survivors(all, candidates, 2).map(({ id }) => id)).toEqual(['lora', 'copra', 'b', 'c']);
    expect(winnerOf(all)).toEqual({ candidate: 'b', take: 'average' });
    const meanOfReference = { ...judged('lora', 0.7, 0.99, 0.6), take: 'average' as const };
    expect(winnerOf(judgedRung(meanOfReference))).toEqual({ candidate: 'lora', take: 'average' });
    expect(winnerOf(judgedRung())).toBeNull();
  });
});
