/** What people read when models and adapters are fetched or kept, in German. */
import { integer } from '../../core/number-format.ts';
import type { SourceWords } from '../../platform/http/words.ts';
import type { HUB_WORDS } from './words.ts';

export const modelSource: SourceWords = {
  thing: 'Modell',
  instead: 'lege ihren Ordner hier ab',
  check: 'Prüfe den Namen und die Revision.',
  damaged: 'Wähle eine andere Revision oder ein anderes Modell.',
  later: 'Versuche es später noch einmal oder lege den Ordner des Modells hier ab.',
  again: 'Hole es noch einmal.',
};

export const adapterSource: SourceWords = {
  thing: 'Adapter',
  instead: 'öffne ihren Ordner hier',
  check: 'Prüfe den Namen und die Revision.',
  damaged: 'Wähle eine andere Revision oder einen anderen Adapter.',
  later: 'Versuche es später noch einmal oder öffne den Ordner des Adapters hier.',
  again: 'Öffne ihn noch einmal.',
};

export const modelHub: typeof HUB_WORDS = {
  kept: 'Was angekommen ist, bleibt erhalten: Der nächste Versuch geht von dort weiter.',

  noHub: (host) => `${host} antwortet anders als ein Modell-Hub. Prüfe seine Adresse.`,
  noModel: (repo, revision, host) =>
    `Auf ${host} gibt es kein Modell „${repo}“ mit der Revision „${revision}“ (404). Prüfe die Schreibweise.`,
  hubAnswer: 'Die Antwort des Hubs',
  nameTooLong: (name, most) =>
    `Die Adresse ist als Name eines Modells zu lang: ${name} hat mehr als ${integer(most)} Zeichen. Lege die Dateien unter eine kürzere oder lege ihren Ordner hier ab.`,
  cannotUse: (name, why) => `${name} lässt sich nicht verwenden. ${why}`,

  changed: (name, what) =>
    `Die Dateien von ${name} auf diesem Gerät sind nicht die, die geholt wurden: ${what}. Sie wurden seitdem geändert oder beschädigt. Lösche das Modell und hole es noch einmal.`,
  listChanged: 'Ihre Liste hat einen anderen SHA-256 als ihr Name',
  fileChanged: (file) => `${file} hat einen anderen SHA-256`,
  notHere: (name) =>
    `Das Backbone ${name} ist nicht auf diesem Gerät. Hole es zuerst unter „Backbone“ oder wähle ein anderes.`,
  earlyName: (name, source) =>
    `${name} wurde von einer früheren Version gespeichert, die es nur nach seiner Konfiguration und dem Header seiner Gewichte benannte: ` +
    `Ob ein Link oder eine gespeicherte Studie genau diese Gewichte meint, lässt sich nicht sagen. Hole es noch einmal von ${source}, dann steht sein Name für jedes Byte.`,
  folderGone: 'Der Ordner verschwand, während er geschrieben wurde. Versuche es noch einmal.',
  otherTab: 'Ein anderer Tab holt gerade dasselbe. Warte auf ihn oder schließe ihn.',
  weightsGone: 'Die Gewichte verschwanden, während sie geprüft wurden. Versuche es noch einmal.',
  noSpace: (needed, free) =>
    `Das Modell braucht ${needed} auf diesem Gerät${free === null ? '' : `, und dieser Seite bleiben noch ${free}`}. Lösche ein Modell unter „Modelle auf diesem Gerät“ oder schaffe Platz auf der Festplatte.`,
  notAsWritten: (file) =>
    `${file} wird anders gelesen, als es geschrieben wurde: Der Speicher dieses Geräts ist beschädigt, oder etwas anderes schreibt hinein. Nichts wurde aufbewahrt. Versuche es noch einmal.`,
  otherFiles: (source, is, expected) =>
    `Zusammen haben die Dateien unter ${source} den SHA-256 ${is}…, nicht ${expected}…: Sie wurden seitdem geändert oder unterwegs beschädigt. ` +
    'Nichts wurde aufbewahrt. Hole die Adresse ohne ihren SHA-256, um die jetzigen Dateien zu verwenden.',
  otherAdapterFiles: (source, is, expected) =>
    `Zusammen haben die Dateien unter ${source} den SHA-256 ${is}…, nicht ${expected}…: Sie wurden seitdem geändert oder unterwegs beschädigt. ` +
    'Nichts wurde aufbewahrt. Öffne die Adresse ohne ihren SHA-256, um die jetzigen Dateien zu verwenden.',
  otherDigest: (file, is, expected) =>
    `${file} kam mit dem SHA-256 ${is}… an, aber der Hub nennt ${expected}…: Die Datei wurde unterwegs geändert oder beschädigt. ` +
    'Nichts wurde aufbewahrt. Versuche es noch einmal, und wenn es wieder geschieht, über ein anderes Netz.',
  tooManyBytes: (file, bytes) => `${file} hat ${integer(bytes)} Bytes. So groß ist keine solche Datei eines Modells.`,
  fileGone: (file) => `${file} ist nicht mehr da.`,

  noConfig: 'Es gibt keine config.json: Das ist kein Modell, oder es hat ein anderes Format.',
  noTokenizer:
    'Es gibt keine tokenizer.json (und kein vocab.json mit merges.txt). Deshalb lassen sich die Prompts der Klassen nicht kodieren. Ergänze sie aus einem anderen Repository desselben Modells.',
  headerTooLong: (bytes) => `Der Header von ${integer(bytes)} Bytes ist für jedes Modell zu lang.`,
  headerCutOff: (end, bytes) =>
    `Der Header endet bei Byte ${integer(end)}, aber die Datei hat nur ${integer(bytes)}: Sie ist abgeschnitten.`,
  tooManyShards: (index, files, most) =>
    `${index} nennt ${integer(files)} Dateien; höchstens ${integer(most)} sind möglich.`,
  noShard: (file, index) => `Es gibt keine Datei ${file}, die ${index} nennt.`,

  tooManyAdapters: (place, found, first, most) =>
    `${place} enthält ${integer(found)} Adapter. Nenne den Ordner eines einzigen (${place}/${first}) oder einen mit höchstens ${integer(most)}.`,
  pickle: (place, file) =>
    `${place} enthält ${file}, ein Format, das Code ausführen kann. Bitte die Person, von der es stammt, es neu zu speichern: save_pretrained(…, safe_serialization=True).`,
  noAdapter: (place, config, weights) =>
    `${place} enthält keinen PEFT-Adapter: Kein Ordner darin hat sowohl ${config} als auch ${weights}.`,
  adapterGone: (file) => `${file} gibt es nicht mehr.`,
  adapterTooLarge: (file, bytes) => `${file} hat ${integer(bytes)} Bytes, zu viele für einen Adapter.`,
  noSpaceForAdapter:
    'Auf diesem Gerät ist kein Platz für den Adapter. Lösche Adapter, Modelle oder Datensätze, die darauf liegen, oder schaffe Platz auf der Festplatte.',
  noAdapterConfig: (file) => `Es gibt keine Datei ${file}: Dort liegt kein PEFT-Adapter.`,
};
