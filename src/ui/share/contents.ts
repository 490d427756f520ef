/** What a link holds, in words. */
import { counted } from '../../core/counted.ts';
import type { StudyResult } from '../../study/result/result.ts';

const part = (count: number, text: (count: number) => string): string[] => (count > 0 ? [text(count)] : []);

/** Parts of a result, in the order of the page. @param kept what the link keeps */
export function contentsOf(kept: StudyResult): string[] {
  const { runs, landscape, shapley, pruning, planes, geometry, merging, federated, multitask } = kept;
  const trained = runs.filter(({ losses, validation }) => losses.length + validation.length > 0);
  const tested = runs.filter(({ test }) => test);
  const weights = pruning.filter(({ unstructured }) => unstructured.length > 0);
  return [
    'settings',
    ...part(trained.length, (count) => `training curves of ${counted(count, 'run')}`),
    ...part(tested.length, (count) => `test figures of ${counted(count, 'run')}`),
    ...part(landscape.length, (count) => counted(count, 'path between adapters', 'paths between adapters')),
    ...part(shapley.length, (count) => `Shapley values of ${counted(count, 'run')}`),
    ...part(pruning.length, (count) => `pruning of layers of ${counted(count, 'run')}`),
    ...part(weights.length, (count) => `pruning of weights of ${counted(count, 'run')}`),
    ...part(planes?.length ?? 0, (count) => counted(count, 'plane')),
    ...part(geometry?.points.length ?? 0, (count) => `distances between ${counted(count, 'adapter')}`),
    ...part(merging?.length ?? 0, () => 'merges of all seeds'),
    ...part(federated?.runs.length ?? 0, (count) => counted(count, 'federated training')),
    ...part(multitask?.runs.length ?? 0, () => 'merges across tasks'),
  ];
}
