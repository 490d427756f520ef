import type { Figure } from '../figure.ts';
import { SummaryTable } from './SummaryTable.tsx';

export const SUMMARY = {
  part: 'summary',
  Content: SummaryTable,
  fills: () => true,
  isAskedFor: () => true,
  place: 'top',
  views: [{ id: 'summary', name: 'Table of results', Content: SummaryTable }],
} as const satisfies Figure;
