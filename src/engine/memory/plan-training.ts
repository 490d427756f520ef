/** The memory plan of a training on a device with a loaded backbone. */
import type { EngineInfo, MemoryPlan } from '../engine.ts';
import type { Precision } from '../precision.ts';
import { preparePrompts } from '../passes/towers.ts';
import type { DeviceBackbone } from '../passes/weights.ts';
import { hollowBackbone } from './hollow-backbone.ts';
import { memoryModel, pieceRows } from './memory-model.ts';
import { planStep, type Cutting, type TowerRows } from './plan-step.ts';
import type { CountedTraining } from './step-memory.ts';

interface PlannedTraining
  extends
    Pick<Cutting, 'limit' | 'otherBytes'>,
    Pick<CountedTraining, 'spec' | 'batchSize' | 'sourceOfRun' | 'hasBranchFactors'> {
  readonly precision: Precision;
}

/** @param shapeOf of a tensor of the backbone */
export function planTraining<T>(
  info: EngineInfo,
  backbone: DeviceBackbone<T>,
  shapeOf: (tensor: T) => { rows: number; cols: number },
  { spec, batchSize, sourceOfRun, hasBranchFactors, precision, limit, otherBytes }: PlannedTraining,
): MemoryPlan {
  const { layout, objective } = spec;
  const lowestOf = (tower: 'vision' | 'text') =>
    Math.min(...layout.pairs.filter((pair) => pair.tower === tower).map(({ layer }) => layer));
  const work = (tower: 'vision' | 'text', rows: number, layers: number): TowerRows => {
    const lowest = lowestOf(tower);
    return lowest < layers ? { rows, lowest, layers } : { rows: 0, lowest: layers, layers: Math.max(1, layers) };
  };
  const { vision, clip } = backbone;
  const text = clip && objective.kind === 'clip' ? clip.text : null;
  const promptRows =
    text && objective.kind === 'clip'
      ? objective.classes * preparePrompts(text, objective.tokens, objective.classes).tokens
      : 0;
  return planStep(
    {
      model: () => memoryModel(info),
      backbone: (device) => hollowBackbone(device, backbone, shapeOf, precision),
      spec,
      batchSize,
      sourceOfRun,
      hasBranchFactors,
    },
    {
      limit,
      otherBytes,
      pieceRows: pieceRows(info),
      towers: {
        vision: work('vision', batchSize * vision.tokens, vision.blocks.length),
        text: work('text', promptRows, text?.blocks.length ?? 0),
      },
    },
  );
}
