/** The arithmetic of the search for a schedule: who goes on, who wins, and what its studies are. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  CONFIRMATION,
  REFERENCES,
  RUNGS,
  candidatesOf,
  rungStudy,
  survivors,
  winnerOf,
} from '../../scripts/figures/schedule-search.ts';
import { REGIMES } from '../../src/study/schedules/regimes.ts';
import type { Rung, Tried } from '../../src/study/schedules/schedule-search.ts';
import { MAX_ARMS, StudyConfigSchema } from '../../src/study/config/config.ts';
import { trainedArms } from '../../src/study/config/trainings.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';

const tried = (candidate: string, accuracy: number, kept: number | null, midpoint: number): Tried => ({
  candidate,
  take: 'last',
  accuracy: [accuracy - 0.01, accuracy + 0.01],
  kept: kept === null ? [] : [kept],
  midpoint: [midpoint],
});

/** LoRA is the most accurate, CopRA keeps most and has the better midpoint; a gain of 0.2 is the most. */
const rung = (...others: Tried[]): Rung => ({
  steps: 10,
  seeds: [1, 2],
  images: 100,
  frozen: 0.4,
  tried: [tried('lora', 0.6, 0.6, 0.5), tried('copra', 0.55, 0.9, 0.52), ...others],
});

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

  it('uses seeds that no saved study reports, and others for its confirmation', () => {
    const reported = new Set(PRESETS.flatMap(({ config }) => config.seeds));
    for (const { seeds } of [...RUNGS, CONFIRMATION]) for (const seed of seeds) expect(reported.has(seed)).toBe(false);
    for (const { seeds } of RUNGS) for (const seed of CONFIRMATION.seeds) expect(seeds).not.toContain(seed);
    expect(CONFIRMATION.seeds.length).toBeGreaterThanOrEqual(6);
  });

  it('lets the references and the best go on, however they are taken, and names a winner that is no reference', () => {
    const averaged = { ...tried('b', 0.61, 0.92, 0.53), take: 'average' as const };
    const all = rung(tried('a', 0.5, 0.9, 0.52), tried('b', 0.4, 0.4, 0.4), averaged, tried('c', 0.59, 0.9, 0.52));
    const candidates = ['lora', 'copra', 'a', 'b', 'c'].map((id) => ({
      ...{ id, name: id },
      method: 'copra' as const,
      change: {},
    }));
    expect(survivors(all, candidates, 2).map(({ id }) => id)).toEqual(['lora', 'copra', 'b', 'c']);
    expect(winnerOf(all)).toEqual({ candidate: 'b', take: 'average' });
    const meanOfReference = { ...tried('lora', 0.7, 0.99, 0.6), take: 'average' as const };
    expect(winnerOf(rung(meanOfReference))).toEqual({ candidate: 'lora', take: 'average' });
    expect(winnerOf(rung())).toBeNull();
  });
});
