/** Half precision without a graphics card. */
import { evaluationBudget } from '../../src/engine/budget.ts';
import type { Device } from '../../src/engine/device.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createDeviceEngine } from '../../src/engine/passes/device-engine.ts';
import { halfLinear } from '../../src/engine/precision.ts';
import type { Backbone, BlockWeights } from '../../src/model/backbone.ts';

/** An engine on a device that rounds the weights of maps as one that keeps halves does. */
export function roundingEngine<T>(device: Device<T>): Engine {
  const { linear, info } = device;
  const rounding: Device<T> = {
    ...device,
    info: { ...info, halves: true },
    linear: (weights, precision) => linear(precision === 'f16' ? halfLinear(weights) : weights),
  };
  return createDeviceEngine(rounding, evaluationBudget(info));
}

const halfBlock = ({ ln1, ln2, ...maps }: BlockWeights): BlockWeights => ({
  ln1,
  ln2,
  q: halfLinear(maps.q),
  k: halfLinear(maps.k),
  v: halfLinear(maps.v),
  o: halfLinear(maps.o),
  fc1: halfLinear(maps.fc1),
  fc2: halfLinear(maps.fc2),
});

const halfTower = <T extends { readonly blocks: readonly BlockWeights[] }>(tower: T): T => ({
  ...tower,
  blocks: tower.blocks.map(halfBlock),
});

/** The backbone whose float32 weights are those that halves stand for. */
export function halfBackbone<B extends Backbone>(backbone: B): B {
  const vision = halfTower(backbone.vision);
  const rounded = { ...backbone, vision: { ...vision, patchEmbedding: halfLinear(vision.patchEmbedding) } };
  if (rounded.kind !== 'clip') return rounded;
  return {
    ...rounded,
    text: halfTower(rounded.text),
    visionProjection: halfLinear(rounded.visionProjection),
    textProjection: halfLinear(rounded.textProjection),
  };
}
