import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { divergedText } from './diverged.ts';

const result = studyResultFixture();
const first = result.runs[0];
const without = { ...result, runs: result.runs.map((run) => (run === first ? { ...run, diverged: 30 } : run)) };

describe('runs that diverged', () => {
  it('are counted in all and by arm', () => {
    expect(divergedText(result)).toBe('');
    expect(divergedText(without)).toBe('Without 1 of 4 runs, which diverged (LoRA: 1 of 2).');
    const all = { ...result, runs: result.runs.map((run) => ({ ...run, diverged: 30 })) };
    expect(divergedText(all)).toBe('Without 4 of 4 runs, which diverged (LoRA: 2 of 2 and CopRA: 2 of 2).');
  });

  it('are told in the table of many arms too', () => {
    const drawn = (of: typeof result) => renderToStaticMarkup(<ComparisonTable result={of} foot={null} />);
    expect(drawn(without).replaceAll('\u00a0', ' ')).toContain(divergedText(without));
    expect(drawn(result)).not.toContain('diverged');
  });
});
