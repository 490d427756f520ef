import { listed } from '../../core/listed.ts';

/** Which DoRA arms an analysis of updates excludes, and why; empty if there are none. @param what "… are left out of (what)" */
export const leftOutReading = (dora: readonly string[], what: string): string =>
  dora.length === 0
    ? ''
    : `${listed(dora)} ${dora.length > 1 ? 'are' : 'is'} left out of ${what}: the updates of DoRA adapters are not of low rank.`;
