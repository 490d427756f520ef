import { lazily } from '../../lazily.ts';
import { ALWAYS, type Figure, type ResultContent } from '../figure.ts';
import { SummaryTable } from './SummaryTable.tsx';

const ArmsFigure: ResultContent = lazily(async () => (await import('./ArmsFigure.tsx')).ArmsFigure);

export const SUMMARY = {
  part: 'summary',
  Content: SummaryTable,
  ...ALWAYS,
  begins: ({ runs }) => runs.some(({ test }) => test !== null),
  place: 'top',
  views: [
    { id: 'summary', name: 'Table of results' },
    { id: 'arms', name: 'Every arm: accuracy and barrier', Content: ArmsFigure },
  ],
} as const satisfies Figure;
