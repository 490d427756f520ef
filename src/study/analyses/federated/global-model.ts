/** What all clients of a federation share: the frozen weights, to which some rules add, and the global adapter. */
import type { Aggregated } from '../../../copra/federated/rule.ts';
import type { Objective } from '../../../engine/engine.ts';
import { addUpdate } from '../../../model/add-update.ts';
import type { Backbone } from '../../../model/backbone.ts';
import { visionOnly } from '../../../model/part-backbone.ts';

export interface GlobalModel {
  readonly backbone: Backbone;
  /** [layout.size] */
  readonly adapter: Float32Array;
}

/** The part of a backbone that an objective needs on the device. */
export const neededPart = (backbone: Backbone, objective: Objective): Backbone =>
  backbone.kind === 'clip' && objective.kind === 'features' ? visionOnly(backbone) : backbone;

/** The global model after a round. @param scale of the arm, also used for residuals */
export function nextModel(before: GlobalModel, { adapter, residual }: Aggregated, scale: number): GlobalModel {
  return { backbone: residual ? addUpdate(before.backbone, { ...residual, scale }) : before.backbone, adapter };
}
