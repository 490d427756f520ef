/** Which figures a result fills, and which the analyses of a study will fill: others are not on the page. */
import type { StudyResult } from '../../study/result/result.ts';

/** In the order of the page: one method's story first, then what some studies add. */
export const FIGURES = [
  'landscape',
  'shapley',
  'layers',
  'weights',
  'hand',
  'plane',
  'points',
  'merging',
  'federated',
  'many-tasks',
] as const;

export type FigureName = (typeof FIGURES)[number];

/** Whether the result has content for a figure. Layers are pruned by hand where there is a run. */
export function fills(figure: FigureName, result: StudyResult): boolean {
  switch (figure) {
    case 'landscape':
      return result.landscape.length > 0;
    case 'shapley':
      return result.shapley.length > 0;
    case 'layers':
      return result.pruning.some(({ structured }) => structured.length > 0);
    case 'weights':
      return result.pruning.some(({ unstructured }) => unstructured.length > 0);
    case 'hand':
      return result.runs.length > 0;
    case 'plane':
      return (result.planes?.length ?? 0) > 0;
    case 'points':
      return result.geometry !== undefined;
    case 'merging':
      return (result.merging?.length ?? 0) > 0;
    case 'federated':
      return result.federated !== undefined;
    case 'many-tasks':
      return result.multitask !== undefined;
    default:
      return figure satisfies never;
  }
}

function isAskedFor(figure: FigureName, { analyses }: StudyResult['config']): boolean {
  const { landscape, shapley, pruning, plane, geometry, merging, federated, multitask } = analyses;
  switch (figure) {
    case 'landscape':
      return landscape.enabled;
    case 'shapley':
      return shapley.enabled;
    case 'layers':
      return pruning.enabled;
    case 'weights':
      return pruning.enabled && pruning.scopes.length > 0 && pruning.sparsities.length > 0;
    case 'hand':
      return true;
    case 'plane':
      return plane?.enabled ?? false;
    case 'points':
      return geometry?.enabled ?? false;
    case 'merging':
      return merging?.enabled ?? false;
    case 'federated':
      return federated?.enabled ?? false;
    case 'many-tasks':
      return multitask?.enabled ?? false;
    default:
      return figure satisfies never;
  }
}

/** A frame that waits for its content counts: the study asked for it. */
export const figuresOf = (result: StudyResult): readonly FigureName[] =>
  FIGURES.filter((figure) => fills(figure, result) || isAskedFor(figure, result.config));
