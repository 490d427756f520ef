/** What people read about results that contradict themselves, and about studies to which no seeds can be added, in German. */
import { integer } from '../../core/number-format.ts';
import type { RESULT_CHECKS } from './words.ts';

export const studyResults: typeof RESULT_CHECKS = {
  twice: (field, name) => `„${field}“ enthält ${name} doppelt.`,
  noArm: (arm) => `Die Studie hat keinen Arm „${arm}“.`,
  noSeed: (seed) => `Die Studie hat keinen Seed ${seed}.`,
  lengths: (field, of, expected, other) =>
    `„${field}“${of === null ? '' : ` von ${of}`}: Die Listen sind verschieden lang (${integer(expected)} und ${integer(other)} Werte).`,
  shapleyImages: (run) => `Die Shapley-Werte von ${run} beruhen auf mehr Bildern, als die Aufgabe hat.`,
  keepsMore: (run) => `Ein Pruning von ${run} behält mehr, als da ist.`,
  labels: 'Die Liste der Klassen gehört nicht zu den getesteten Bildern.',
  motifs: 'Die Motive gehören nicht zu den getesteten Bildern.',
  kept: 'Die Bilder mit Vorhersagen sind nicht alle unter den getesteten Bildern, oder eines kommt doppelt vor.',
  pictures: 'Es sind nicht so viele Bilder gespeichert wie angegeben.',
  predictions: 'Vorhersagen gehören nicht zu den Bildern, deren Klassen bekannt sind.',
  confusions: 'Eine Verwechslungsmatrix gehört nicht zu den Klassen der Aufgabe.',

  run: (arm, seed) => `Arm „${arm}“, Seed ${seed}`,
  pair: (arm, seeds) => `Arm „${arm}“, Seeds ${Math.min(...seeds)} und ${Math.max(...seeds)}`,
  quoted: (name) => `„${name}“`,
  ofArm: (arm) => `Arm „${arm}“`,
  ofSeed: (seed) => `Seed ${seed}`,
  allRuns: 'alle Läufe',
  noArmGiven: 'ohne Arm',
  backbone: 'das Backbone',
  atStep: (run, step) => `${run}, ${step === null ? 'letzter Schritt' : `Schritt ${integer(step)}`}`,

  otherSettings: 'Seeds werden einer Studie mit ihren eigenen Einstellungen hinzugefügt; dies sind andere.',
  followsTraining:
    'Ebenen, Abstände und Messungen entlang des Trainings folgen den Adaptern durch das Training, und die der früheren Läufe sind weg: Die Studie muss neu ausgeführt werden.',
  otherImages: (task, train) =>
    `Seeds werden auf denselben Bildern hinzugefügt: Die Studie war von „${task}“ mit ${integer(train)} Trainingsbildern.`,
  otherTestImages:
    'Seeds werden auf denselben Bildern in derselben Aufteilung hinzugefügt: Die Testbilder sind andere. Stelle Bilder und Aufteilung wieder her oder führe die Studie neu aus.',
  otherFrozen: (isHeadOnly, before, now) =>
    `Seeds werden auf denselben Bildern mit demselben Backbone hinzugefügt: Der Loss ${isHeadOnly ? 'nur mit dem Kopf' : 'ohne Adapter'} ist jetzt ${now} und war ${before}. Stelle Bilder und Aufteilung wieder her oder führe die Studie neu aus.`,
  noHeadAlone:
    'Die Studie stammt aus einer früheren Version, die Adapter nicht mit einem allein trainierten Kopf verglich: Sie muss neu ausgeführt werden.',
  adapterGone: (arm, seed) =>
    `Der Adapter von ${arm}, Seed ${seed}, ist nicht zur Hand: Die Studie muss neu ausgeführt werden.`,
};
