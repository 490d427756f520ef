/**
 * Computes what follows from an object once, and remembers it as long as the object is there. For objects that nobody changes.
 * @returns computes it, or gives what was computed of the object under the same key
 */
export function remembered<T>(): (of: object, key: string, compute: () => T) => T {
  const all = new WeakMap<object, Map<string, T>>();
  return (of, key, compute) => {
    const known = all.get(of) ?? new Map<string, T>();
    all.set(of, known);
    if (known.has(key)) return known.get(key) as T;
    const value = compute();
    known.set(key, value);
    return value;
  };
}
