/** What is stored of the images on the page, at the size that they are kept at. */
import { promptOf } from '../../data/bundled/tasks.ts';
import type { KeptParts } from '../../data/stored/stored-dataset.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { DatasetSession } from './dataset-session.ts';
import type { DatasetState } from './dataset-state.ts';
import { namesOf } from './plan-state.ts';

type Images = Pick<KeptParts, 'prepared' | 'dataset'>;

/** @param keeping how they are kept. @returns null when no images are ready. @throws Error when they cannot be read at that size */
export async function partsToKeep(
  session: DatasetSession,
  state: DatasetState,
  keeping: ImageGeometry,
): Promise<KeptParts | null> {
  const { phase, name, shares, seed, dataset } = state;
  const { plan, last, geometry } = session;
  if (phase !== 'ready' || !plan || !last.images || !dataset) return null;
  const images = keeping === geometry ? { prepared: last.images, dataset } : await imagesAt(keeping, session, state);
  return { name, plan, ...images, imageSize: keeping.imageSize, edits: { names: namesOf(state), shares, seed } };
}

/** The images as they are kept, which are larger than those on the page. */
async function imagesAt(geometry: ImageGeometry, session: DatasetSession, state: DatasetState): Promise<Images> {
  const [{ buildDataset }, { plannedStudy }] = await Promise.all([
    import('../../data/dataset/dataset.ts'),
    import('./planned-study.ts'),
  ]);
  const larger = session.at(geometry);
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
