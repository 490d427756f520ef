import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { applyEvent } from './events.ts';

describe('applyEvent', () => {
  const result = studyResultFixture();

  it('replaces the run of the same arm and seed, and appends others', () => {
    const [run] = result.runs;
    const changed = { ...run, steps: run.steps + 1 };
    expect(applyEvent(result, { type: 'run', run: changed }).runs).toEqual([changed, ...result.runs.slice(1)]);
    const other = { ...run, seed: 12345 };
    expect(applyEvent(result, { type: 'run', run: other }).runs).toEqual([...result.runs, other]);
  });

  it('keeps the two paths of a pair of seeds apart', () => {
    const [landscape] = result.landscape;
    const path = landscape.path === 'factor' ? 'product' : 'factor';
    const without = { ...result, landscape: [landscape] };
    const event = { type: 'landscape', landscape: { ...landscape, path } } as const;
    expect(applyEvent(without, event).landscape).toHaveLength(2);
    expect(applyEvent(applyEvent(without, event), event).landscape).toHaveLength(2);
  });

  it('does not touch the result it is given', () => {
    const before = structuredClone(result);
    applyEvent(result, { type: 'zero-shot', zeroShot: { accuracy: 0.1, loss: 2 } });
    applyEvent(result, { type: 'shapley', shapley: { ...result.shapley[0], images: 1 } });
    applyEvent(result, { type: 'pruning', pruning: { ...result.pruning[0], structured: [] } });
    expect(result).toEqual(before);
  });
});
