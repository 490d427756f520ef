/** How images of one's own become squares, as the page does it for the same backbone. */
import type { LoadedBackbone } from '../../src/model/load-backbone.ts';
import { factsOf } from '../../src/model/facts-of.ts';
import { geometryOf } from '../../src/model/model-facts.ts';
import type { ImageGeometry } from '../../src/model/image-geometry.ts';
import { BACKBONES } from '../../src/state/models/backbones.ts';

/** @param id of the backbone, as a study names it */
export function imageGeometryOf(id: string, { config, preprocessing }: LoadedBackbone): ImageGeometry {
  // Bundled backbones state no geometry: artwork is square.
  const facts = BACKBONES.find((card) => card.id === id)?.facts ?? factsOf(config, preprocessing, 0);
  return geometryOf(facts, preprocessing.imageSize);
}
