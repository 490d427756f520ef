/** Settings of merging across tasks. */
import * as v from 'valibot';
import { count } from '../../config/setting-schemas.ts';

/** Tasks merged into one adapter. */
export const MAX_TASKS = 16;

export const MultitaskSchema = v.object({
  enabled: v.boolean(),
  /** Ids of bundled tasks; none: parts of the study's own task. The study's own runs serve where its task is among them. */
  tasks: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(80))), v.maxLength(MAX_TASKS)),
  /** Without ids: into how many tasks its classes are divided, unless their names say ("part/class"). */
  parts: count(2, MAX_TASKS),
});
