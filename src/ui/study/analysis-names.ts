/** Names of the analyses, in the order in which they run. */
export const ANALYSIS_NAMES = {
  landscape: 'Landscape',
  plane: 'Plane',
  geometry: 'Distances',
  shapley: 'Shapley values',
  pruning: 'Pruning',
  merging: 'Merging',
  federated: 'Federated training',
  multitask: 'Many tasks',
} as const;
