/** Settings of the distances between adapters. */
import * as v from 'valibot';

export const GeometrySchema = v.object({ enabled: v.boolean() });
