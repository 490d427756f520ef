/** Schedules: how the probability of a layer rises, and how the learning rate falls. */
export {
  RAMPS,
  rampProbability,
  rampShape,
  rampSteps,
  type Ramp,
  type RampSettings,
} from '../../../src/copra/schedule.ts';
export { learningRateAt, type LearningRateSettings } from '../../../src/copra/learning-rate.ts';
