/** Half precision without a graphics card. */
import { evaluationBudget } from '../../src/engine/budget.ts';
import type { Device } from '../../src/engine/device.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createDeviceEngine } from '../../src/engine/passes/device-engine.ts';
import { halfLinear } from '../../src/engine/precision.ts';
import type { Backbone, BlockWeights, LinearWeights } from '../../src/model/backbone.ts';

/** An engine on a device that rounds the weights of maps as one that keeps halves does. */
export function roundingEngine<T>(device: Device<T>): Engine {
  const { info } = device;
  const rounding: Device<T> = {
    ...device,
    info: { ...info, halves: true },
    linear: (weights, precision) => device.linear(precision === 'f16' ? halfLinear(weights) : weights),
  };
  return createDeviceEngine(rounding, evaluationBudget(info));
}

/** The backbone with every linear map changed. */
export function mapLinears(backbone: Backbone, change: (map: LinearWeights) => LinearWeights): Backbone {
  const block = ({ ln1, ln2, ...maps }: BlockWeights): BlockWeights => ({
    ln1,
    ln2,
    q: change(maps.q),
    k: change(maps.k),
    v: change(maps.v),
    o: change(maps.o),
    fc1: change(maps.fc1),
    fc2: change(maps.fc2),
  });
  const tower = <T extends { readonly blocks: readonly BlockWeights[] }>(whole: T): T => ({
    ...whole,
    blocks: whole.blocks.map(block),
  });
  const vision = { ...tower(backbone.vision), patchEmbedding: change(backbone.vision.patchEmbedding) };
  if (backbone.kind !== 'clip') return { ...backbone, vision };
  return {
    ...backbone,
    vision,
    text: tower(backbone.text),
    visionProjection: change(backbone.visionProjection),
    textProjection: change(backbone.textProjection),
  };
}

/** A device whose maps are all in half precision. */
export const inHalves = <T>(device: Device<T>): Device<T> => ({
  ...device,
  linear: (weights) => device.linear(weights, 'f16'),
});
