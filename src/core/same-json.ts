/**
 * Whether two values are written as the same JSON: with their entries in the same order, where one that is undefined counts as none. Configurations
 * are compared so, which are read and made in one order. Where the order does not matter, or a zero its sign: same-content.ts.
 */
export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
