export type Metric = 'accuracy' | 'loss';

export const METRICS = [
  { id: 'accuracy', name: 'Accuracy' },
  { id: 'loss', name: 'Loss' },
] as const;
