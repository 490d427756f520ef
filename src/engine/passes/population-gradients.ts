/** Gradients of the adapters of a population: all passes of a step, at the trained parameters or at others. */
import type { TrainBatch } from '../engine.ts';
import { passGradient, type GradientContext, type PartScores } from './gradient-pass.ts';
import { doraScales } from './lora.ts';
import type { FactorSegment } from './optimizer.ts';
import type { StepInputs } from './step-inputs.ts';

/** Fills the gradients with those at parameters [R, size], and returns the losses and predictions of every part. */
type PopulationGradients<T> = (at: T, batch: TrainBatch, inputs: StepInputs, step: number) => PartScores<T>[];

/** @param segments those of the flat vector of an adapter that are trained */
export function populationGradients<T>(
  context: GradientContext<T>,
  segments: readonly FactorSegment[],
): PopulationGradients<T> {
  const { device, backbone, spec, gradients } = context;
  const { layout, scale, initial } = spec;
  const pairs = layout.pairs.length;
  const factorsOfB = segments.filter(({ factor }) => factor === 'B');
  const usualRates = Float32Array.from(spec.inputDropout);

  /**
   * (f s) B A = s (f B) A: a pass with factors f is one with f B in place of B, whose gradient is that of B after a multiplication by f.
   * @param at parameters [R, size]
   * @returns the parameters a pass computes with, and what turns its gradients into those of the trained parameters
   */
  const withFactors = (at: T, factors: Float32Array | undefined): { params: T; finish: () => void } => {
    if (!factors || factors.every((factor) => factor === 1)) return { params: at, finish: () => {} };
    const scaled = device.gatherRows(at, Int32Array.from(initial.keys())); // [R, size]
    device.scaleSegments(scaled, factorsOfB, factors);
    return {
      params: scaled,
      finish: () => {
        device.scaleSegments(gradients, factorsOfB, factors);
        device.free(scaled);
      },
    };
  };

  return (at, batch, { batchSize, passes }, step) => {
    const { params, finish } = withFactors(at, batch.branchFactors);
    const isOpen = (pair: number) => initial.some((_, run) => batch.gates[run * pairs + pair] !== 0);
    const dora = doraScales(device, backbone, { layout, params, scale }, isOpen);
    const source = { layout, params, scale, dora };
    const state = { batch, batchSize, source, rates: batch.inputDropout ?? usualRates, step };
    device.fillZero(gradients);
    const scores = passes.flatMap((pass) => passGradient(context, pass, state));
    if (dora) device.free(...dora);
    finish();
    return scores;
  };
}
