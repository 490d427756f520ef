/** Whether a value of JSON has every key that another one has, to any depth. A schema drops the keys that it does not know. */
export const holdsAll = (value: unknown, other: unknown): boolean =>
  typeof other !== 'object' ||
  other === null ||
  Object.entries(other).every(([key, inner]) => {
    if (inner === undefined) return true;
    const own = (value as Readonly<Record<string, unknown>> | null)?.[key];
    return own !== undefined && holdsAll(own, inner);
  });
