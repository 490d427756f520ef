import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { summariseArm } from '../../../state/summary/arm-summary.ts';
import { glanceFigures } from '../../../state/summary/glance.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { meansText } from './means-text.ts';
import { SUMMARY_WORDS } from './messages.ts';

function said(result: StudyResult): string {
  const figures = glanceFigures(result);
  const summaries = result.config.arms.map(({ id }) => summariseArm(result, id));
  return meansText(
    result,
    figures,
    summaries,
    figures.map((figure) => SUMMARY_WORDS.rows[figure].label),
  );
}

it('says over how many seeds the numbers are, and which are over something else', () => {
  const result = studyResultFixture({ seeds: 4 });
  expect(said(result)).toBe(
    'Mean ± standard deviation over 4 seeds; “Midpoint of two seeds” and “Barrier” over 6 pairs of seeds.',
  );
  const credited = { ...result, shapley: result.shapley.filter(({ seed }) => seed === result.config.seeds[0]) };
  expect(said(credited)).toBe(
    'Mean ± standard deviation over 4 seeds; “Midpoint of two seeds” and “Barrier” over 6 pairs of seeds; “Credit in top third” of one seed.',
  );
});

it('calls no number of one seed or pair a mean', () => {
  expect(said(studyResultFixture({ seeds: 2 }))).toBe(
    'Mean ± standard deviation over 2 seeds; “Midpoint of two seeds” and “Barrier” of one pair of seeds.',
  );
  expect(said({ ...studyResultFixture({ seeds: 1 }), landscape: [] })).toBe('Numbers are of one seed.');
});

it('says of a study that runs what its numbers will be over, so that no line moves when it ends', () => {
  const result = studyResultFixture({ seeds: 4 });
  const running = { ...result, status: 'running' as const, landscape: [], runs: result.runs.slice(0, 1) };
  expect(said(running)).toBe(
    'Mean ± standard deviation over 4 seeds; “Midpoint of two seeds” and “Barrier” over 6 pairs of seeds.',
  );
});
