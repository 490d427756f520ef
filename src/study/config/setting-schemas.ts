/** Schemas of single settings. */
import * as v from 'valibot';

export const finite = v.pipe(v.number(), v.finite());
export const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
