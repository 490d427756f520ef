import { rampFractionAt, rampProbability } from '../schedule.ts';
import type { Method, MethodSettings } from './method.ts';

export const copra = {
  id: 'copra',
  label: 'CopRA',
  description:
    'Progressive LoRA: in every step each layer’s adapter is active with a probability that rises from p0 to 1 over ' +
    'the first part of training; an inactive layer falls back to its frozen weights and does not learn in that step. ' +
    'The layers must therefore do useful work in many combinations, as players of a cooperative game. The last part ' +
    'of training is plain LoRA.',
  settings: ['schedule', 'p0', 'rampFraction', 'rampSlope', 'granularity', 'rescale'],
  probability: (step: number, totalSteps: number, settings: MethodSettings, depth: number) =>
    rampProbability(step, totalSteps, {
      ...settings,
      rampFraction: rampFractionAt(settings.rampFraction, settings.rampSlope ?? 0, depth),
    }),
  inputDropout: () => 0,
} as const satisfies Method;
