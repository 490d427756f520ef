/** What is stored of the images on the page, at the size that they are kept at. */
import type { KeptParts } from '../../data/stored/stored-dataset.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { DatasetSession } from './dataset-session.ts';
import type { DatasetState } from './dataset-state.ts';
import type { SizedImages } from './larger-images.ts';
import { namesOf } from './plan-state.ts';

/** @param keeping how they are kept. @returns null when no images are ready. @throws Error when they cannot be read at that size */
export async function partsToKeep(
  session: DatasetSession,
  state: DatasetState,
  keeping: ImageGeometry,
): Promise<KeptParts | null> {
  const { phase, name, shares, seed, dataset } = state;
  const { plan, last, geometry } = session;
  if (phase !== 'ready' || !plan || !last.images || !dataset) return null;
  const larger = session.at(keeping); // before anything is waited for: it goes with the plan
  const kept = async (): Promise<SizedImages> => (await import('./larger-images.ts')).largerImages(larger, state);
  const images = keeping === geometry ? { prepared: last.images, dataset } : await kept();
  return { name, plan, ...images, imageSize: keeping.imageSize, edits: { names: namesOf(state), shares, seed } };
}
