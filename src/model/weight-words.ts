/** What people read when a model comes without weights that can be read. */
import { catalogue } from '../core/language/catalogue.ts';

/** What has no weights. */
type Place = 'it' | 'folder' | 'dropped';

const PLACES: Readonly<Record<Place, string>> = {
  it: 'It',
  folder: 'The model folder',
  dropped: 'What you dropped',
};

export const WEIGHT_WORDS = catalogue('modelWeights', {
  /** @param foreign files of other formats */
  noWeights: (where: Place, file: string, index: string, foreign: readonly string[]) =>
    `${PLACES[where]} has no ${file} (nor ${index})${foreign.length > 0 ? `: it holds ${foreign.join(', ')}` : ''}. Weights in other formats (.bin, .h5, .onnx) cannot be read. ` +
    'Save the model again in Python with save_pretrained(…, safe_serialization=True), or choose a revision of it that has them, such as refs/pr/….',
});
