/** The default arm of every method. */
import type { ArmConfig } from './config.ts';

/** Settings all arms share unless they are the point of the comparison (method.md's regime for small models). */
const COMMON_ARM = {
  rank: 4,
  alpha: 4,
  rsLora: false,
  projections: ['q', 'k', 'v'],
  towers: ['vision'],
  learningRate: 3e-3,
  weightDecay: 0.01,
  p0: 0,
  rampFraction: 0.75,
  schedule: 'linear',
  granularity: 'layer',
  keepProbability: 0.5,
  inputDropout: 0.25,
} satisfies Omit<ArmConfig, 'id' | 'name' | 'method'>;

/** A new arm of a method with the default settings. */
export function defaultArm(method: ArmConfig['method'], id: string, name: string): ArmConfig {
  return { id, name, method, ...COMMON_ARM, projections: [...COMMON_ARM.projections], towers: [...COMMON_ARM.towers] };
}
