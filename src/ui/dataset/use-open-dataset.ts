import type { DatasetSource } from '../../data/dataset/source.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import { geometryOf } from '../../model/model-facts.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import { chooseOwnImages } from '../../state/study/own-images-study.ts';
import { useBackbone, useImageSize, useServices } from '../context.ts';

/** The image geometry of the chosen backbone. */
export function useGeometry(): ImageGeometry {
  const { facts } = useBackbone();
  const imageSize = useImageSize();
  return geometryOf(facts, imageSize);
}

type Files = Promise<readonly DroppedFile[]> | readonly DroppedFile[];

/** Opens files or an address as the study's images; a refused source changes nothing. @returns whether it was accepted */
export function useOpenDataset(): (source: DatasetSource | Files) => Promise<boolean> {
  const { dataset, estimates, study } = useServices();
  const geometry = useGeometry();
  return async (source) => {
    const isTaken = await dataset.open(source, geometry);
    if (isTaken) void chooseOwnImages(study, estimates);
    return isTaken;
  };
}
