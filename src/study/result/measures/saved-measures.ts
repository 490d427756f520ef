/** The measures whose intervals saved results keep: those that tables list, and what the page shows besides. */
import { HALFWAY_MEASURES } from './halfway.ts';
import type { Measure } from './measure.ts';
import { MEASURES } from './measures.ts';

export const SAVED_MEASURES: readonly Measure[] = [...MEASURES, ...HALFWAY_MEASURES];
