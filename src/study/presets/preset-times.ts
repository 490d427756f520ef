/** How long presets take. Written by `npm run figures -- --report` from the saved results (scripts/figures/preset-times.ts). */

export interface PresetTime {
  readonly seconds: number;
  /** Threads of the processor. */
  readonly threads: number;
  /** As long as its saved result took; otherwise by the count of its work, at the pace of another. */
  readonly isMeasured: boolean;
}

export const PRESET_TIMES: Readonly<Record<string, PresetTime | undefined>> = {
  quick: { seconds: 229, threads: 1, isMeasured: false },
  'few-shots': { seconds: 5124, threads: 1, isMeasured: true },
  'sixteen-shots': { seconds: 3192, threads: 1, isMeasured: true },
  full: { seconds: 2667, threads: 1, isMeasured: true },
  'merge-few-shots': { seconds: 1209, threads: 1, isMeasured: true },
  merge: { seconds: 413, threads: 1, isMeasured: true },
  'geometry-few-shots': { seconds: 632, threads: 1, isMeasured: true },
  geometry: { seconds: 286, threads: 1, isMeasured: true },
  'learning-rates-few-shots': { seconds: 2800, threads: 1, isMeasured: true },
  'learning-rates': { seconds: 1288, threads: 1, isMeasured: true },
  'many-tasks-few-shots': { seconds: 2483, threads: 1, isMeasured: true },
  'many-tasks': { seconds: 1194, threads: 1, isMeasured: true },
  'ablations-few-shots': { seconds: 3251, threads: 1, isMeasured: true },
  ablations: { seconds: 2888, threads: 1, isMeasured: true },
  'federated-few-shots': { seconds: 1960, threads: 1, isMeasured: true },
  federated: { seconds: 2001, threads: 1, isMeasured: true },
  why: { seconds: 363, threads: 1, isMeasured: true },
  controls: { seconds: 3893, threads: 1, isMeasured: true },
  'regime-map': { seconds: 6863, threads: 1, isMeasured: true },
  draws: { seconds: 18577, threads: 1, isMeasured: true },
};
