/** What is wrong with files, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { FILE_WORDS, LeftOut } from './messages.ts';

const NOUNS: Readonly<Record<LeftOut, readonly [one: string, many: string]>> = {
  archive: ['Archiv', 'Archive'],
  array: ['Array', 'Arrays'],
  'class folder': ['Klassenordner', 'Klassenordner'],
  file: ['Datei', 'Dateien'],
  image: ['Bild', 'Bilder'],
  'label file': ['Label-Datei', 'Label-Dateien'],
  row: ['Zeile', 'Zeilen'],
  table: ['Tabelle', 'Tabellen'],
};

export const dataFiles: typeof FILE_WORDS = {
  imageKinds: 'JPEG-, PNG-, WebP-, AVIF-, GIF-, BMP- oder SVG-Bilder',
  more: (names, count) => `${names} und ${integer(count)} weitere`,
  first: (kind, count, of, isMore) =>
    `Nur die ersten ${integer(count)} von ${isMore ? 'mehr als ' : ''}${integer(of)} ${kind === 'images' ? 'Bildern' : 'Dateien, die keine Bilder sind,'} werden angesehen. Leg weniger ab, um alle zu verwenden.`,
  leftOutOne: (name, why) => `„${name}“ weggelassen: ${why}.`,
  leftOut: (count, what, some, why) => `${germanCount(count, ...NOUNS[what])} weggelassen (${some}): ${why}.`,
  leftOutAlike: (count, why) => `${germanCount(count, 'Datei', 'Dateien')} weggelassen: ${why}.`,
  larger: (megabytes) => `die Datei ist größer als ${megabytes} MB`,
  damaged: 'die Datei ist abgeschnitten oder beschädigt',
  unpacksToMore: (megabytes) => `entpackt ist die Datei größer als ${megabytes} MB`,
  unpacksToTimes: (ratio) => `entpackt ist die Datei mehr als ${ratio}-mal so groß`,
};
