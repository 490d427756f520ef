import { describe, expect, it } from 'vitest';
import { searchFixture, testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import type { ReferenceDifference, ScheduleSearch } from './schedule-search.ts';
import { measuresOf, offeringTest, verdictOf } from './verdict.ts';

const ahead = testedSearch('ahead');
/** The same test with other differences. */
const withDifferences = (change: (difference: ReferenceDifference) => ReferenceDifference): ScheduleSearch => ({
  ...ahead,
  confirmed: { ...ahead.confirmed, differences: ahead.confirmed.differences.map(change) },
});

describe('the verdict of a test', () => {
  it.each(['ahead', 'behind', 'unclear'] as const)('is "%s" where the intervals say so', (outcome) => {
    expect(verdictOf(testedSearch(outcome)).kind).toBe(outcome);
  });

  it('is none before the test', () => {
    expect(verdictOf(searchFixture())).toEqual({ kind: 'none', below: [], above: [] });
  });

  it('is behind for one clear loss, whatever is won elsewhere', () => {
    const one = withDifferences((difference) =>
      difference.reference === 'copra-fast' && difference.measure === 'midpoint'
        ? { ...difference, mean: -0.02, low: -0.04, high: -0.001 }
        : difference,
    );
    expect(verdictOf(one).kind).toBe('behind');
    expect(measuresOf(verdictOf(one).below, 'copra-fast')).toEqual(['midpoint']);
  });

  it('is unclear while one reference is beaten in nothing, or too few seeds say so', () => {
    const equal = withDifferences((difference) =>
      difference.reference === 'lora-fast' ? { ...difference, low: -0.001 } : difference,
    );
    expect(verdictOf(equal).kind).toBe('unclear');
    expect(verdictOf(withDifferences((difference) => ({ ...difference, low: null, high: null }))).kind).toBe('unclear');
    expect(verdictOf({ ...ahead, references: [] }).kind).toBe('unclear');
  });
});

describe('a winner is offered as a method', () => {
  it('after a whole search whose test with fresh seeds is ahead', () => {
    expect(offeringTest(ahead)).toBe(ahead.confirmed);
    for (const outcome of ['behind', 'unclear'] as const) expect(offeringTest(testedSearch(outcome))).toBeNull();
    expect(offeringTest(searchFixture())).toBeNull();
  });

  it('not after a shortened search, with few seeds, or with seeds that the search had seen', () => {
    expect(offeringTest({ ...ahead, budget: 0.5 })).toBeNull();
    const withSeeds = (seeds: number[]): ScheduleSearch => ({ ...ahead, confirmed: { ...ahead.confirmed, seeds } });
    expect(offeringTest(withSeeds([30, 31, 32, 33, 34]))).toBeNull();
    expect(offeringTest(withSeeds([30, 31, 32, 33, 34, 20]))).toBeNull();
  });
});
