import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { applyEvent } from './events.ts';
import { found } from './result-parts.ts';

describe('applyEvent', () => {
  const result = studyResultFixture();

  it('replaces the run of the same arm and seed, and appends others', () => {
    const [run] = result.runs;
    const changed = { ...run, steps: run.steps + 1 };
    expect(applyEvent(result, found('runs', [changed])).runs).toEqual([changed, ...result.runs.slice(1)]);
    const other = { ...run, seed: 12345 };
    expect(applyEvent(result, found('runs', [other])).runs).toEqual([...result.runs, other]);
  });

  it('keeps the two paths of a pair of seeds apart', () => {
    const [landscape] = result.landscape;
    const path = landscape.path === 'factor' ? 'product' : 'factor';
    const without = { ...result, landscape: [landscape] };
    const event = found('landscape', [{ ...landscape, path }]);
    expect(applyEvent(without, event).landscape).toHaveLength(2);
    expect(applyEvent(applyEvent(without, event), event).landscape).toHaveLength(2);
  });

  it('begins a part that is not there, and keeps the lists of one that has several', () => {
    const partition = { seed: 1, kind: 'dirichlet' as const, kinds: ['cat'], counts: [[3]], short: false };
    const begun = applyEvent(result, found('federated', { partitions: [partition], runs: [] }));
    expect(begun.federated).toEqual({ partitions: [partition], runs: [] });
    const again = { ...partition, counts: [[4]] };
    const other = { ...partition, seed: 2 };
    const grown = applyEvent(begun, found('federated', { partitions: [again, other], runs: [] }));
    expect(grown.federated).toEqual({ partitions: [again, other], runs: [] });
  });

  it('replaces a part whose entries have no names as a whole', () => {
    const empty = { points: [], factors: { norms: [], distances: [] }, updates: { norms: [], distances: [] } };
    const one = { ...empty, points: [{ arm: 'lora', seed: 1, step: null }] };
    const before = applyEvent(result, found('geometry', one));
    expect(applyEvent(before, found('geometry', empty)).geometry).toEqual(empty);
  });

  it('does not touch the result it is given', () => {
    const before = structuredClone(result);
    applyEvent(result, { type: 'zero-shot', zeroShot: { accuracy: 0.1, loss: 2 } });
    applyEvent(result, found('shapley', [{ ...result.shapley[0], images: 1 }]));
    applyEvent(result, found('pruning', [{ ...result.pruning[0], structured: [] }]));
    expect(result).toEqual(before);
  });
});
