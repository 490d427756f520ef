/** What is said of analyses before their figures are loaded, in German. */
import { germanCount } from '../../../core/counted.ts';
import type { ANNOUNCED_WORDS } from './messages.ts';

/** After a noun and "von". */
const ofRuns = (count: number): string => germanCount(count, 'Lauf', 'Läufen');

export const ANNOUNCED_WORDS_DE: typeof ANNOUNCED_WORDS = {
  evaluations: (count) => germanCount(count, 'Auswertung', 'Auswertungen'),
  coalitions: (count, images) =>
    `${germanCount(count, 'Koalition', 'Koalitionen')} × ${germanCount(images, 'Bild', 'Bilder')}`,
  steps: (count) => germanCount(count, 'Schritt', 'Schritte'),
  planes: (count) => germanCount(count, 'Ebene', 'Ebenen'),
  missingPlanes: 'Ebenen',
  pruningOfLayers: (count) => `Pruning der Schichten von ${ofRuns(count)}`,
  pruningOfWeights: (count) => `Pruning der Gewichte von ${ofRuns(count)}`,
  shapleyValues: (count) => `Shapley-Werte von ${ofRuns(count)}`,
  interactions: (count) => `Wechselwirkungen und Gruppen der Schichten von ${ofRuns(count)}`,
  sharpnessOfRuns: (count) => `Schärfe von ${ofRuns(count)}`,
  spectraOfRuns: (count) => `Spektren von ${ofRuns(count)}`,
  training: (count) => `Training von ${ofRuns(count)} Schritt für Schritt`,
  timesOfSteps: (count) => `Dauer der Schritte von ${ofRuns(count)}`,
  pruneByHand: 'Pruning von Hand',
  noImageLayers:
    'Dieses Ergebnis hat keine Shapley-Werte einzelner Bilder: Links haben dafür keinen Platz, und frühere Versionen haben keine aufgehoben.',
};
