import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { plenty } from '../../study/schedules/regimes.ts';
import { SUMMARY_WORDS } from '../results/summary/messages.ts';
import { TestedWinner } from './TestedWinner.tsx';

it('says that intervals are too narrow where an earlier version tested the winner', () => {
  const search = testedSearch('behind');
  const drawn = (motifs: number | undefined): string =>
    renderToStaticMarkup(
      <TestedWinner search={{ ...search, confirmed: { ...search.confirmed, motifs } }} regime={plenty} onOpen={null} />,
    );
  expect(drawn(undefined)).toContain(SUMMARY_WORDS.intervals.ownMotifs);
  expect(drawn(100)).not.toContain(SUMMARY_WORDS.intervals.ownMotifs);
});
