/** What is wrong with the files of a data set, in German. */
import { germanCount } from '../../core/counted.ts';
import { compactSigned, integer } from '../../core/number-format.ts';
import { dataFiles } from '../files/messages.de.ts';
import type { FORMAT_WORDS } from './words.ts';

const HOW = 'Leg einen Ordner ab, in dem je Klasse ein Ordner mit Bildern liegt.';
const images = (count: number): string => germanCount(count, 'Bild', 'Bilder');
const rows = (count: number): string => germanCount(count, 'Zeile', 'Zeilen');

export const dataFormats: typeof FORMAT_WORDS = {
  firstImages: (count) => `Nur die ersten ${images(count)} werden angesehen.`,
  firstRows: (count) => `Nur die ersten ${rows(count)} werden angesehen.`,
  noSplit: (count, path, column, said) =>
    `${rows(count)} von „${path}“ ${count === 1 ? 'wird' : 'werden'} zum Trainieren genommen: Die Spalte „${column}“ nennt dort ${said === '' ? 'keine Aufteilung' : `${said}, und das ist keine bekannte Aufteilung`}.`,
  noSplits: (path, column) =>
    `Die Spalte „${column}“ von „${path}“ wird nicht als Aufteilung gelesen: Das meiste, was darin steht, sieht nicht danach aus.`,
  cutOff: (path, said, there) =>
    `„${path}“ ist abgeschnitten: Angegeben sind ${images(said)}, enthalten ${images(there)}.`,
  endsWithinIt: 'die Datei endet mitten im Bild',
  stretched: (path, low, high) =>
    `Die Werte einiger Bilder von „${path}“ liegen in ${compactSigned(low)} … ${compactSigned(high)}; dieser Bereich wurde auf 0 … 255 gestreckt.`,
  flatColours: (path, planar) =>
    `„${path}“ enthält Farbbilder als Reihen von Zahlen. Sie werden ${planar ? 'Farbe für Farbe' : 'Pixel für Pixel'} gelesen, weil das die glatteren Bilder ergibt.`,
  otherSize: (used) => `„${used}“ wird verwendet, und dies sind vielleicht dieselben Bilder in anderer Größe`,
  arrays: {
    guessed: (name) =>
      `Kein Name eines Arrays deutet auf Klassen hin. Als Klassen gilt, was in „${name}“ steht; wenn das nicht stimmt, wähle bei den Klassen ein anderes Array.`,
    otherShape: 'die Form passt weder zu Bildern noch zu Labels',
    notImages: 'die Form passt nicht zu Bildern',
    noLabels: 'kein Array von Labels hat ebenso viele Einträge',
    elsewhere: (labels) =>
      `„${labels}“ hat ebenso viele Einträge, liegt aber in einem anderen Ordner oder gehört zu einer anderen Aufteilung`,
    none: 'Die Arrays enthalten keine Bilder mit Labels: Bilder sind N × Höhe × Breite (× Kanäle), Labels sind N Zahlen, und sind es mehrere, steht train oder test in ihren Namen.',
    npzInArchive: 'ein npz in einem Archiv wird nicht gelesen, leg es für sich ab',
  },
  npy: {
    none: 'das ist keine npy-Datei',
    cutOff: 'die Datei ist abgeschnitten',
    headerLong: 'der Header ist beschädigt oder zu lang',
    records: 'der Header ist beschädigt, oder die Datei enthält Datensätze statt einfacher Zahlen',
    pickled: 'die Datei enthält mit pickle gespeicherte Python-Objekte; speichere sie als Zahlen oder Text',
    type: (type) => `Werte des Typs „${type}“ werden nicht gelesen`,
    shapeDamaged: 'die Form ist beschädigt',
    fortran: 'die Werte stehen in Fortran-Ordnung; speichere sie mit numpy.ascontiguousarray',
  },
  cifar: {
    size: (path, bytes) =>
      `„${path}“ ist abgeschnitten oder keine CIFAR-Datei: Die Größe ist kein Vielfaches von ${bytes} Bytes.`,
    readUpTo: (path, image, why) => `„${path}“ ließ sich nur bis zum Bild ${image} lesen: ${why}.`,
    strange: (labels, path) =>
      `${germanCount(labels, 'Label', 'Labels')} in „${path}“ ${labels === 1 ? 'bezeichnet' : 'bezeichnen'} keine Klasse von CIFAR.`,
    none: 'Die CIFAR-Dateien enthalten keine Bilder.',
  },
  idx: {
    noLabels: 'keine Datei mit Labels gehört dazu',
    families: (used, others) =>
      `Hier liegen mehrere Datensätze mit je eigenen Klassen. „${used}“ wird verwendet; einen anderen wählst du dort, wo die Klassen gewählt werden: ${others}.`,
    fewerLabels: (path, count, labels) =>
      `„${path}“ hat ${images(count)}, aber nur ${germanCount(labels, 'Label', 'Labels')}; der Rest wird weggelassen.`,
    none: 'Die IDX-Dateien enthalten keine Bilder mit Labels. Leg die Datei der Bilder und die der Labels zusammen ab.',
    damaged: 'das ist keine IDX-Datei, oder sie ist beschädigt',
    notBytes: 'die Werte sind keine Bytes',
    size: (width, height, channels) =>
      `Bilder von ${width} × ${height} Pixeln mit ${germanCount(channels, 'Kanal', 'Kanälen')} werden nicht gelesen`,
    notWhole: 'die Labels sind keine ganzen Zahlen',
  },
  folders: {
    noImages: `In dem, was du abgelegt hast, sind keine Bilder. ${HOW}`,
    noClasses: `Die Bilder liegen in keinen Klassenordnern, darum sind ihre Klassen unbekannt. ${HOW}`,
    outside: 'außerhalb der Klassenordner',
    domains: (count, some) => `${germanCount(count, 'Domäne', 'Domänen')}: ${some}.`,
    besideSplits: 'neben den Ordnern der Aufteilung und in keinem davon',
    noneInside: 'darin sind keine Bilder',
    hostile: 'ein Pfad darf weder absolut sein noch „..“ oder Steuerzeichen enthalten',
    hidden: 'ein Ordner, dessen Name mit einem Punkt beginnt, ist versteckt',
    empty: 'die Datei ist leer',
    notImages: () => `keine ${dataFiles.imageKinds}`,
  },
  parquet: {
    inArchive: 'eine parquet-Datei in einem gepackten Archiv wird nicht gelesen, leg sie für sich ab',
    tooShort: 'die Datei ist zu kurz für eine parquet-Datei',
    directoryDamaged: 'ihr Verzeichnis ist beschädigt',
    directoryLarge: 'ihr Verzeichnis ist größer als 64 MB',
    directoryBeyond: 'ihr Verzeichnis zeigt über ihr Ende hinaus',
    groupLarge: 'eine Zeilengruppe ist größer als 1 GB; schreib die Datei mit kleineren Zeilengruppen',
    pageDamaged: 'eine Seite der Datei ist beschädigt oder passt nicht in den Speicher',
    pageRatio: 'entpackt wäre eine Seite der Datei mehr als 250-mal so groß',
    firstRows: (count, path) => `Nur die ersten ${rows(count)} werden angesehen, „${path}“ und was danach kommt nicht.`,
    noImages: 'keine ihrer Spalten enthält Bilder',
    none: 'Die parquet-Dateien enthalten keine Bilder: Nötig ist eine Spalte mit Bytes oder mit {bytes, path}.',
    noClasses: 'Keine Spalte der parquet-Dateien nennt die Klassen.',
    labelsDamaged: (count, path) => `Die Labels von ${rows(count)} von „${path}“ sind beschädigt.`,
    noBytes: 'seine Bytes fehlen',
  },
  rows: {
    empty: 'die Datei ist leer',
    columns: (most) => `die Tabelle hat mehr als ${most} Spalten`,
    rowLong: 'eine Zeile ist länger als 24 MB; vielleicht fehlt ein Anführungszeichen',
    lineLong: 'eine Zeile ist länger als 24 MB',
    noJson: 'keine Zeile der Datei ist ein JSON-Objekt',
  },
  table: {
    guessed: (column) =>
      `Kein Spaltenname deutet auf Klassen hin. Als Klassen gilt, was in „${column}“ steht; wenn das nicht stimmt, wähle bei den Klassen eine andere Spalte.`,
    guessedEach: (columns) =>
      `Kein Spaltenname deutet auf Klassen hin. Jede der Spalten ${columns} gilt als eine Klasse; wenn das nicht stimmt, wähle bei den Klassen die Spalte, die sie nennt.`,
    other: (used, column) =>
      `„${used}“ nennt die Klassen, und ${column === null ? 'keine Spalte dieser Tabelle nennt Klassen' : `die Spalte „${column}“ ist eine andere`}`,
    noRow: 'jede Zeile ist beschädigt oder hat mehr oder weniger Zellen als die Kopfzeile',
    missing: (path) => `das Bild, das „${path}“ nennt, ist nicht unter den Dateien`,
    addresses: (path) =>
      `„${path}“ nennt Adressen, und Bilder von Adressen werden nicht geladen; leg die Bilder mit der Tabelle ab`,
    several: (path) => `mehrere Bilder heißen so, wie „${path}“ angibt`,
    multiple: (path) => `„${path}“ gibt dem Bild mehrere Klassen`,
    tooMany: (most) => `Labels werden aus höchstens ${most} Tabellen gelesen`,
    repeated: (path) => `„${path}“ nennt das Bild zweimal`,
    elsewhere: (count, path) =>
      `${rows(count)} von „${path}“ nicht verwendet: Eine andere Tabelle nennt schon ein Label des Bildes.`,
    malformed: (count, path) =>
      `${rows(count)} von „${path}“ weggelassen: beschädigt oder mit mehr oder weniger Zellen als die Kopfzeile.`,
    strayQuotes: (count, path, first) =>
      `In ${germanCount(count, 'Zeile', 'Zeilen')} von „${path}“ (${count === 1 ? '' : 'zuerst in '}Zeile ${integer(first)}) schließt ein Anführungszeichen nicht. Eine solche Zeile wird bis zu ihrem Ende gelesen, mit den Anführungszeichen.`,
    asked: (path, columns) => `Wie „${path}“ aufgeteilt wird, sagt ${columns}.`,
    rowGone: 'seine Zeile ist nicht mehr da',
    noBase64: 'seine Zelle ist kein base64',
    noFile: 'zu ihm gibt es keine Datei',
    found: (found, count, missing) =>
      `${integer(found)} von ${rows(count)} ${found === 1 ? 'nennt' : 'nennen'} ein Bild, das hier ist${missing === '' ? '' : ` (nicht hier: ${missing})`}.`,
  },
  samples: {
    guessed: (name) =>
      `Kein Name neben den Bildern deutet auf Klassen hin. Als Klassen gilt, was in „${name}“ steht; wenn das nicht stimmt, wähle bei den Klassen etwas anderes.`,
    noLabel: 'keine Label-Datei dieses Namens',
    labelDamaged: 'beschädigt oder ohne Label',
  },
};
