/** The words of Shapley values of layers in German. */
import { germanComparison } from '../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../core/counted.ts';
import type { SHAPLEY_WORDS } from './messages.ts';

export const shapley: typeof SHAPLEY_WORDS = {
  help: [
    'Jede Schicht ist ein Spieler, der mitspielt oder nicht. Ihr Shapley-Wert ist das, was sie im Mittel über alle Reihenfolgen beiträgt, in denen die Schichten dazukommen können; zusammen ergeben die Werte den ganzen Gewinn gegenüber dem Modell ohne alle Schichten.',
    'Gleich hohe Balken bedeuten, dass sich die Schichten die Arbeit teilen. Fehlerbalken sind eine Standardabweichung über Seeds oder, wenn nur ein Seed analysiert wurde, der Standardfehler: über die Bilder und, falls Koalitionen gezogen wurden, auch über diese.',
    'Der Anteil des oberen Drittels zählt Werte ohne ihr Vorzeichen zusammen, und der Zufall trägt zu denen jeder Schicht bei: Je weniger Bilder, desto näher liegt er an gleicher Verteilung. Vergleiche ihn zwischen Armen, nicht zwischen Studien.',
  ],
  quantityShown: 'Shapley: gezeigte Größe',
  awaited: 'Was jede Schicht beiträgt, erscheint hier nach dem Training.',
  compareEstimators: 'Schätzer vergleichen',
  axes: { accuracy: 'Shapley-Wert, Punkte', loss: 'Shapley-Wert, Nats' },
  head: ['Arm', 'Schicht', 'Genauigkeit, Punkte', '±', 'Loss, Nats', '±', 'Seeds'],
  ofPicture: 'Shapley-Werte dieses Bildes.',

  estimators: {
    exact: 'exakt',
    permutation: 'gezogene Reihenfolgen',
    owen: 'Owen-Stichprobe',
    kernel: 'gepaartes KernelSHAP',
    odd: 'gepaart + ungerade Ordnung 3',
  },
  estimatedFrom: (estimator, coalitions) => `${estimator}, ${germanCount(coalitions, 'Koalition', 'Koalitionen')}`,
  residual: (points) => `Residuum ${points} Punkte`,
  gini: (arms) => `Gini ${arms}`,
  caption: {
    topThird: (name, share, isFirst) =>
      isFirst ? `Vom Beitrag leistet das obere Drittel der Schichten bei ${name} ${share}` : `bei ${name} ${share}`,
    whole: (arms, even, over) => `${arms} (bei gleichen Schichten wären es ${even}; ${over})`,
    tooFew: 'zu wenige Seeds, um zu sagen, wer ihn gleichmäßiger verteilt',
    unclear: 'wer ihn gleichmäßiger verteilt, ist nicht deutlich',
    carries: (name, first, isMore) =>
      `das obere Drittel von ${name} leistet ${isMore ? 'mehr' : 'weniger'} davon als das von ${first}`,
    evenly: (name, first, isMore) =>
      `${name} verteilt ihn ${isMore ? 'gleichmäßiger' : 'ungleichmäßiger'} als ${first}`,
    noCredit: (names) => `keine Schicht von ${names} trägt etwas bei`,
    noneAtAll: (names, over) => `Keine Schicht von ${names} trägt etwas bei (${over})`,
    players: { layer: 'Schicht', projection: 'Projektion' },
    error: (player, points) => `Standardfehler einer ${player} höchstens ${points} Punkte`,
    errors: (player, images, coalitions) =>
      `Standardfehler einer ${player} höchstens ${images} Punkte über Bilder und ${coalitions} über Koalitionen`,
  },
  comparison: germanComparison(
    'Von den Schichten nahe der Ausgabe',
    'hängt',
    'weniger ab',
    'im Anteil der Schichten nahe der Ausgabe am Beitrag',
  ),
};
