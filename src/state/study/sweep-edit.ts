/** Sweeps as configuration edits: expands arms over the values of a setting, and reduces them to one arm per method again. */
import { listItems } from '../../core/number-list.ts';
import { firstViolation } from '../../platform/describe-issues.ts';
import { ArmSchema, completeArm, MAX_ARMS, type ArmConfig, type StudyConfig } from '../../study/config/config.ts';
import {
  sweepOf,
  sweepValueText,
  writtenSweepValue,
  type SweepSetting,
  type SweepValue,
} from '../../study/config/sweep.ts';
import { reads, switchedOnBy } from '../../study/config/settings/arm.ts';
import { firstFree, stemOf, unusedId } from './config-edit.ts';
import { SWEEP_EDIT_WORDS } from './sweep-words.ts';
import * as v from 'valibot';

/** "CopRA, lr 5e-4" and "CopRA 2" → "CopRA" */
const plainName = (name: string): string => name.replace(/(, .*| \d+)$/, '');

/** A sentence on why an arm cannot take the value; null if it can. */
function problemWith(arm: ArmConfig, setting: SweepSetting, value: SweepValue): string | null {
  const { issues } = v.safeParse(ArmSchema, { ...arm, [setting.key]: value });
  return issues ? SWEEP_EDIT_WORDS.refused(setting.label, sweepValueText(value), firstViolation(issues).what) : null;
}

export interface SweepPlan {
  /** Null when there is a problem. */
  readonly config: StudyConfig | null;
  readonly problem: string | null;
  /** Number of arms the study would have. */
  readonly arms: number;
}

/**
 * Replaces every chosen arm with one arm per value, in place. Arms in which the setting has no effect stay unchanged.
 * @param ids arms to sweep
 */
export function planSweep(
  config: StudyConfig,
  ids: readonly string[],
  setting: SweepSetting,
  values: readonly SweepValue[],
): SweepPlan {
  const fail = (problem: string, arms = 0): SweepPlan => ({ config: null, problem, arms });
  const words = SWEEP_EDIT_WORDS;
  const distinct = [...new Set(values)];
  if (distinct.length < 3) return fail(words.three);
  const swept = config.arms.filter((arm) => ids.includes(arm.id) && reads(setting.key, completeArm(arm)));
  if (swept.length === 0) {
    const needed = config.arms
      .map((arm) => switchedOnBy(setting.key, completeArm(arm)))
      .find((found) => found !== null);
    return fail(words.noReader(setting.label, needed ?? null));
  }
  if (new Set(swept.map(({ method }) => method)).size < swept.length) return fail(words.oneArm);
  const arms = config.arms.length + swept.length * (distinct.length - 1);
  if (arms > MAX_ARMS) return fail(words.tooMany(arms, MAX_ARMS), arms);
  const problem = distinct.map((value) => problemWith(swept[0], setting, value)).find((text) => text !== null);
  if (problem) return fail(problem, arms);
  // Arms of different methods may have ids of one stem.
  const taken = config.arms.flatMap((arm) => (swept.includes(arm) ? [] : [arm.id]));
  const sweptId = (stem: string): string => {
    const id = firstFree(taken, (n) => `${stem}-${n}`);
    taken.push(id);
    return id;
  };
  const made = config.arms.flatMap((arm) => {
    if (!swept.includes(arm)) return [arm];
    return distinct.map((value): ArmConfig => ({
      ...arm,
      id: sweptId(stemOf(arm.id)),
      name: `${plainName(arm.name).slice(0, 36)}, ${setting.short} ${writtenSweepValue(value)}`,
      [setting.key]: value,
    }));
  });
  const edited = { ...config, arms: made };
  if (sweepOf(edited)?.setting.key !== setting.key) return fail(words.onlySwept, arms);
  return { config: edited, problem: null, arms };
}

/** Reduces a sweep to one arm per method: the one with the value, or with the nearest position. */
export function endSweep(config: StudyConfig, value: SweepValue): StudyConfig {
  const sweep = sweepOf(config);
  if (!sweep) return config;
  const single = sweep.methods.flatMap(({ arms }) => (arms.length === 1 ? arms : []));
  const taken = single.map(({ id }) => id);
  const arms = sweep.methods.flatMap(({ arms: swept }) => {
    const chosen = swept.find((arm) => arm.value === value) ?? swept[0];
    const arm = config.arms.find(({ id }) => id === chosen.id);
    if (!arm) return [];
    if (swept.length === 1) return [arm];
    const id = unusedId(taken, stemOf(arm.id));
    taken.push(id);
    return [{ ...arm, id, name: plainName(arm.name) }];
  });
  return { ...config, arms };
}

/** "1e-4, 1e-3 0.01" → values of a setting. Non-numbers stay strings, which no numeric setting accepts. */
export function parseValues(text: string, setting: SweepSetting): SweepValue[] {
  const words = listItems(text);
  if (setting.scale === 'names') return words;
  return words.map((word) => (Number.isFinite(Number(word)) ? Number(word) : word));
}
