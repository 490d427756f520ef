/** Checks that the numbers of an adapter file are plausible for a trained adapter. */
import { PEFT_CHECKS } from './peft/words.ts';

/** Trained weights and scales are never this large, and products of such values leave the float32 range. */
const MAX_MAGNITUDE = 1e6;

const isSound = (value: number): boolean => Math.abs(value) <= MAX_MAGNITUDE; // false for NaN

/** "“name” holds NaN at index 3." for the first number that cannot be one of a trained adapter; null without one. */
export function unsoundValue(name: string, values: Float32Array): string | null {
  const at = values.findIndex((value) => !isSound(value));
  if (at < 0) return null;
  const value = values[at];
  return Number.isFinite(value)
    ? PEFT_CHECKS.tooLargeValue(name, value, at, MAX_MAGNITUDE)
    : PEFT_CHECKS.unsoundValue(name, value, at);
}

/** The same of the scale s in ΔW = s · B · A. */
export const unsoundScale = (scale: number): string | null =>
  isSound(scale) ? null : PEFT_CHECKS.unsoundScale(scale, MAX_MAGNITUDE);
