/** The words that figures of results share, in German. */
import { germanComparison } from '../../study/readings/german-comparison.ts';
import { germanCount } from '../../core/counted.ts';
import type { RESULT_WORDS } from './messages.ts';

export const results: typeof RESULT_WORDS = {
  equalTask: germanComparison(
    'Bei gleicher Genauigkeit in der Aufgabe',
    'liegt',
    'dort öfter richtig',
    'in der Genauigkeit auf anderen Domänen bei gleicher Genauigkeit in der Aufgabe',
  ),
  equalTaskVerdict: (verdict) => `Bei gleicher Genauigkeit in der Aufgabe: ${verdict}`,
  accuracy: 'Genauigkeit',
  loss: 'Loss',
  images: (count) => germanCount(count, 'Bild', 'Bilder'),
  seeds: (count) => germanCount(count, 'Seed', 'Seeds'),
  pairs: (count) => germanCount(count, 'Seed-Paar', 'Seed-Paare'),
  earlier: 'vorher · misst …',
  backbone: 'Backbone',
  frozen: { 'zero-shot': 'Zero-Shot', 'head only': 'Nur der Kopf' },
  seed: (seed) => `Seed ${seed}`,
  howToRead: (figure) => `so liest man „${figure}“`,
  dataTable: (rows) => `Datentabelle (${germanCount(rows, 'Zeile', 'Zeilen')})`,
  twoNamed: (arms) => `Hier stehen zwei von ${germanCount(arms, 'Arm', 'Armen')}; die Ergebnistabelle enthält alle.`,
  compared: (arms, isLora, isCopra) => {
    const first = isLora ? 'der erste mit LoRA' : 'der erste';
    return `Von den ${germanCount(arms, 'Arm', 'Armen')} sind ${first} und ${isCopra ? 'der erste mit CopRA' : 'der nächste'} verglichen.`;
  },
  sweepElsewhere: (setting) => `Alle anderen Abbildungen: bei ${setting}`,
  tooFewSeeds: 'zu wenige Seeds',
  from: (low) => `${low} bis`,
  layersTitle: 'Schicht, vom Eingang zum Ausgang',
  layer: (name) => `Schicht ${name}`,
  ensemble: 'Ensemble der Logits',
  aligned: { none: '', orthogonal: ', gedreht', invertible: ', bestes P' },
  budgets: { steps: 'Schritte', updates: 'Updates', work: 'Rechenaufwand', time: 'Zeit' },
  equal: { steps: 'Schritte', updates: 'Adapter-Updates', work: 'Rechenaufwand', time: 'Zeit' },
  budgetAxes: {
    steps: 'Trainingsschritt',
    updates: 'Adapter-Updates (alle Schichten an: 1 je Schritt)',
    work: (arm) => `Rechenaufwand (ein Schritt von ${arm} mit allen Schichten: 1)`,
    time: 'Sekunden eines Laufs für sich allein',
  },
  spending: {
    awaited: 'Gezählt wird, was die Arme aufwenden.',
    unknown:
      'Was die Arme aufwenden, ist nicht bekannt: Die Größen des Backbones sind hier nicht bekannt, ein Arm adaptiert nichts von ihm, oder die Studie ist zu lang, um sie hier zu zählen.',
  },
  views: { arms: 'Jeder Arm als Punkt: Barriere', summary: 'Ergebnistabelle' },
  tooManyClasses: (most) =>
    `Antworten auf einzelne Bilder werden bei Aufgaben mit höchstens ${germanCount(most, 'Klasse', 'Klassen')} aufbewahrt. Diese hat mehr: Weder eine Studie, die hier läuft, noch eine Studiendatei enthält sie.`,
  absences: {
    frontier:
      'Arme werden zu Punkten, wenn es mindestens drei gibt, an denen Pruning oder Pfade zwischen Seeds gemessen wurden.',
    sweep:
      'Diese Studie ist kein Durchlauf über eine Einstellung: Ihre Arme unterscheiden sich in mehreren Einstellungen oder in keiner.',
    confusion: 'Dieses Ergebnis sagt nicht, welche Klasse für welche gehalten wurde.',
  },
};
