/** What people read when a study file, an adapter or a measurement cannot be opened, or an adapter cannot be published, in German. */
import { germanCount } from '../core/counted.ts';
import type { SHARE_CHECKS } from './words.ts';

const TOWERS = { vision: 'Bild-Encoders', text: 'Text-Encoders' };

export const shareFiles: typeof SHARE_CHECKS = {
  result: (why) => `Das Ergebnis ist nicht annehmbar (${why}).`,
  newerResult:
    'Dieses Ergebnis stammt von einer neueren Version von CopRA Playground. Die Seite neu laden oder die Befehle aktualisieren und es noch einmal öffnen.',
  manifest: (file, why) => `${file} ist nicht annehmbar (${why}).`,
  damagedZip: (why) => `Die Zip-Datei ist beschädigt. ${why}`,
  damagedBecause: (why) => `Die Zip-Datei ist beschädigt („${why}“).`,
  notUnpacked: (file, why) => `Die Zip-Datei ist beschädigt: ${file} lässt sich nicht entpacken („${why}“).`,
  tooLarge: (file) => `${file} ist entpackt größer, als eine Studie sein kann. Die Datei wurde nicht geöffnet.`,
  whatItNames: 'Was sie nennt,',
  tooLargeToSave: (file, size, limit) =>
    `${file} hat ${germanCount(size, 'Megabyte', 'Megabyte')}, und in eine Studiendatei passen ${limit}: Sie ließe sich nicht wieder öffnen. Nichts wurde gespeichert.`,
  allOfIt: 'Die Studie mit ihren Adaptern',
  noJson: (file) => `${file} in der Datei ist kein JSON: Die Datei ist beschädigt.`,
  lacks: (file, why) =>
    `In der Zip-Datei fehlt ${file}: Sie ist keine Studie dieser Seite, oder sie ist beschädigt. ${why}`.trimEnd(),
  missing: 'Er fehlt.',
  noBase: 'Die Datei sagt nicht, zu welchem Backbone er gehört.',
  noArm: (arm) => `Die Studie hat keinen Arm „${arm}“.`,
  noSeed: (seed) => `Die Studie hat keinen Seed ${seed}.`,
  twice: (arm, seed) => `Arm „${arm}“, Seed ${seed}, hat schon einen Adapter.`,
  activations: (layers, active) =>
    `Er hat ${germanCount(layers, 'Schicht', 'Schichten')}, aber Aktivierungen von ${active}.`,
  noMap: (tower, layer, projection, rows, columns) =>
    `${projection} [${rows}, ${columns}] in Schicht ${layer} des ${TOWERS[tower]} ist keine Abbildung seines Backbones.`,
  adapterLeftOut: (file, why) => `Der Adapter ${file} wurde ausgelassen: ${why}`,
  pictureLeftOut: (file, why) => `Das Bild ${file} wurde ausgelassen: ${why}`,
  otherBackbone: (trained, read) =>
    `Für ${trained} trainiert und für ${read} gelesen: Er berechnet etwas anderes, als er gelernt hat.`,
  otherWeights: (backbone) =>
    `Für andere Gewichte von ${backbone} trainiert als diese: Er berechnet etwas anderes, als er gelernt hat.`,
  linksStopped:
    'Die Links konnten nicht erstellt werden: Ihr Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
  workerStopped:
    'Ihr Worker ist stehen geblieben: Die Datei ist zu groß für den Speicher dieses Geräts oder dazu gemacht, ihn anzuhalten.',

  newerSettings:
    'Die Datei stammt von einer neueren Version der Seite: Einstellungen, die diese Version nicht kennt, fehlen, und mit den übrigen lässt sich nichts trainieren.',

  noPython: (backbone) =>
    `Python kann ${backbone} nicht trainieren: In Modellen von timm sind q, k und v eine einzige Abbildung, die das Skript nicht kennt.`,

  dimensions: (tensor, dimensions) => `Tensor „${tensor}“ fehlt oder hat nicht ${dimensions} Dimensionen.`,
  noFactor: (tensor) => `„${tensor}“ ist kein Name eines LoRA-Faktors dieses Projekts.`,
  ranksOfFactors: (module, rank, other) => `Die Faktoren von „${module}“ haben die Ränge ${rank} und ${other}.`,
  noFactors: 'Die Datei enthält keinen LoRA-Faktor.',
  otherRank: (module, rank, others) => `„${module}“ hat Rang ${rank}, andere Faktoren haben Rang ${others}.`,
  magnitudes: (module, magnitudes, rows) =>
    `„${module}“ hat ${germanCount(magnitudes, 'Betrag', 'Beträge')} für ${germanCount(rows, 'Zeile', 'Zeilen')}.`,
  head: (rows, biases) =>
    `Der Kopf hat ${germanCount(rows, 'Zeile', 'Zeilen')} und ${germanCount(biases, 'Bias', 'Biases')}.`,

  chosenFiles: 'Auswahl',
  noZip: (path, why) => `${path} lässt sich nicht lesen: Das ist keine Zip-Datei, oder sie ist beschädigt („${why}“).`,
  adapterFileGone: (file, id) =>
    `${file} von ${id} ist nicht mehr auf diesem Gerät. Öffne den Adapter noch einmal vom Hub.`,
  pickle: (place) =>
    `${place}: Hier liegt adapter_model.bin, ein Format, das Code ausführen kann. Speichere den Adapter in Python neu: save_pretrained(…, safe_serialization=True).`,
  noWeights: (place, file) => `${place}: Es fehlt ${file}.`,
  fileTwice: (path) =>
    `${path} gibt es zweimal. Öffne die Adapter nacheinander, oder gib ihren Ordnern verschiedene Namen.`,
  noConfig: (place, file) => `${place}: Es fehlt ${file}, das Rang, α und Ziele nennt.`,
  unpacksToMore: (path, gigabytes) =>
    `Die Adapter in ${path} wären entpackt, mit dem, was daneben geöffnet wird, größer als ${gigabytes} GB. Nichts wurde entpackt. Entpacke die Datei selbst und öffne weniger ihrer Ordner auf einmal.`,
  unpacksToTimes: (path, times) =>
    `Die Adapter in ${path} wären entpackt mehr als ${times}-mal so groß wie die Datei, was trainierte Gewichte nicht sind. Nichts wurde entpackt. Wenn du der Datei traust, entpacke sie selbst und öffne ihre Ordner.`,
  jsonUnpacksToMore: (path, megabytes) =>
    `Die JSON-Dateien der Adapter in ${path} wären entpackt, mit dem, was daneben geöffnet wird, größer als ${megabytes} MB. Nichts wurde entpackt. Entpacke die Datei selbst und öffne weniger ihrer Ordner auf einmal.`,
  weightsTooLarge: (place, file) => `${place}: ${file} ist für einen Adapter zu groß.`,
  noAdapter: (config, weights) =>
    `Hier gibt es keinen PEFT-Adapter, also keinen Ordner und keine Zip-Datei mit ${config} und ${weights}.`,

  noRepository: (repo) =>
    `„${repo}“ ist kein Name eines Repositorys. Schreibe owner/name, mit deinem eigenen Namen als owner.`,
  noToken:
    'Das ist kein Token eines Hubs: Es beginnt mit hf_. Lege in den Einstellungen deines Kontos eines an, das schreiben darf.',
  noReach: (host, why) =>
    `${host} war nicht erreichbar, oder die Verbindung riss ab: „${why}“. Nichts wurde veröffentlicht. Versuche es noch einmal.`,
  tokenRefused: (host) =>
    `${host} nimmt dieses Token nicht an (401). Prüfe, ob es vollständig kopiert und nicht widerrufen ist.`,
  mayNotWrite: (host, repo) =>
    `${host} lässt dieses Token nicht in ${repo} schreiben (403). Es braucht die Rolle „write“, und owner musst du selbst oder eine Organisation von dir sein.`,
  notSeen: (host, repo) => `Auf ${host} gibt es kein ${repo}, das dieses Token sehen darf (404). Prüfe den Namen.`,
  changedMeanwhile: (repo) => `${repo} wurde inzwischen geändert (412). Veröffentliche noch einmal.`,
  tooMany: (host) => `${host} nimmt gerade keine weiteren Anfragen an (429). Warte einige Minuten.`,
  refused: (host, status, why) => `${host} lehnt ab (${status}): „${why}“`,

  noMeasurementLink: 'Diese Adresse enthält keine Messung.',
  otherFormat: (format, ours) =>
    `Dieser Link hat Format ${format}, und diese Seite liest Format ${ours}. Lade die Seite neu oder öffne den Link in der Version, die ihn gemacht hat.`,
  linkTooLong: 'Dieser Link ist zu lang, um von uns zu sein.',
  linkAltered: 'Dieser Link wurde unterwegs abgeschnitten oder verändert. Bitte noch einmal um ihn.',
  noMeasurement: 'Das ist keine Messung eines Geräts.',
  newerMeasurement:
    'Diese Messung wurde mit einer neueren Version der Seite gemacht. Lade die Seite neu oder miss mit dieser noch einmal.',
  damagedMeasurement: (why) => `Diese Messung ist beschädigt (${why}).`,
  quartiles: 'Die Quartile schließen den Median nicht ein.',
  tooManyLimits: 'Es sind zu viele Grenzen.',
  contenderTwice: 'Ein Rechenweg kommt doppelt vor.',
  contenderTwiceInTask: 'Ein Rechenweg kommt in einer Aufgabe doppelt vor.',
  taskTwice: 'Eine Aufgabe kommt doppelt vor.',
  measurementNoJson: 'Diese Datei ist keine Messung: Sie ist kein JSON.',
};
