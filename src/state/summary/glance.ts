/** What the table of results has: on the page, in reports and as CSV. Every arm, and its differences from a baseline. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import { isScaled } from '../../study/result/measures/domains.ts';
import { hasAveragedClients, hasAveragingErrors } from '../../study/result/measures/federated.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { summaryDifference, type SummaryFigure } from './summary-differences.ts';
import { summariseArm, type ArmSummary } from './arm-summary.ts';

/** The arm that others are compared with, by id, as the reader chose it; null: the first one. */
export const baselineStore: StoreApi<{ readonly arm: string | null }> = createStore(() => ({ arm: null }));

/** The arm that is chosen, where the study has it, or else the first. */
export const baselineOf = ({ arms }: Pick<StudyConfig, 'arms'>, chosen: string | null): ArmConfig =>
  arms.find(({ id }) => id === chosen) ?? arms[0];

export type GlanceFigure = Exclude<SummaryFigure, 'accuracyHalf'>;

const hasPaths = ({ config, landscape }: StudyResult): boolean =>
  landscape.length > 0 || (config.analyses.landscape.enabled && config.seeds.length > 1);

/** A result of before scaled updates would have an empty row; one that is still to come has the row that it will need. */
const scalesUpdates = ({ config: { arms, analyses }, domains, status }: StudyResult): boolean =>
  arms.length > 1 &&
  (domains?.runs.some(isScaled) ||
    ((domains === undefined || status === 'running') &&
      analyses.domains?.enabled === true &&
      analyses.domains.scales !== 0));

/** The rows of the table, and whether a result has one or its study computes it. */
const FIGURES: readonly (readonly [GlanceFigure, (result: StudyResult) => boolean])[] = [
  ['testAccuracy', () => true],
  ['midpointFactor', hasPaths],
  ['barrierFactor', hasPaths],
  ['retainedHalf', ({ config, pruning }) => pruning.length > 0 || config.analyses.pruning.enabled],
  ['topThirdShare', ({ config, shapley }) => shapley.length > 0 || config.analyses.shapley.enabled],
  ['otherDomains', ({ config, domains }) => domains !== undefined || config.analyses.domains?.enabled === true],
  ['equalTask', scalesUpdates],
  ['tasksMerged', ({ config, multitask }) => multitask !== undefined || config.analyses.multitask?.enabled === true],
  ['clients', hasAveragedClients],
  ['averagingError', hasAveragingErrors],
];

export const glanceFigures = (result: StudyResult): readonly GlanceFigure[] =>
  FIGURES.flatMap(([figure, isAskedFor]) => (isAskedFor(result) ? [figure] : []));

export interface GlanceArm {
  readonly arm: ArmConfig;
  readonly summary: ArmSummary;
  /** [figures]: this arm minus the baseline; null where they share no seed. Of the baseline itself null. */
  readonly differences: readonly (ScopedInterval | null)[] | null;
}

/** Every arm, with its differences from a baseline. */
export const glanceOf = (
  result: StudyResult,
  figures: readonly SummaryFigure[],
  baseline: ArmConfig,
): readonly GlanceArm[] =>
  result.config.arms.map((arm) => ({
    arm,
    summary: summariseArm(result, arm.id, baseline.id),
    differences:
      arm.id === baseline.id ? null : figures.map((figure) => summaryDifference(result, baseline.id, arm.id, figure)),
  }));
