import { describe, expect, it } from 'vitest';
import { searchFixture, testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { armIdOf, armOf, candidateStudy } from './candidate-study.ts';
import { few, plenty, REGIMES, savedSearchFile, testResultFile } from './regimes.ts';
import { isLikeSearch, readSearch } from './read-search.ts';
import { TAKES, type ScheduleSearch } from './schedule-search.ts';

const search = testedSearch('behind');
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const changed = (change: (search: ReturnType<typeof testedSearch>) => unknown) => () =>
  readSearch(json(change(structuredClone(search))));

describe('the file of a search', () => {
  it.each([0, 1, 2, 3])('opens after %d rungs as it was written', (rungs) => {
    const some = searchFixture(rungs);
    expect(readSearch(json(some))).toEqual(some);
  });

  it('opens with its test, in both regimes', () => {
    for (const regime of REGIMES) expect(readSearch(json(testedSearch('ahead', regime))).confirmed?.images).toBe(796);
  });

  it.each<[string, () => ScheduleSearch, RegExp]>([
    ['is no search', () => readSearch({ rungs: [] }), /no search/],
    ['is no object', () => readSearch('search'), /no search/],
    ['is of a later version', changed((one) => ({ ...one, version: 2 })), /version 2.*reads version 1/],
    ['is of an unknown regime', changed((one) => ({ ...one, regime: 'huge' })), /“huge”; this page knows plenty, few/],
    [
      'has accuracies above 1',
      changed((one) => (one.rungs[0].tried[0].accuracy[0] = 61) && one),
      /rungs\.0\.tried\.0\.accuracy\.0.*between 0 and 1/,
    ],
    [
      'lacks the steps of a rung',
      changed((one) => ({ ...one, rungs: [{ ...one.rungs[0], steps: undefined }] })),
      /rungs\.0\.steps/,
    ],
    [
      'names a stranger',
      changed((one) => (one.rungs[1].tried[0].candidate = 'nobody') && one),
      /“nobody”, which is none/,
    ],
    ['has a winner nobody knows', changed((one) => (one.confirmed.winner.candidate = 'ghost') && one), /“ghost”/],
    ['has a candidate twice', changed((one) => one.candidates.push(one.candidates[3]) && one), /“copra-fast” twice/],
    ['has adapters twice', changed((one) => one.rungs[0].tried.push(one.rungs[0].tried[0]) && one), /“lora” twice/],
    [
      'has more values than seeds',
      changed((one) => one.rungs[0].tried[0].kept.push(0.5, 0.5) && one),
      /more values than seeds/,
    ],
    [
      'changes what is no setting',
      changed((one) => (one.candidates[4].change = { speed: 3 }) && one),
      /changes “speed”/,
    ],
    ['changes how it is named', changed((one) => (one.candidates[4].change = { id: 'lora' }) && one), /changes “id”/],
    [
      'has a setting out of range',
      changed((one) => (one.candidates[4].change = { p0: 7 }) && one),
      /ramp over a quarter.*p0/,
    ],
    ['has an id that no arm can have', changed((one) => (one.candidates[4].id = 'A B') && one), /candidates\.4\.id/],
  ])('is refused in words where it %s', (_, open, why) => {
    expect(open).toThrow(why);
  });

  it.each<[string, () => ScheduleSearch]>([
    [
      'candidates',
      () => {
        const candidates = Array.from({ length: 3000 }, (_, i) => ({ ...search.candidates[0], id: `a${i}` }));
        return readSearch({ ...search, candidates });
      },
    ],
    [
      'results of a rung',
      () =>
        readSearch({ ...search, rungs: [{ ...search.rungs[0], tried: Array(3000).fill(search.rungs[0].tried[0]) }] }),
    ],
    ['rungs', () => readSearch({ ...search, rungs: Array(60).fill(search.rungs[0]) })],
    ['seeds', () => readSearch({ ...search, rungs: [{ ...search.rungs[0], seeds: Array(200).fill(0) }] })],
  ])('is refused with more %s than any search has, before they are compared with each other', (_, open) => {
    expect(open).toThrow(/damaged.*length/i);
  });

  it('is told from other JSON by what it has', () => {
    expect(isLikeSearch(search)).toBe(true);
    expect([null, 3, [], { candidates: [] }, { config: {}, runs: [] }].some(isLikeSearch)).toBe(false);
  });

  it('lies beside the result of its test', () => {
    expect(testResultFile(savedSearchFile(plenty))).toBe('showcase/schedule-plenty.result.json');
    expect(testResultFile('out/search')).toBe('out/search.result.json');
  });
});

describe('a candidate as a study', () => {
  const studies = [plenty, few].flatMap((regime) =>
    testedSearch('behind', regime).candidates.flatMap((candidate) =>
      TAKES.map((take) => ({ regime, candidate, take, config: candidateStudy(regime, candidate, take) })),
    ),
  );

  it('stands beside LoRA and CopRA with what it changes, and everything else as they have it', () => {
    for (const { regime, candidate, take, config } of studies) {
      expect(config.arms.slice(0, 2)).toEqual(regime.config.arms);
      expect({ ...config, arms: [] }).toEqual({ ...regime.config, arms: [] });
      const isOwn = take === 'last' && ['lora', 'copra'].includes(candidate.id);
      expect(config.arms).toHaveLength(isOwn ? 2 : 3);
      if (isOwn) continue;
      expect(config.arms[2]).toMatchObject({ ...candidate.change, method: candidate.method });
      expect(config.arms[2].id).toBe(armIdOf({ candidate: candidate.id, take }));
      expect(config.arms[2]).toEqual(armOf(regime, candidate, take));
    }
  });
});
