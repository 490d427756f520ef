/** The keys that a value of JSON has and another one lacks, to any depth, as paths: "arms.0.rank". A schema drops the keys that it does not know. */
export function leftOut(value: unknown, other: unknown): string[] {
  if (typeof other !== 'object' || other === null) return [];
  return Object.entries(other).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    const own = (value as Readonly<Record<string, unknown>> | null)?.[key];
    return own === undefined ? [key] : leftOut(own, inner).map((path) => `${key}.${path}`);
  });
}

/** Whether a value has every key that another one has. */
export const holdsAll = (value: unknown, other: unknown): boolean => leftOut(value, other).length === 0;
