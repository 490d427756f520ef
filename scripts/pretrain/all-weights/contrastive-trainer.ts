/** Trains all weights of a CLIP backbone: contrastive loss, gradient clipping, AdamW on one flat vector. */
import type { ClipBackbone } from '../../../src/model/backbone.ts';
import type { OptimizerSegment } from '../../../src/engine/operands.ts';
import type { AdamWOptions } from '../../../src/engine/engine.ts';
import { createOptimizerTensors, freeOptimizerTensors } from '../../../src/engine/passes/optimizer.ts';
import type { DeviceBackbone } from '../../../src/engine/passes/weights.ts';
import { clipLayout, flattenClip, unflattenClip, type ClipLayout } from './clip-parameters.ts';
import { contrastiveLoss } from './contrastive-loss.ts';
import { contrastiveBackward, contrastiveForward, type ImagesAndCaptions, type PassSizes } from './contrastive-pass.ts';
import { trainedBackbone, weightGradientTargets } from './parameter-views.ts';
import type { TrainableDevice } from './trainable-device.ts';

export interface ContrastiveOptions {
  readonly optimizer: AdamWOptions;
  /** Maximum L2 norm of the gradient. */
  readonly gradientClip: number;
  readonly sizes: PassSizes;
}

export interface ContrastiveStep {
  readonly loss: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Before the update. */
  readonly logitScale: number;
}

/** Everything needed to continue bit for bit, on the same backend with the same number of threads. */
export interface ContrastiveState {
  readonly step: number;
  /** [layout.size] each. */
  readonly params: Float32Array;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
}

export interface ContrastiveTrainer<T> {
  readonly layout: ClipLayout;
  /** The current weights, for evaluation on the same device. */
  readonly backbone: DeviceBackbone<T>;
  /** One optimizer step. @throws Error naming the step when the loss is not finite. */
  step(batch: ImagesAndCaptions, learningRate: number): Promise<ContrastiveStep>;
  /** A copy of the weights. */
  weights(): Promise<ClipBackbone>;
  save(): Promise<ContrastiveState>;
  restore(state: ContrastiveState): void;
  dispose(): void;
}

/** e^logitScale is kept at or below 100, as in CLIP. */
const MAX_LOGIT_SCALE = Math.log(100);
/** Maximum length of a tensor segment that one thread updates. */
const SEGMENT = 16384;

function segmentsOf({ parameters }: ClipLayout): { segments: OptimizerSegment[]; decay: Float32Array } {
  const segments: OptimizerSegment[] = [];
  const decay: number[] = [];
  for (const parameter of parameters)
    for (let at = 0; at < parameter.length; at += SEGMENT) {
      segments.push({ offset: parameter.offset + at, length: Math.min(SEGMENT, parameter.length - at) });
      decay.push(parameter.decay);
    }
  return { segments, decay: Float32Array.from(decay) };
}

export function createContrastiveTrainer<T>(
  device: TrainableDevice<T>,
  initial: ClipBackbone,
  { optimizer, gradientClip, sizes }: ContrastiveOptions,
): ContrastiveTrainer<T> {
  const layout = clipLayout(initial);
  const { segments, decay } = segmentsOf(layout);
  const tensors = createOptimizerTensors(device, [flattenClip(initial, layout)], layout.size);
  const model = trainedBackbone(device, tensors.params, layout, initial);
  const into = weightGradientTargets(tensors.gradients, layout, initial);
  const scaleOffset = layout.offsetOf('logitScale');
  const slot = Int32Array.of(0);
  let steps = 0;

  const addScalar = (value: number, target: T): void => {
    const scalar = device.upload(Float32Array.of(value), 1, 1);
    device.addToSlots(scalar, target, scaleOffset, slot);
    device.free(scalar);
  };

  /** Forward, loss and backward into tensors.gradients. */
  const accumulate = async (batch: ImagesAndCaptions) => {
    device.fillZero(tensors.gradients);
    const { cosines, saved } = contrastiveForward(device, model.backbone, batch, sizes);
    const scale = device.sliceSlots(tensors.params, scaleOffset, 1, 1, slot);
    const [cosineValues, [storedScale]] = await device.readAll([cosines, scale]);
    device.free(cosines, scale);
    const logitScale = Math.min(storedScale, MAX_LOGIT_SCALE);
    if (storedScale > MAX_LOGIT_SCALE) addScalar(MAX_LOGIT_SCALE - storedScale, tensors.params);
    const { loss, dCosines, dLogitScale } = contrastiveLoss(cosineValues, batch.captionOfImage, logitScale);
    if (!Number.isFinite(loss))
      throw new Error(`Training diverged: the loss is ${loss} at step ${steps + 1}. Lower the learning rate.`);
    const images = batch.captionOfImage.length;
    const uploaded = device.upload(dCosines, images, dCosines.length / images);
    contrastiveBackward(device, model.backbone, uploaded, saved, into);
    addScalar(dLogitScale, tensors.gradients);
    return { loss, logitScale };
  };

  const update = async (learningRate: number): Promise<number> => {
    const norms = device.rowNorms(tensors.gradients);
    const [gradientNorm] = await device.read(norms);
    device.free(norms);
    if (gradientNorm > gradientClip) {
      const factors = new Float32Array(segments.length).fill(gradientClip / gradientNorm);
      device.scaleSegments(tensors.gradients, segments, factors);
    }
    steps++;
    const coefficients = new Float32Array(4 * segments.length);
    const values = [1, learningRate, 1 / (1 - optimizer.beta1 ** steps), 1 / (1 - optimizer.beta2 ** steps)];
    segments.forEach((_, i) => coefficients.set(values, 4 * i));
    const { params, gradients, firstMoments, secondMoments } = tensors;
    const options = { ...optimizer, decay };
    device.adamw(params, gradients, firstMoments, secondMoments, segments, coefficients, options);
    model.refresh();
    return gradientNorm;
  };

  return {
    layout,
    backbone: model.backbone,
    async step(batch, learningRate) {
      const { loss, logitScale } = await accumulate(batch);
      const gradientNorm = await update(learningRate);
      return { loss, logitScale, gradientNorm };
    },
    weights: async () => unflattenClip(await device.read(tensors.params), layout, initial),
    async save() {
      const { params, firstMoments, secondMoments } = tensors;
      const [values, first, second] = await device.readAll([params, firstMoments, secondMoments]);
      return { step: steps, params: values, firstMoments: first, secondMoments: second };
    },
    restore(state) {
      device.write(tensors.params, state.params);
      device.write(tensors.firstMoments, state.firstMoments);
      device.write(tensors.secondMoments, state.secondMoments);
      steps = state.step;
      model.refresh();
    },
    dispose() {
      model.backbone.free();
      freeOptimizerTensors(device, tensors);
    },
  };
}
