import { ALWAYS, type Figure } from '../figure.ts';
import { RESULT_WORDS } from '../messages.ts';
import { SummaryTable } from './SummaryTable.tsx';

export const SUMMARY = {
  part: 'summary',
  Content: SummaryTable,
  ...ALWAYS,
  begins: ({ runs }) => runs.some(({ test }) => test !== null),
  place: 'top',
  views: [
    {
      id: 'summary',
      get name(): string {
        return RESULT_WORDS.views.summary;
      },
    },
  ],
} as const satisfies Figure;
