/** Which column, or which level of folders, of another data set names the classes of this one. */
import type { ReadingChoice } from '../formats/records.ts';
import type { OpenedDataset } from './dataset-client.ts';
import type { MatchedDomain } from './held-out.ts';
import type { DatasetPlan } from './plan.ts';

/**
 * The likely plan of a data set if it has images of classes that are trained on, else the one of its other readings that has most of them.
 * @throws the signal's reason when aborted
 */
export async function matchingPlan(
  opened: Pick<OpenedDataset, 'plan' | 'relabel'>,
  match: (plan: DatasetPlan) => Pick<MatchedDomain, 'images'>,
  signal?: AbortSignal,
): Promise<DatasetPlan> {
  const { columns, labelColumn, readings } = opened.plan;
  const matched = (plan: DatasetPlan): number => match(plan).images.length;
  if (matched(opened.plan) > 0) return opened.plan;
  const choices: readonly ReadingChoice[] = [
    ...(readings?.options ?? []).filter(({ id }) => id !== readings?.chosen).map(({ id }) => ({ reading: id })),
    ...columns.filter(({ name }) => name !== labelColumn).map(({ name }) => ({ labelColumn: name })),
  ];
  if (choices.length === 0) return opened.plan;
  let [best, most]: [ReadingChoice, number] = [{}, 0];
  for (const choice of choices) {
    const images = matched(await opened.relabel(choice, { signal }));
    if (images > most) [best, most] = [choice, images];
  }
  // What was read last is what is decoded.
  return opened.relabel(best, { signal });
}
