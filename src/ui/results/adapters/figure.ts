import { lazily } from '../../lazily.tsx';
import { ALWAYS, type Figure } from '../figure.ts';

/** Includes PEFT, merging and the Python export: more code than the rest of the column, so it loads after first paint. */
const AdaptersPanel = lazily(async () => (await import('./AdaptersPanel.tsx')).AdaptersPanel);

export const ADAPTERS = {
  part: 'adapters',
  Content: AdaptersPanel,
  ...ALWAYS,
  place: 'end',
  views: [],
} as const satisfies Figure;
