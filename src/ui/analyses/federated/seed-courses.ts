/** Federated runs grouped by arm and rule, and the style of each rule. */
import { FEDERATED_RULES, federatedRuleName, type FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import { mean } from '../../../core/statistics.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import { comparedRuns } from '../../../study/analyses/federated/compared.ts';
import type { FederatedRun } from '../../../study/analyses/federated/result.ts';
import { clientArms } from '../../../study/analyses/federated/settings.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { ArmStyle } from '../../arm-style.ts';
import { isSameRun } from '../../../study/result/run-names.ts';

/** The parts of a result that the figures show; they redraw only when one of these changes. */
export type FederatedParts = Pick<StudyResult, 'federated' | 'config' | 'task' | 'runs' | 'status' | 'provenance'>;

/** The courses of one arm under one rule, one of every seed. */
export interface SeedCourses {
  readonly arm: string;
  readonly armName: string;
  readonly rule: FederatedRuleId;
  readonly name: string;
  readonly runs: readonly FederatedRun[];
}

/** Rules that occur, in list order. */
export const rulesOf = ({ federated }: Pick<StudyResult, 'federated'>): FederatedRuleId[] =>
  FEDERATED_RULES.map(({ id }) => id).filter((id) => federated?.runs.some(({ rule }) => rule === id));

export function seedCourses({ federated, config }: Pick<StudyResult, 'federated' | 'config'>): SeedCourses[] {
  const rules = rulesOf({ federated });
  return config.arms.flatMap(({ id, name }) =>
    rules.flatMap((rule) => {
      // One that diverged in its first round has nothing to show.
      const runs = (federated?.runs ?? []).filter(
        (run) => run.arm === id && run.rule === rule && run.accuracy.length > 0,
      );
      return runs.length > 0
        ? [{ arm: id, armName: name, rule, name: `${name}, ${federatedRuleName(rule)}`, runs }]
        : [];
    }),
  );
}

/** The same of some runs only. */
const seedCoursesOfRuns = ({ federated, config }: FederatedParts, runs: readonly FederatedRun[]): SeedCourses[] =>
  federated ? seedCourses({ config, federated: { ...federated, runs: [...runs] } }) : [];

/** The same of the runs that can be compared. */
export const comparedCourses = (result: FederatedParts): SeedCourses[] =>
  seedCoursesOfRuns(result, comparedRuns(result).runs);

/** Whether a run diverged. */
export function divergedIn(result: FederatedParts): (run: FederatedRun) => boolean {
  const { diverged } = comparedRuns(result);
  return (run) => diverged.some((one) => isSameRun(one, run) && one.rule === run.rule);
}

/** Courses whose means are shown: those that are compared, as a mean jumps where one of its runs ends. Before there are any, all that did not diverge. */
export function shownCourses(result: FederatedParts): SeedCourses[] {
  const compared = comparedCourses(result);
  if (compared.length > 0) return compared;
  const isDiverged = divergedIn(result);
  return seedCoursesOfRuns(result, result.federated?.runs.filter((run) => !isDiverged(run)) ?? []);
}

const DASHES: readonly ArmStyle['dash'][] = ['solid', 'dot', 'dashdot', 'dash', 'longdash', 'solid'];
const MARKERS: readonly ArmStyle['marker'][] = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'x'];

/** Dash and marker encode the rule; colour encodes the arm. */
export function ruleStyle(rules: readonly string[], rule: string): Pick<ArmStyle, 'dash' | 'marker'> {
  const index = Math.max(0, rules.indexOf(rule)) % DASHES.length;
  return { dash: DASHES[index], marker: MARKERS[index] };
}

/** drift / movement per round: the share of the clients' updates that they do not have in common. */
export const relativeDrift = ({ drift, movement }: FederatedRun): number[] =>
  drift.map((value, i) => (movement[i] > 0 ? value / movement[i] : 0));

/** Mean per-layer errors over seeds, [rounds][players]. */
export function meanErrors({ runs }: SeedCourses): Spread[][] {
  const rounds = Math.max(0, ...runs.map(({ error }) => error.length));
  return Array.from({ length: rounds }, (_, round) =>
    columnSpreads(runs.flatMap(({ error }) => error.slice(round, round + 1))),
  );
}

/** Mean over layers and seeds in a round; null where there is none. */
export function meanErrorOf({ runs }: SeedCourses, round: number): number | null {
  const values = runs.flatMap(({ error }) => error[round] ?? []);
  return values.length > 0 ? mean(values) : null;
}

/** Arms that are drawn: those that clients train, and any others of results in which they did. */
export function drawnArms({ federated, config }: Pick<StudyResult, 'federated' | 'config'>): ArmConfig[] {
  const trained = clientArms(config.arms);
  return config.arms.filter((arm) => trained.includes(arm) || federated?.runs.some((run) => run.arm === arm.id));
}

/** Accuracy of an arm's ordinary runs; null if they are no such training as a client's: of another number of steps, or not tested after the last of them. */
export function centralAccuracy({ config, runs }: FederatedParts, arm: string): number | null {
  const { federated } = config.analyses;
  if (!clientArms(config.arms).some(({ id }) => id === arm)) return null;
  if (!federated || federated.rounds * federated.localSteps !== config.training.steps) return null;
  const own = config.seeds.slice(0, federated.seeds);
  const tested = runs.flatMap((run) =>
    run.arm === arm && own.includes(run.seed) && run.test ? [run.test.accuracy] : [],
  );
  return tested.length > 0 ? mean(tested) : null;
}
