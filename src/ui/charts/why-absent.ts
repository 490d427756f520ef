import type { ResultSource } from '../../state/study/shown.ts';
import { CHARTS_WORDS } from './messages.ts';

/** What a result lacks, and why that may be. @param lacking a sentence */
export const whyAbsent = (lacking: string, source: ResultSource): string =>
  `${lacking} ${CHARTS_WORDS.whyAbsent[source]}`;
