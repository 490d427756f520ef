import { describe, expect, it } from 'vitest';
import { studyResultFixture, withEveryCoalition } from '../../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { interactionsCsv, layerSetsCsv } from './coalitions-csv.ts';

const both = withEveryCoalition(studyResultFixture({ layers: 16, seeds: 1 }), 4);

function read(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('a link of what all coalitions say', () => {
  it('brings it back as fine as a chart shows, of the runs that have it', () => {
    const [first, ...others] = both.shapley;
    const some = { ...both, shapley: [first, ...others.map((entry) => ({ ...entry, everyCoalition: undefined }))] };
    for (const result of [both, some]) {
      const found = read(result).shapley;
      result.shapley.forEach(({ everyCoalition }, i) => {
        const got = found[i].everyCoalition;
        expect(got === undefined).toBe(everyCoalition === undefined);
        if (!got || !everyCoalition) return;
        expect(got.bestMasks).toEqual(everyCoalition.bestMasks);
        expect(got.first.accuracy).toEqual(everyCoalition.first.accuracy);
        const close = (a: readonly number[], b: readonly number[]) => {
          const span = Math.max(...b) - Math.min(...b);
          expect(a).toHaveLength(b.length);
          a.forEach((value, k) => expect(Math.abs(value - b[k])).toBeLessThanOrEqual(span / 200));
        };
        for (const key of ['accuracy', 'accuracyError', 'loss', 'lossError'] as const)
          close(got.interactions[key], everyCoalition.interactions[key]);
        for (const key of ['first', 'last', 'best', 'mean'] as const)
          for (const quantity of ['accuracy', 'loss'] as const)
            close(got[key][quantity], everyCoalition[key][quantity]);
      });
    }
  });

  it('leaves it out, and says so, before other figures go', () => {
    const link = encodeResultLink(both, 1100);
    expect(link.fragment.length).toBeLessThanOrEqual(1100);
    expect(link.leftOut).toContain('the interactions and the sets of layers');
    expect(link.kept.shapley.map(({ everyCoalition }) => everyCoalition)).toEqual([undefined, undefined]);
    expect(link.kept.shapley.length).toBe(both.shapley.length);
  });
});

describe('tables of what all coalitions say', () => {
  it('have a row per pair of layers, and per set of layers', () => {
    const pairs = interactionsCsv(both).trim().split('\r\n');
    expect(pairs).toHaveLength(1 + 2 * 120);
    expect(pairs[1]).toMatch(/^LoRA,0,vision,1,vision,2,/);
    expect(pairs[15]).toMatch(/^LoRA,0,vision,1,text,4,/);
    const sets = layerSetsCsv(both).trim().split('\r\n');
    expect(sets).toHaveLength(1 + 2 * 4 * 17);
    expect(sets.find((row) => row.startsWith('LoRA,0,best,1,'))).toMatch(/,text 4$/);
  });
});
