/** What people read about a study that runs, in German. */
import { germanCount } from '../../core/counted.ts';
import { compact, integer } from '../../core/number-format.ts';
import type { STUDY_NOTICES } from './words.ts';

const SPLITS = { train: 'Trainingsbild', validation: 'Validierungsbild', test: 'Testbild' };

export const studyRun: typeof STUDY_NOTICES = {
  diverged: (arm, seed, step, rate) =>
    `${arm}, Seed ${seed}, ist in Schritt ${integer(step)} divergiert: Der Loss ist keine endliche Zahl mehr. Dieser Lauf endet, alle anderen gehen weiter. Verringere die Lernrate von ${arm} (jetzt ${compact(rate)}).`,
  allDiverged: 'Kein Lauf ist übrig, der sich auswerten ließe: Alle sind divergiert.',
  interrupted: (step) =>
    `Vom Training bis Schritt ${integer(step)} sind nur die ersten Adapter bekannt: Die der Schritte dazwischen gingen mit der Unterbrechung verloren, und was von ihnen gezeigt würde, fehlt.`,
  otherPixels:
    'Die Bilder haben andere Pixel als die der bisherigen Studie: Entweder sind es andere, oder ein anderer Browser hat dieselben Dateien dekodiert. Weicht der Loss des Backbones auf den Testbildern ab, wird die Studie abgelehnt; die übrigen Bilder lassen sich nicht prüfen. Nur dieselben Bilder ergeben eine Studie.',
  notFollowed:
    'Jetzt berechnete Ebenen und Abstände gelten nur für die fertig trainierten Adapter, und entlang des Trainings wird nichts gemessen: Adapter von unterwegs wurden nicht aufbewahrt.',
  otherDevice: (before, now) =>
    `Die Studie begann auf ${before} und geht auf ${now} weiter: Ihre Zahlen stimmen mit einem Lauf ohne Unterbrechung bis auf Rundung überein, nicht Bit für Bit.`,
  simulatedNow:
    'Die Geräte eines Klassenraums hatten begonnen, die Clients dieser Studie zu trainieren. Jetzt werden die Clients simuliert.',
  fewerKept: (kept, wanted, megabytes) =>
    `Von jedem Lauf werden unterwegs nur ${kept} statt ${germanCount(wanted, 'Adapter', 'Adapter')} aufbewahrt: Alle Läufe zusammen dürfen dafür ${integer(megabytes)} MB belegen.`,
  fewerTested: (steps, megabytes) =>
    `Entlang des Trainings wird jeder Lauf bei ${germanCount(steps, 'Schritt', 'Schritten')} weniger getestet als gewünscht: Die Adapter aller Läufe zusammen dürfen ${integer(megabytes)} MB belegen.`,
  mixedKinds: (kept) =>
    `LoRA- und DoRA-Adapter haben keine gemeinsame Form: Zwischen ihnen gibt es keine Pfade, und Ebenen und Merges sind nur aus ${kept}-Adaptern.`,

  invalidConfig: (path, why) =>
    `Die Konfiguration der Studie ist ${path === null ? 'im Ganzen' : `bei ${path}`} ungültig: ${why}`,
  noImages: (task, train, test) =>
    `Die Aufgabe „${task}“ braucht Trainings- und Testbilder (sie hat ${integer(train)} und ${integer(test)}).`,
  promptsPerClass: (task, prompts, classes) =>
    `Die Aufgabe „${task}“ hat ${germanCount(prompts, 'Prompt', 'Prompts')} für ${germanCount(classes, 'Klasse', 'Klassen')}.`,
  wrongImages: (split, task, found, due) =>
    `Die ${SPLITS[split]}er von „${task}“ haben ${germanCount(found.labels, 'Label', 'Labels')} und ${germanCount(found.values, 'Wert', 'Werte')}; ${germanCount(due.images, 'Bild braucht', 'Bilder brauchen')} ${integer(due.images)} und ${integer(due.values)}.`,
  wrongLabel: (split, task, place, label, classes) =>
    `Das ${SPLITS[split]} ${place} von „${task}“ hat das Label ${label}, das zu keiner der ${germanCount(classes, 'Klasse', 'Klassen')} gehört.`,
  noReference: (arm) =>
    `Von ${arm} soll der Adapter genommen werden, der einem Arm einer anderen Methode gleichkommt. Diese Studie hat aber keinen solchen Arm, dessen letzter Adapter genommen wird.`,
  ofArm: (arm, why) => `Arm „${arm}“: ${why}`,
  classesAlike: (count, some) =>
    `Für das Backbone sind ${integer(count)} Klassen eine: Seinem Wortschatz fehlen die Wörter, in denen sich ${some} unterscheiden, sodass nichts sie trennt. Gib ihnen Namen, die es kennt, oder wähle ein Backbone mit größerem Wortschatz.`,
  noTokenizer: 'Im Ordner des Backbones fehlt tokenizer.json: Die Prompts der Klassen lassen sich nicht kodieren.',
  severalPrompts: (arm) =>
    `Mehrere Prompt-Vorlagen werden nur gemittelt, solange der Text-Encoder eingefroren ist, und der Arm „${arm}“ passt ihn an. Behalte eine Vorlage oder passe nur den Bild-Encoder an.`,

  wrongDevice: (device, right, different, images, expected) =>
    `${device} rechnet mit diesem Backbone falsch: Ohne Training klassifiziert es ${right} der Testbilder richtig und ${integer(different)} von ${germanCount(images, 'Bild', 'Bildern')} anders als bekannt (richtig sind ${expected}). Wähle ein anderes Gerät für die Berechnung.`,
  deviceNotFinite: (device) =>
    `${device} rechnet mit diesem Backbone falsch: Ohne Adapter und vor jedem Training liefert es Werte, die keine Zahlen sind. Wähle ein anderes Gerät für die Berechnung.`,
  weightsNotFinite:
    'Die Gewichte des Backbones enthalten Werte, die keine Zahlen sind. Damit lässt sich nichts berechnen. Hole das Backbone noch einmal oder wähle ein anderes.',

  chooseAdapters: (most, chosen) => `Wähle 1 bis ${most} Adapter zum Auswerten, nicht ${chosen}.`,
  noClassifier: (adapter) =>
    `„${adapter}“ bringt keinen Klassifikator mit, und dieses Backbone hat keinen für die Aufgabe: Der Adapter lässt sich nicht auswerten.`,
  otherClasses: (adapter, has, task, needs) =>
    `„${adapter}“ unterscheidet ${germanCount(has, 'Klasse', 'Klassen')}; die Aufgabe „${task}“ hat ${integer(needs)}.`,
  otherNames: (adapter, task, missing) =>
    `„${adapter}“ unterscheidet andere Klassen als die Aufgabe „${task}“${missing.length > 0 ? `: Er kennt ${missing.join(', ')} nicht` : ''}.`,
  unknownClasses: (adapter) =>
    `„${adapter}“ sagt nicht, welche Klassen er unterscheidet. Er wird getestet, als wären es die der Aufgabe in ihrer Reihenfolge.`,
  noWords:
    'Dieses Backbone hat keinen Text-Encoder: Du kannst nur nach den Klassen fragen, auf die es trainiert wurde.',
  memoryShort: (least, weights, limit, kind) =>
    `Ein Trainingsschritt braucht mindestens ${least} Speicher, davon ${weights} für die Gewichte, und ${
      {
        chosen: `du erlaubst ${limit}`,
        addressable: `dieses Gerät kann ${limit} adressieren`,
        found: `dieses Gerät hatte, wie sich zeigte, nur ${limit}`,
        guessed: `für dieses Gerät werden ${limit} angenommen, weil es nicht sagt, wie viel es hat`,
      }[kind]
    }. Versucht wird es trotzdem. Ein kleineres Backbone oder kleinere Bilder brauchen weniger.`,
  tensorTooLarge: (tensor, limit) =>
    `Ein einzelner Tensor eines Trainingsschritts belegt selbst bei einem Bild auf einmal ${tensor}, und dieses Gerät nimmt höchstens ${limit} am Stück. Ein kleineres Backbone oder kleinere Bilder brauchen weniger, ebenso weniger Klassen, wo der Text-Encoder angepasst wird.`,
  isRunning: 'Eine Studie läuft. Frag noch einmal, wenn sie zu Ende ist.',
};
