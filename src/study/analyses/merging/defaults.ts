/** Merging as it is when it is switched on. */
export const MERGING = { enabled: true, scales: [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4], density: 0.5 };
