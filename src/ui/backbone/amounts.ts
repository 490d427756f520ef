/** Formats bytes, parameter counts and durations for people. */
import { fixed, integer } from '../format.ts';

/** 2,212,000 → "2.2 MB", 605,000,000 → "605 MB", 1,500,000,000 → "1.5 GB". */
export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${fixed(bytes / 1e9, 1)} GB`;
  return bytes < 1e7 ? `${fixed(bytes / 1e6, 1)} MB` : `${integer(bytes / 1e6)} MB`;
}

/** 5,720,000 → "5.7 M". */
export const millions = (count: number): string => `${fixed(count / 1e6, count < 1e8 ? 1 : 0)} M`;

/** 0.043 → "43 ms", 2.31 → "2.3 s", 250 → "4 min". */
export function stepTime(seconds: number): string {
  if (seconds < 1) return `${integer(1000 * seconds)} ms`;
  return seconds < 100 ? `${fixed(seconds, 1)} s` : `${integer(seconds / 60)} min`;
}
