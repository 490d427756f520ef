import { listed } from '../../core/listed.ts';
import { READING_WORDS } from './messages.ts';

/** Which DoRA arms an analysis of updates excludes, and why; empty if there are none. @param what "… are left out of (what)" */
export const leftOutReading = (dora: readonly string[], what: string): string =>
  dora.length === 0 ? '' : READING_WORDS.leftOut(listed(dora), dora.length, what);
