/** Why an image cannot be decoded, in German. */
import { integer } from '../../core/number-format.ts';
import type { IMAGE_WORDS } from './messages.ts';

export const dataImages: typeof IMAGE_WORDS = {
  noWorkerCanvas: 'Dieser Browser gibt Workern kein 2D-Canvas, darum lassen sich Bilder hier nicht dekodieren.',
  noCanvas: 'Dieser Browser gibt kein 2D-Canvas.',
  hiddenPixels:
    'Zum Schutz vor Fingerprinting gibt dieser Browser Seiten Rauschen statt der Pixel von Bildern. Deshalb werden keine Bilder übernommen und keine PNG gespeichert; Diagramme lassen sich als SVG speichern. Erlaub dieser Seite, Canvas-Daten auszulesen (in Firefox und seinen Verwandten: Strg + I, Berechtigungen), und versuch es noch einmal.',
  unreadable: 'dieser Browser erkennt darin kein Bild',
  heic: 'HEIC, das nur Safari liest; speichere es als JPEG, oder lass ein iPhone JPEG aufnehmen: Einstellungen › Kamera › Formate › Maximale Kompatibilität',
  largeSvg: 'ein SVG von mehr als 2 MB',
  drawingSlow: 'das Zeichnen dauert zu lange',
  drawingDamaged: 'die Zeichnung ist beschädigt',
  tooManyPixels: (width, height) => `${integer(width)} × ${integer(height)} Pixel sind zu viele`,
};
