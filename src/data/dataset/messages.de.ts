/** What is said of a data set, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import { dataFiles } from '../files/messages.de.ts';
import type { PLAN_WORDS } from './messages.ts';

const images = (count: number): string => germanCount(count, 'Bild', 'Bilder');
const classes = (count: number): string => germanCount(count, 'Klasse', 'Klassen');
const needed = (count: number): string => `nötig sind ${count}, zum Trainieren, Validieren und Testen`;

export const dataPlan: typeof PLAN_WORDS = {
  unlabelled: (count) => `${images(count)} ohne Klasse weggelassen.`,
  largestClasses: (used, all, rest) =>
    `Nur die ${integer(used)} größten von ${classes(all)} werden verwendet; weggelassen: ${rest}.`,
  classTooSmall: (name, count, least) =>
    `Die Klasse „${name}“ hat nur ${images(count)} und wird weggelassen: ${needed(least)}.`,
  classesTooSmall: (count, some, least) =>
    `${classes(count)} mit zu wenigen Bildern weggelassen: ${some}; ${needed(least)}.`,
  alike: (names) => names.map((name) => `„${name}“`).join(' und '),
  lookalikes: (some) =>
    `Klassennamen, die sich nur in Groß- und Kleinschreibung oder Leerzeichen unterscheiden: ${some}. Gib ihnen einen gemeinsamen Namen, um sie zu vereinigen.`,
  noClass:
    'Keines der Bilder hat eine Klasse. Wähle eine andere Label-Spalte oder leg je Klasse einen Ordner mit Bildern ab.',
  oneClass: (name) =>
    `Es gibt nur eine Klasse, „${name}“; zum Unterscheiden braucht es mindestens zwei. Leg Bilder einer anderen mit ab.`,
  tooFewClasses: (count, hasColumns) =>
    `Weniger als zwei Klassen haben mindestens ${images(count)}. Füge ${hasColumns ? 'Bilder hinzu oder wähle eine andere Label-Spalte' : 'ihnen Bilder hinzu'}.`,
  twoClasses: 'Weniger als zwei Klassen sind übrig. Behalte mindestens zwei, damit es etwas zu unterscheiden gibt.',
  nothingToTrain:
    'Kein Bild ist zum Trainieren bestimmt, alle sind zum Validieren oder Testen. Diese Aufteilung wird nicht verwendet: Bilder zum Trainieren, Validieren und Testen werden aus allen gezogen.',
  foreignArchive: 'nur zip, tar und tar.gz werden gelesen; entpack es oder pack es noch einmal in einem dieser Formate',
  inArchive: (archive, message) => `„${archive}“: ${message}`,
  subsample: (used, of) =>
    `${integer(used)} von ${germanCount(of, 'Bild', 'Bildern')} verwendet, zufällig und gleichmäßig aus den Klassen gezogen.`,
  classesBeyond: (used, all, size, limit, least, rest) =>
    `Nur die ${integer(used)} größten von ${classes(all)} werden verwendet: Bei ${size} × ${size} Pixeln haben ${images(limit)} Platz, und jede Klasse braucht ${least}. Weggelassen: ${rest}. Eine kleinere Eingabegröße hat Platz für mehr.`,
  undecodable: (why) => `das Bild lässt sich nicht dekodieren (${why})`,
  moreUndecodable: (count) =>
    `${germanCount(count, 'weiteres Bild ließ', 'weitere Bilder ließen')} sich nicht dekodieren und ${count === 1 ? 'wird' : 'werden'} weggelassen.`,
  copies: (count, size) =>
    `${images(count)} ${count === 1 ? 'ist bei' : 'sind bei'} ${size} × ${size} Pixeln ${count === 1 ? 'eine genaue Kopie eines anderen und wird' : 'genaue Kopien von anderen und werden'} weggelassen, damit auf keinem Testbild trainiert wird.`,
  contradictions: (count, some) =>
    `${germanCount(count, 'dieser Kopien hat', 'dieser Kopien haben')} eine andere Klasse als das Bild, das verwendet wird: ${some}. Sieh nach, welche Klasse stimmt.`,
  copyOf: (copy, used) => `${copy} (verwendet als „${used}“)`,
  noneDecoded: () => `Keines der Bilder ließ sich dekodieren. Leg ${dataFiles.imageKinds} ab.`,
  tooFewUsable: (count) =>
    `Weniger als zwei Klassen haben mindestens ${count} brauchbare Bilder. Füge ihnen Bilder hinzu.`,
  leak: (count, some) =>
    `${images(count)} zum Validieren oder Testen ${count === 1 ? 'sieht' : 'sehen'} fast so aus wie eines zum Trainieren, und das lässt die Genauigkeit besser aussehen, als sie ist: ${some}.`,
  pair: (held, trained) => `${held} und ${trained}`,
  split: {
    tooFew: (name, count, least) =>
      `Die Klasse „${name}“ hat ${germanCount(count, 'brauchbares Bild', 'brauchbare Bilder')}, nötig sind ${least}. Füge ihr Bilder hinzu oder lass die Klasse weg.`,
    tooFewInSome: (count, some, least) =>
      `${classes(count)} haben zu wenige brauchbare Bilder: ${some}; nötig sind ${least}. Füge ihnen Bilder hinzu oder lass sie weg.`,
    untrained: (name) =>
      `Der Klasse „${name}“ bleiben keine Bilder zum Trainieren. Leg welche in ihren Trainingsordner oder lass die Klasse weg.`,
    untrainedSome: (count, some) =>
      `${classes(count)} bleiben keine Bilder zum Trainieren: ${some}. Leg welche in ihre Trainingsordner oder lass die Klassen weg.`,
  },
  domains: {
    nothingLeft: 'Ohne die zurückgehaltenen Domänen bleibt zu wenig zum Trainieren. Halte weniger zurück.',
    noneInCommon: (name, its, ours) =>
      `„${name}“ hat keine Klasse dieses Datensatzes, darum lässt sich nichts daran testen. Seine Klassen: ${its}; die hiesigen: ${ours}. Klassen werden nach Namen zugeordnet: Benenne sie um.`,
    foreign: (name, count, some) =>
      `„${name}“ hat ${classes(count)}, für die nichts trainiert wird; dort weggelassen: ${some}.`,
    files: (name, message) => `„${name}“: ${message}`,
    missing: (name, count, some) =>
      `„${name}“ hat keine Bilder von ${germanCount(count, 'Klasse', 'Klassen')}: ${some}.`,
    copies: (name, count) =>
      `${images(count)} von „${name}“ ${count === 1 ? 'ist die genaue Kopie eines Bildes' : 'sind genaue Kopien von Bildern'} zum Trainieren oder Validieren und dort weggelassen.`,
    leak: (name, count, some) =>
      `${images(count)} von „${name}“ ${count === 1 ? 'sieht' : 'sehen'} fast so aus wie eines zum Trainieren oder Validieren, und das lässt die Genauigkeit dort besser aussehen, als sie ist: ${some}.`,
    subsample: (name, used, of) =>
      `${integer(used)} von ${germanCount(of, 'Bild', 'Bildern')} aus „${name}“ werden verwendet, zufällig und gleichmäßig aus den Klassen gezogen.`,
    none: (name) => `Keines der Bilder von „${name}“ ist brauchbar.`,
  },
  damagedCopy: 'Die mit der Studie gespeicherten Bilder sind beschädigt.',
};
