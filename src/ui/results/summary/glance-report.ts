/** The table of results in reports: every arm, and its differences from the baseline with their intervals. */
import { clearSide } from '../../../copra/seed-differences.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import type { ReportFigure } from '../../../share/report/report-html.ts';
import { baselineOf, glanceFigures, glanceOf } from '../../../state/summary/glance.ts';
import { scopeText } from '../../../study/readings/words.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { isBeyondShares } from '../../../core/number-format.ts';
import { percent, percentSpread, signedPoints, signedPointsEnd } from '../../format.ts';
import { joined } from '../left-out.ts';
import { RESULT_WORDS } from '../messages.ts';
import { frozenText } from '../names.ts';
import { divergedText } from './diverged.ts';
import { meansText } from './means-text.ts';
import { SUMMARY_WORDS } from './messages.ts';
import { rowWords } from './row-words.ts';

/** "+2.1 (−0.3 to +4.5, over seeds and images)" */
function differenceText(difference: ScopedInterval | null): string {
  if (!difference) return '–';
  const { mean, low, high } = difference;
  const interval =
    clearSide(difference) === null || isBeyondShares(difference)
      ? RESULT_WORDS.tooFewSeeds
      : `${RESULT_WORDS.from(signedPointsEnd(low))} ${signedPointsEnd(high)}, ${scopeText(difference)}`;
  return `${signedPoints(mean)} (${interval})`;
}

/** @param chosen the arm that others are compared with, by id; null: the first */
export function glanceReport(result: StudyResult, chosen: string | null): ReportFigure {
  const figures = glanceFigures(result);
  const baseline = baselineOf(result.config, chosen);
  const arms = glanceOf(result, figures, baseline);
  const others = arms.flatMap(({ arm, differences }) => (differences ? [{ arm, differences }] : []));
  const labels = rowWords(figures, result.config, baseline).map(({ label }) => label);
  const { intervals, differences: words } = SUMMARY_WORDS;
  return {
    title: SUMMARY_WORDS.atAGlance,
    message: '',
    reading: joined(
      meansText(
        result,
        figures,
        arms.map(({ summary }) => summary),
        labels,
      ),
      SUMMARY_WORDS.baseOver(frozenText(result.task), percent(result.task.chance), result.task.test),
      divergedText(result),
    ),
    meta: others.length > 0 ? intervals.inBrackets : '',
    svg: null,
    isOpen: true,
    table: {
      head: ['', ...arms.map(({ arm }) => arm.name), ...others.map(({ arm }) => words.minus(arm.name, baseline.name))],
      rows: figures.map((figure, row) => [
        labels[row],
        ...arms.map(({ summary }) => percentSpread(summary[figure])),
        ...others.map(({ differences }) => differenceText(differences[row])),
      ]),
    },
  };
}
