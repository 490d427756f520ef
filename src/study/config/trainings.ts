/** Arms that are one training: they differ only in what is taken of it, or in what their method does not read. */
import { completeArm, type ArmConfig } from './config.ts';
import { ARM_ROWS, matters, type ArmSettingKey } from './settings/arm.ts';

/** What is done with a training, not in it. */
const TAKEN: readonly ArmSettingKey[] = ['take', 'averageShare'];

/** Equal for two arms exactly if, with equal seeds, every step of both is the same. */
export function trainingKey(arm: ArmConfig): string {
  const complete = completeArm(arm);
  const keys = ARM_ROWS.map(([key]) => key).filter((key) => !TAKEN.includes(key) && matters(key, arm.method));
  const values = keys.map((key) => complete[key]);
  return JSON.stringify([arm.method, ...values.map((value) => (Array.isArray(value) ? value.toSorted() : value))]);
}

/** The first arm of every training, in order. */
export function trainedArms(arms: readonly ArmConfig[]): ArmConfig[] {
  const keys = arms.map(trainingKey);
  return arms.filter((_, i) => keys.indexOf(keys[i]) === i);
}
