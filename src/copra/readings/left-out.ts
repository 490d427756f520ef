import { listed } from '../../core/listed.ts';

/** Which DoRA arms are not part of an analysis of updates, and why; empty without any. @param what "… are left out of (what)" */
export const leftOutReading = (dora: readonly string[], what: string): string =>
  dora.length === 0
    ? ''
    : `${listed(dora)} ${dora.length > 1 ? 'are' : 'is'} left out of ${what}: the updates of DoRA adapters are not of low rank.`;
