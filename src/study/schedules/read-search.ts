/** Opens the file of a search, which anyone may have written. */
import * as v from 'valibot';
import { firstViolation } from '../../platform/describe-issues.ts';
import { ArmSchema } from '../config/config.ts';
import { defaultArm } from '../config/default-arm.ts';
import { SCHEDULE_CHECKS } from './messages.ts';
import { REGIME_IDS, ScheduleSearchSchema, type ScheduleSearch, type SearchedCandidate } from './schedule-search.ts';

/** What no change may set: ids and names are the candidate's own, and how adapters are taken is told apart. */
const OWN: readonly string[] = ['id', 'name', 'method', 'take'];

/** Whether a value is meant to be a search. */
export const isLikeSearch = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'candidates' in value && 'rungs' in value;

function checkCandidate({ id, name, method, change }: SearchedCandidate): void {
  const stranger = Object.keys(change).find((key) => OWN.includes(key) || !Object.hasOwn(ArmSchema.entries, key));
  if (stranger !== undefined) throw new Error(SCHEDULE_CHECKS.noSetting(name, stranger));
  const { issues } = v.safeParse(ArmSchema, { ...defaultArm(method, id, method), ...change });
  if (!issues) return;
  const { path, what } = firstViolation(issues);
  throw new Error(SCHEDULE_CHECKS.noArm(name, path ?? '', what));
}

/** @throws Error that says what is wrong with it */
export function readSearch(value: unknown): ScheduleSearch {
  if (!isLikeSearch(value)) throw new Error(SCHEDULE_CHECKS.noSearch);
  const version = v.safeParse(v.object({ version: v.unknown() }), value);
  if (version.success && version.output.version !== 1)
    throw new Error(SCHEDULE_CHECKS.otherVersion(JSON.stringify(version.output.version)));
  // The first fault is told: what is compared with everything else is not, once there are too many.
  const parsed = v.safeParse(ScheduleSearchSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const { path, what } = firstViolation(parsed.issues);
    throw new Error(SCHEDULE_CHECKS.damaged(path ?? '', what));
  }
  const search = parsed.output;
  if (!REGIME_IDS.some((id) => id === search.regime))
    throw new Error(SCHEDULE_CHECKS.noRegime(search.regime, REGIME_IDS.join(', ')));
  search.candidates.forEach(checkCandidate);
  return search;
}
