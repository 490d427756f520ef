/** The images of an open data set at another size than that on the page. */
import { promptOf } from '../../data/bundled/tasks.ts';
import { buildDataset } from '../../data/dataset/dataset.ts';
import type { KeptParts } from '../../data/stored/stored-dataset.ts';
import type { DatasetSession } from './dataset-session.ts';
import type { DatasetState } from './dataset-state.ts';
import { plannedStudy } from './planned-study.ts';

export type SizedImages = Pick<KeptParts, 'prepared' | 'dataset'>;

/** @param larger the data set at that size. @throws Error when none is open, or when it cannot be read at that size */
export async function largerImages(larger: DatasetSession, state: DatasetState): Promise<SizedImages> {
  const { geometry } = larger;
  const study = plannedStudy(larger, state);
  if (!study) throw new Error('No data set is open.');
  const { shares, seed } = state;
  const { imageSize } = geometry;
  const options = { imageSize, geometry, shares, seed, promptOf, domains: study.domains };
  const { dataset, problems } = await buildDataset({ prepare: larger.prepare }, study.plan, options);
  const prepared = larger.last.images;
  if (!dataset || !prepared) throw new Error(problems.find(({ severity }) => severity === 'error')?.message);
  return { prepared, dataset };
}
