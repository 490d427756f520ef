/** The words of the figures of pruning in German. */
import { germanComparison } from '../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../core/counted.ts';
import { integer } from '../../../core/number-format.ts';
import { presets } from '../../../study/presets/messages.de.ts';
import type { PRUNING_WORDS } from './messages.ts';

export const pruning: typeof PRUNING_WORDS = {
  layersHelp: [
    'Teile des trainierten Adapters werden ausgeschaltet, ohne dass nachtrainiert wird. Nur die genannten Schichten oder Projektionen bleiben an; bei Zeilen mit einem Minus steht, wie viele Schichten entfernt wurden.',
    'Behaltener Gewinn: 0 % ist das Backbone ohne Adapter, 100 % der ganze Adapter. Ein Punkt ist der Mittelwert über Seeds, die Linie durch ihn sein 95-%-Intervall über Seeds, nur auf diesen Testbildern; bei weniger als drei Seeds fehlt sie. Was am meisten übrig lässt, steht oben.',
    `Geordnete Masken entfernen die Schichten mit dem kleinsten Shapley-Wert, mit dem kleinsten ‖ΔW‖ oder zufällige. Shapley-Werte kennen die Labels einiger der Testbilder, auf denen die Masken dann getestet werden; das begünstigt diese Ordnung: in „${presets.called('Few images')}“, mit 64 von 796 Bildern, um ein bis zwei Punkte, bei weniger Testbildern um mehr. Die beiden anderen kennen keine Labels.`,
  ],
  layersAwaited: 'Wie viel bleibt, wenn Schichten ausgeschaltet werden, erscheint hier nach dem Training.',
  masksShown: 'Pruning von Schichten: gezeigte Masken',
  few: 'Hälften und Drittel',
  all: 'Alle zeigen',
  allOf: (count) => `Alle ${count} zeigen`,
  quantityShown: 'Pruning von Schichten: gezeigte Größe',
  gainKept: 'Behaltener Gewinn',
  accuracy: 'Genauigkeit',
  masks: {
    all: 'Alle Schichten',
    none: 'Keine Schicht',
    even: 'Schichten 1, 3, 5 …',
    odd: 'Schichten 2, 4, 6 …',
    low: 'Unteres Drittel',
    middle: 'Mittleres Drittel',
    high: 'Oberes Drittel',
    q: 'Nur q',
    k: 'Nur k',
    v: 'Nur v',
    o: 'Nur o',
    fc1: 'Nur fc1',
    fc2: 'Nur fc2',
    'q+k': 'Nur q und k',
    'q+v': 'Nur q und v',
    'k+v': 'Nur k und v',
    vision: 'Nur Bild-Encoder',
    text: 'Nur Text-Encoder',
  },
  ranked: {
    shapley: 'nach Shapley',
    norm: 'nach ‖ΔW‖',
    random: 'zufällig',
  },
  removedLayers: (count, order) => `−${count} ${order}`,
  interval: (low, high) => `${low} bis ${high}`,
  seen: (seen, tested) => `geordnet anhand von ${integer(seen)} von ${germanCount(tested, 'Testbild', 'Testbildern')}`,
  seenCaption: (seen, tested) =>
    `Shapley-Werte ordnen die Schichten anhand von ${integer(seen)} von ${germanCount(tested, 'Testbild', 'Testbildern')}, auf denen die Masken getestet werden; das begünstigt sie. ‖ΔW‖ und eine zufällige Ordnung sehen keine Labels.`,
  accuracyAxis: 'Testgenauigkeit, %',
  gainAxis: 'behaltener Gewinn, %',
  gainAxisOfAll: 'behaltener Gewinn, % (100 = alle)',
  gainAxisBetween: (nothing) => `behaltener Gewinn, % (0 = ${nothing}, 100 = alle)`,
  nothing: { 'zero-shot': 'Zero-Shot', 'head only': 'nur der Kopf', unknown: 'keine Schicht' },
  layersHead: [
    'Maske',
    'Arm',
    'Behalten %',
    'Genauigkeit %',
    'Std.-Abw.',
    'Behaltener Gewinn %',
    '95-%-Intervall über Seeds',
    'n',
  ],

  weightsHelp: [
    'Die Einträge mit dem kleinsten Betrag werden auf null gesetzt, ohne dass nachtrainiert wird. Was am kleinsten ist, hängt davon ab, wo man sucht.',
    'Alle A und B zusammen: Weil B bei null beginnt, fallen seine Einträge zuerst weg. Jedes A und jedes B: Jeder Faktor verliert denselben Anteil, wie in PEFT. ΔW = B·A: die Einträge des Updates, das in einem gemergten Modell steckt.',
  ],
  weightsAwaited: 'Die Genauigkeit, während immer mehr Gewichte wegfallen, erscheint hier nach dem Training.',
  updateEntries: 'dem Pruning der Einträge von ΔW',
  scopeTitles: {
    factors: 'Kleinste aller A und B zusammen',
    tensors: 'Kleinste in jedem A, jedem B',
    update: 'Kleinste in ΔW = B·A',
  },
  scopes: { factors: 'A und B', tensors: 'jedes A, jedes B', update: 'ΔW' },
  removedAxis: 'entfernte Gewichte, %',
  removedWeights: (share) => `${share} % der Gewichte entfernt`,
  weightsHead: ['Arm', 'Bereich', 'Entfernt %', 'Genauigkeit %', 'Std.-Abw.', 'Seeds'],
  layersCaption: {
    everyOther: (gains, over) => `Ohne jede zweite Schicht: ${gains} (${over})`,
    thirds: (gains) => `mit nur einem Drittel der Schichten: ${gains}`,
    cost: (name, first, isLess) =>
      `Schichten zu entfernen kostet ${name} ${isLess ? 'weniger' : 'mehr'} von seinem Gewinn als ${first}`,
  },
  weightsCaption: {
    entries: {
      factors: 'der Einträge von A und B',
      tensors: 'der Einträge jedes A und jedes B',
      update: 'der Einträge von ΔW',
    },
    has: (name, accuracy, isFirst) => `${name} ${isFirst ? 'hat ' : ''}${accuracy}`,
    removed: (share, entries, arms, over) => `Ohne ${share} ${entries}: ${arms} Genauigkeit (${over})`,
    averaged: (from, to, accuracies) =>
      `gemittelt über entfernte Anteile von ${from === to ? from : `${from} bis ${to}`}\u00a0%: ${accuracies}`,
  },
  weightsComparison: germanComparison(
    'Mit der Hälfte der Zahlen auf null',
    'liegt',
    'öfter richtig',
    'in der Testgenauigkeit mit der Hälfte der Zahlen auf null',
  ),
};
