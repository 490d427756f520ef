/** Names of classes as people write them: "tabby_cat" is tabby cat, and "-1" stays what it is. */

/** Hyphens and underscores between words; elsewhere they are signs and part of the name. */
const JOINTS = /(?<=[\p{L}\p{M}\p{N})])[-_]+(?=[\p{L}\p{N}(])/gu;

/** "tabby_cat" → "tabby cat" */
export const readableName = (found: string): string => found.replaceAll(JOINTS, ' ');

/** The readable name of each, and the found one where two would read alike: what is told apart stays so. */
export function readableNames(found: readonly string[]): string[] {
  const readings = found.map(readableName);
  const times = new Map<string, number>();
  for (const reading of readings) times.set(reading, (times.get(reading) ?? 0) + 1);
  return readings.map((reading, i) => (times.get(reading) === 1 ? reading : found[i]));
}

/** Equal for names that differ only in case or spacing. */
export const likeness = (name: string): string => readableName(name).toLowerCase().replaceAll(/\s+/g, ' ').trim();
