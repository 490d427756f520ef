/** What settings and links are made of: JSON's values. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !isArray(value);
