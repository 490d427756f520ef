/** The words of the figure of sharpness in German. */
import { germanComparison } from '../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../core/counted.ts';
import type { SHARPNESS_WORDS } from './messages.ts';

export const sharpness: typeof SHARPNESS_WORDS = {
  help: [
    'Jedes A und jedes B wird in eine zufällige Richtung verschoben, um einen Anteil seiner eigenen Länge, und der Adapter wird noch einmal getestet. Linien sind Mittelwerte über die Richtungen, die für alle Arme und Seeds dieselben sind; Bänder sind eine Standardabweichung über Seeds.',
    'Eine flache Linie bedeutet ein flaches Minimum. Ließe sich CopRA nur deshalb besser mergen, weil seine Minima flacher sind, läge seine Linie beim Loss unter der von LoRA und bei der Genauigkeit darüber.',
  ],
  quantityShown: 'Schärfe: gezeigte Größe',
  directions: (count) => germanCount(count, 'Richtung', 'Richtungen'),
  awaited: 'Loss und Genauigkeit gestörter Adapter erscheinen hier nach dem Training.',
  off: 'Schalte „Schärfe der Minima“ unter „Analysen“ ein, um zu sehen, was zufällige Störungen der Adapter kosten.',
  images: { test: 'Testbilder', train: 'Trainingsbilder' },
  on: { test: 'Testbildern', train: 'Trainingsbildern' },
  axis: 'Größe der Störung, ‖δ‖ / ‖θ‖',
  changes: { loss: 'Zunahme des Loss, Nats', accuracy: 'Änderung der Genauigkeit, Punkte' },
  nats: (loss) => `${loss}\u00a0Nats`,
  head: ['Bilder', 'Arm', 'Größe', 'Zunahme des Loss, Nats', '±', 'Änderung der Genauigkeit, Punkte', '±'],
  caption: {
    on: (images, arms) => `auf ${images} ${arms}`,
    rises: (radius, parts) =>
      `Wird jeder Faktor um ${radius} seiner Länge gestört, steigt der Loss (in Nats) um: ${parts}`,
    over: (directions, spread) => `Mittel über ${germanCount(directions, 'Richtung', 'Richtungen')}, ${spread}`,
  },
  comparison: germanComparison(
    'Bei Störungen in zufällige Richtungen',
    'verschlechtert sich',
    'weniger',
    'im Anstieg des Loss durch zufällige Richtungen',
  ),
};
