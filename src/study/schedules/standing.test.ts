import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judged, judgedRung, searchFixture, testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { sameTaken } from './schedule-search.ts';
import { fateOf, isReference, marginOf, ranked } from './standing.ts';

const REFERENCES = ['lora', 'copra'];

describe('the margin of a candidate', () => {
  it('is that of the measure in which it does worst against the best reference, the gain kept in accuracy', () => {
    const all = judgedRung();
    expect(marginOf(all, judged('x', 0.62, 0.95, 0.5), REFERENCES)).toBeCloseTo(-0.02, 12);
    expect(marginOf(all, judged('x', 0.62, 0.8, 0.6), REFERENCES)).toBeCloseTo(-0.1 * 0.2, 12);
    expect(marginOf(all, judged('x', 0.61, 0.95, 0.53), REFERENCES)).toBeCloseTo(0.01, 12);
    expect(marginOf(all, judged('x', 0.61, null, 0.53), REFERENCES)).toBe(-Infinity);
    expect(marginOf(all, all.tried[0], REFERENCES)).toBeCloseTo(-0.06, 12);
  });

  it('is at or above 0 exactly where every reference is reached in every measure', () => {
    const share = fc.integer({ min: 0, max: 20 }).map((value) => value / 20);
    fc.assert(
      fc.property(share, share, share, (accuracy, kept, midpoint) => {
        const reaches = accuracy >= 0.6 && kept >= 0.9 && midpoint >= 0.52;
        const own = { ...judged('x', accuracy, kept, midpoint), accuracy: [accuracy] };
        expect(
          marginOf(
            {
              ...judgedRung(),
              tried: judgedRung().tried.map((one) => ({ ...one, accuracy: [one.candidate === 'lora' ? 0.6 : 0.55] })),
            },
            own,
            REFERENCES,
          ) >= 0,
        ).toBe(reaches);
      }),
    );
  });

  it('orders a round', () => {
    const { rungs, references } = searchFixture(1);
    const margins = ranked(rungs[0], references).map((one) => marginOf(rungs[0], one, references));
    expect(margins).toEqual(margins.toSorted((a, b) => b - a));
    expect(margins).toHaveLength(rungs[0].tried.length);
  });
});

describe('what became of a candidate', () => {
  it('went on with its training, was left behind, won after the last round or stays a reference', () => {
    const search = testedSearch('ahead');
    const { references, rungs, confirmed } = search;
    rungs.forEach((one, place) => {
      for (const own of one.tried) {
        const fate = fateOf(search, place, own);
        if (isReference(own, references)) expect(fate).toBe('reference');
        else if (place === rungs.length - 1) expect(fate).toBe(sameTaken(own, confirmed.winner) ? 'won' : 'left');
        else
          expect(fate).toBe(rungs[place + 1]?.tried.some((next) => next.candidate === own.candidate) ? 'on' : 'left');
      }
    });
  });

  it('is open until the next round has everything of those that go on', () => {
    const first = searchFixture(1);
    expect(new Set(first.rungs[0].tried.map((own) => fateOf(first, 0, own)))).toEqual(new Set(['reference', 'open']));
    const second = searchFixture(2);
    const partial = {
      ...second,
      rungs: [second.rungs[0], { ...second.rungs[1], tried: second.rungs[1].tried.slice(0, 4) }],
    };
    expect(new Set(partial.rungs[0].tried.map((own) => fateOf(partial, 0, own)))).toEqual(
      new Set(['reference', 'on', 'open']),
    );
  });
});
