/** A copy of a set that has the key, or does not have it. */
export function withOrWithout<T>(set: ReadonlySet<T>, key: T, isIn: boolean): ReadonlySet<T> {
  const next = new Set(set);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
