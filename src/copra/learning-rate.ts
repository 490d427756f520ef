/** The learning rate as a function of the global step, the same for active and inactive layers. */

export interface LearningRateSettings {
  /** Highest learning rate. */
  readonly peak: number;
  readonly schedule: 'cosine' | 'constant';
  readonly totalSteps: number;
  /** Steps of linear rise before the peak; 0 for none. */
  readonly warmupSteps: number;
  /** Final value of the cosine, at step `totalSteps`, which is one past the last; CLIP-LoRA uses 1e-6. Default 0. */
  readonly floor?: number;
}

/**
 * Warm-up: peak · (step + 1) / (warmupSteps + 1), so that step 0 already learns and step `warmupSteps` is at the peak.
 * Cosine: floor + (peak − floor) · (1 + cos πx) / 2, where x is the completed share of the steps after the warm-up.
 */
export function learningRateAt(step: number, settings: LearningRateSettings): number {
  const { peak, schedule, totalSteps, warmupSteps, floor = 0 } = settings;
  if (step < warmupSteps) return (peak * (step + 1)) / (warmupSteps + 1);
  if (schedule === 'constant') return peak;
  const x = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return floor + ((peak - floor) * (1 + Math.cos(Math.PI * x))) / 2;
}
