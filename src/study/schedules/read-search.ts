/** Opens the file of a search, which anyone may have written. */
import * as v from 'valibot';
import { ArmSchema } from '../config/config.ts';
import { armOf } from './candidate-study.ts';
import { SCHEDULE_CHECKS } from './messages.ts';
import { REGIMES, regimeOf, type Regime } from './regimes.ts';
import { ScheduleSearchSchema, type ScheduleSearch, type SearchedCandidate } from './schedule-search.ts';

/** What no change may set: ids and names are the candidate's own, and how adapters are taken is told apart. */
const OWN: readonly string[] = ['id', 'name', 'method', 'take'];

/** Whether a value is meant to be a search. */
export const isLikeSearch = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'candidates' in value && 'rungs' in value;

function checkCandidate(regime: Regime, candidate: SearchedCandidate): void {
  const stranger = Object.keys(candidate.change).find((key) => OWN.includes(key) || !(key in ArmSchema.entries));
  if (stranger !== undefined) throw new Error(SCHEDULE_CHECKS.noSetting(candidate.name, stranger));
  try {
    armOf(regime, candidate, 'last');
  } catch (error) {
    if (!v.isValiError(error)) throw error;
    const [issue] = error.issues;
    throw new Error(SCHEDULE_CHECKS.noArm(candidate.name, v.getDotPath(issue) ?? '', issue.message), { cause: error });
  }
}

/** @throws Error that says what is wrong with it */
export function readSearch(value: unknown): ScheduleSearch {
  if (!isLikeSearch(value)) throw new Error(SCHEDULE_CHECKS.noSearch);
  const version = v.safeParse(v.object({ version: v.unknown() }), value);
  if (version.success && version.output.version !== 1)
    throw new Error(SCHEDULE_CHECKS.otherVersion(JSON.stringify(version.output.version)));
  const parsed = v.safeParse(ScheduleSearchSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(SCHEDULE_CHECKS.damaged(v.getDotPath(issue) ?? '', issue.message));
  }
  const search = parsed.output;
  const regime = regimeOf(search.regime);
  if (!regime) throw new Error(SCHEDULE_CHECKS.noRegime(search.regime, REGIMES.map(({ id }) => id).join(', ')));
  for (const candidate of search.candidates) checkCandidate(regime, candidate);
  return search;
}
