/** The words of the figure of times in German. */
import { germanComparison } from '../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../core/counted.ts';
import type { TIMING_WORDS } from './messages.ts';

export const timing: typeof TIMING_WORDS = {
  help: [
    'In der Studie trainieren alle Läufe zusammen, und ihre Zeiten lassen sich nicht trennen. Deshalb werden einige Schritte jedes Laufs wiederholt, ein Lauf nach dem anderen, mit den Gates dieses Schritts. Die Läufe eines Seeds wechseln sich ab; jeder Schritt wird fünfmal gerechnet, und die kürzeste Zeit zählt. Bänder sind eine Standardabweichung über Seeds.',
    'Eine inaktive Schicht braucht keinen Gradienten; ein Schritt von CopRA ist also billiger, solange Schichten aus sind. Jedes Bild durchläuft trotzdem alle Schichten. Das Vorbereiten der Bilder zählt nicht mit: Es ist in allen Armen gleich. Die Zeiten gelten für dieses Gerät.',
  ],
  awaited: 'Wie lange ein Schritt in jedem Arm dauert, erscheint hier nach dem Training.',
  off: 'Schalte „Dauer eines Schritts“ unter „Analysen“ ein, um zu sehen, wie lange ein Schritt in jedem Arm dauert.',
  stepAxis: 'Trainingsschritt',
  step: (step) => `Schritt ${step}`,
  timeAxis: 'Millisekunden je Schritt',
  milliseconds: (time) => `${time}\u00a0ms`,
  head: ['Arm', 'Schritt', 'Millisekunden', '±'],
  caption: {
    step: (arms) => `Ein Schritt eines Laufs für sich allein dauert, in Millisekunden: ${arms}`,
    differences: (differences) => `95-%-Intervall der Differenz über Seeds: ${differences}`,
    over: (steps, spread, device) =>
      `Mittel über ${germanCount(steps, 'Schritt', 'Schritte')} aus dem ganzen Training, ${spread}, auf ${device}`,
  },
  comparison: germanComparison(
    'Beim Training eines einzelnen Laufs',
    'braucht',
    'weniger Zeit je Schritt',
    'in der Zeit eines Schritts',
  ),
};
