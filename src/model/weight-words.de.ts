/** What people read when a model comes without weights that can be read, in German. */
import type { WEIGHT_WORDS } from './weight-words.ts';

const PLACES = { it: 'Darin', folder: 'Im Ordner des Modells', dropped: 'In dem, was du abgelegt hast,' };

export const modelWeights: typeof WEIGHT_WORDS = {
  noWeights: (where, file, index, foreign) =>
    `${PLACES[where]} fehlt ${file} (oder ${index})${foreign.length > 0 ? `; vorhanden: ${foreign.join(', ')}` : ''}. Gewichte in anderen Formaten (.bin, .h5, .onnx) lassen sich nicht lesen. ` +
    'Speichere das Modell in Python neu mit save_pretrained(…, safe_serialization=True), oder wähle eine Revision, die sie hat, etwa refs/pr/….',
};
