/** What the numbers of a table of results are over. */
import type { ArmSummary } from '../../../state/summary/arm-summary.ts';
import { SUMMARY_MEASURES, type SummaryFigure } from '../../../state/summary/summary-differences.ts';
import { pairCount } from '../../../core/pairs.ts';
import type { StudyConfig } from '../../../study/config/config.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { isAwaited } from '../../charts/figure-contexts.ts';
import { SUMMARY_WORDS, type Over } from './messages.ts';

/** "Barrier, points" → "Barrier" */
const withoutUnit = (label: string): string => label.replace(/, (%|\p{L}+)$/u, '');

/** One entry per number of seeds or pairs, with all labels that have it, in the order of the labels. */
function grouped(all: readonly Over[]): Over[] {
  const first = all.filter(({ n, unit }, i) => all.findIndex((one) => one.n === n && one.unit === unit) === i);
  return first.map(({ n, unit }) => ({
    n,
    unit,
    labels: all.filter((one) => one.n === n && one.unit === unit).flatMap(({ labels }) => labels),
  }));
}

/** Of how many seeds, or pairs of seeds, a study has a figure when it is complete. */
function plannedOf({ seeds, analyses }: StudyConfig, figure: SummaryFigure): number {
  const all = seeds.length;
  if (SUMMARY_MEASURES[figure].unit === 'pair of seeds') return pairCount(all);
  if (figure === 'topThirdShare') return Math.min(all, analyses.shapley.seedsPerArm);
  if (figure === 'clients' || figure === 'averagingError') return Math.min(all, analyses.federated?.seeds ?? all);
  return all;
}

/** @param labels of the figures, with their units */
export function meansText(
  result: StudyResult,
  figures: readonly SummaryFigure[],
  summaries: readonly ArmSummary[],
  labels: readonly string[],
): string {
  // While numbers are still to come, what they will be over: the text keeps its lines.
  const awaited = isAwaited(result);
  const known = figures.map((figure, i): Over => ({
    labels: [withoutUnit(labels[i])],
    n: awaited ? plannedOf(result.config, figure) : Math.max(0, ...summaries.map((summary) => summary[figure]?.n ?? 0)),
    unit: SUMMARY_MEASURES[figure].unit,
  }));
  const [usual, ...others] = grouped(known.filter(({ n }) => n > 0));
  return usual ? SUMMARY_WORDS.means.of(usual, others) : '';
}
