import { ALWAYS, type Figure } from '../figure.ts';
import { SummaryTable } from './SummaryTable.tsx';

export const SUMMARY = {
  part: 'summary',
  Content: SummaryTable,
  ...ALWAYS,
  begins: ({ runs }) => runs.some(({ test }) => test !== null),
  place: 'top',
  views: [{ id: 'summary', name: 'Table of results' }],
} as const satisfies Figure;
