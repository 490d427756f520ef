/** Why the bytes of a link hold no result, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { LINK_CHECKS } from './words.ts';

export const linkChecks: typeof LINK_CHECKS = {
  ends: (_, wanted, left) =>
    `Die Daten enden zu früh (gebraucht: ${germanCount(wanted, 'Byte', 'Bytes')}, vorhanden: ${integer(left)}).`,
  endsInside: () => 'Die Daten enden zu früh.',
  tooLarge: () => 'Eine Zahl ist zu groß.',
  beyond: (_, value, limit) => `Eine Angabe lautet ${integer(value)}, möglich ist höchstens ${integer(limit)}.`,
  notText: () => 'Ein Text ist kein gültiges UTF-8.',
  notFinite: () => 'Eine Zahl ist nicht endlich.',
  notNumber: () => 'Eine Angabe ist keine Zahl.',
  unknownKind: () => 'Etwas ist von einer Art, die diese Version nicht kennt.',
  tooMany: () => 'Eine Liste ist länger, als eine Studie sie hat.',
  tooMuch: () => 'Ein Abschnitt enthält mehr, als eine Studie hat.',
  unknownGrid: () => 'Kurven liegen auf einem Raster, das diese Version nicht kennt.',
  ofNoImages: () => 'Kurven sind unter null Bildern gezählt.',
  unknownWay: () => 'Kurven sind auf unbekannte Weise gespeichert.',
  upsideDown: () => 'Die Skala von Kurven steht auf dem Kopf.',
  noRepeat: () => 'Ein Schritt einer Kurve wird null Mal wiederholt.',

  sectionTwice: 'Ein Abschnitt kommt doppelt vor.',
  tooDeep: 'Die Werte sind zu tief geschachtelt.',
  unknownWord: 'Es kommt ein Wort vor, das diese Version nicht kennt.',
  settingName: 'Eine Einstellung hat keinen richtigen Namen.',

  noDescription: 'Die Beschreibung der Studie fehlt.',
  description: (why) => `Die Beschreibung der Studie ist nicht annehmbar (${why}).`,
  noSettings: 'Die Einstellungen fehlen.',
  noArmSettings: 'Die Einstellungen eines Arms fehlen.',
  settings: (why) => `Die Einstellungen sind nicht annehmbar (${why}).`,
  headOnly: (why) => `Die Werte nur mit dem Kopf sind nicht annehmbar (${why}).`,
  diverged: (why) => `Die Liste der divergierten Läufe ist nicht annehmbar (${why}).`,
  divergedArm: (arm, arms) => `Ein divergierter Lauf gehört zu Arm ${arm} von ${arms}.`,
  date: 'Das Datum liegt außerhalb seines Bereichs.',
  noArm: (arm, arms) => `Arm ${arm} gibt es unter den ${arms} der Studie nicht.`,

  noForm: 'Was Bilder zur Varianz beitragen, hat keine Form einer Version.',
  designEffect: 'Ein Design-Effekt ist mindestens 1.',
  motifs: (motifs, images) =>
    `Auf ${germanCount(images, 'Bild', 'Bildern')} sind nicht ${germanCount(motifs, 'Motiv', 'Motive')} zu sehen.`,
  scaledAlone: 'Skalierte Updates stehen ohne Tests auf anderen Domänen.',
  oldConfusions: 'Links des ersten Formats enthalten keine Verwechslungen.',
  mergeFactor: 'Der Faktor eines Merges ist keine Zahl.',
  sweepFactors: 'Die Faktoren eines Durchlaufs sind keine Zahlen.',
  prunedName: 'Ein Adapter nach dem Pruning hat keinen richtigen Namen.',
  sparsities: 'Die entfernten Anteile sind keine Zahlen.',
  longPath: 'Ein Pfad entlang des Trainings hat mehr Punkte, als eine Studie testet.',
  domainName: 'Der Name einer Domäne ist kein Text.',
  taskName: 'Der Name einer Aufgabe ist kein Text.',
  brokenRow: 'Eine Zeile einer Ebene ist nicht vollständig.',
  perturbation: 'Die Größe einer Störung ist keine Zahl.',
  projections: 'Spieler von Shapley-Werten passen nicht zu ihren Projektionen.',
};
