/** What half precision changes in the memory of a training step, by the memory plan. Nothing is computed. */
import { shapeBackbone } from '../src/engine/memory/backbone-shapes.ts';
import { hollowBackbone } from '../src/engine/memory/hollow-backbone.ts';
import { stepMemory } from '../src/engine/memory/step-memory.ts';
import { webgpuMemory } from '../src/engine/memory/webgpu-memory.ts';
import type { StepMemory } from '../src/engine/engine.ts';
import type { Precision } from '../src/engine/precision.ts';
import type { Backbone, TowerConfig } from '../src/model/backbone.ts';
import type { Report } from './report.ts';
import { clipB, type ClipShapes } from './shaped-backbone.ts';
import { specOf } from './step-memory.ts';

const IMAGES = 32;
const MEGABYTE = 2 ** 20;

/** The sizes of a loaded backbone. @throws Error when it has no text tower */
function shapesOf(backbone: Backbone): ClipShapes {
  if (backbone.kind !== 'clip') throw new Error('The planned backbones are CLIPs.');
  const { vision, text, visionProjection } = backbone;
  const tower = ({ width, mlpWidth, heads, layers, tokens }: TowerConfig) => ({
    width,
    mlpWidth,
    heads,
    layers,
    tokens,
  });
  return {
    vision: { ...tower(vision.config), patchSize: vision.config.patchSize },
    text: {
      ...tower(text.config),
      vocabulary: text.config.vocabulary,
      projection: visionProjection.outFeatures,
    },
  };
}

function memoryIn(precision: Precision, shapes: ClipShapes): StepMemory {
  const backbone = shapeBackbone(shapes);
  return stepMemory({
    model: () => webgpuMemory(Infinity, false),
    backbone: (counting) => hollowBackbone(counting, backbone, (shape) => shape, precision),
    spec: specOf(shapes),
    batchSize: IMAGES,
  });
}

/** @param bundled the backbone of the default study */
export function benchPlannedHalves(report: Report, bundled: Backbone): void {
  const backbones = [
    { name: 'Emoji-CLIP', shapes: shapesOf(bundled) },
    ...[32, 16].map((patchSize) => ({ name: `CLIP ViT-B/${patchSize}`, shapes: clipB(patchSize, 12) })),
  ];
  const rows = backbones.map(({ name, shapes }) => {
    const [whole, half] = [memoryIn('f32', shapes), memoryIn('f16', shapes)];
    const weightsOnly = whole.total - whole.weights + half.weights;
    return {
      backbone: name,
      'weights f32, MiB': whole.weights / MEGABYTE,
      'f16, MiB': half.weights / MEGABYTE,
      'kept for the backward f32, MiB': whole.activations / MEGABYTE,
      'with f16, MiB': half.activations / MEGABYTE,
      'a step in f32, MiB': whole.total / MEGABYTE,
      'only weights in f16, MiB': weightsOnly / MEGABYTE,
      'in f16, MiB': half.total / MEGABYTE,
      'f16 over f32': half.total / whole.total,
    };
  });
  report.add(
    'planned memory in half precision',
    `An uncut step of 2 runs × ${IMAGES} images on WebGPU, LoRA r = 2 on all projections of both towers, by the memory plan.`,
    rows,
  );
}
