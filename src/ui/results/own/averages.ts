/** How several adapters become one, as a choice. */
export const AVERAGES = [
  { id: 'factors', name: 'Average A, B', description: 'The factor path: A and B of both, each on its own.' },
  { id: 'updates', name: 'Average B·A', description: 'The product path: the updates of the weights.' },
] as const;
