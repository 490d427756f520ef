/** The words of the figures of Shapley values that are loaded when they are shown, in German. */
import { germanComparison } from '../../../../study/readings/german-comparison.ts';
import type { ComparisonWords } from '../../../../study/readings/messages.ts';
import { listed } from '../../../../core/listed.ts';
import { germanCountAll } from '../../../../core/counted-all.ts';
import { germanCount } from '../../../../core/counted.ts';
import { integer } from '../../../../core/number-format.ts';
import type { SHAPLEY_FIGURE_WORDS } from './messages.ts';

const interaction = (verb: string, amount: string): ComparisonWords => ({
  ...germanComparison('', '', '', 'in der mittleren Interaktion zweier Schichten'),
  clear: (arm, other) => `Im Mittel ${verb} die Schichten von ${arm} einander ${amount} als die von ${other}.`,
});

export const shapleyFigures: typeof SHAPLEY_FIGURE_WORDS = {
  units: { accuracy: 'Punkte', loss: 'Nats' },
  measured: (value, error, unit) => `${value} ± ${error} ${unit}`,
  layer: 'Schicht',
  columns: { accuracy: 'Genauigkeit, Punkte', loss: 'Loss, Nats' },

  projections: {
    title: 'Shapley-Wert jeder Projektion',
    help: [
      'Jede Projektion mit Adapter in jeder Schicht ist ein Spieler. Eine Zelle zeigt, was sie eingeschaltet beiträgt, gemittelt über alle Reihenfolgen, in denen die Projektionen dazukommen können; zusammen ergeben die Zellen den ganzen Gewinn gegenüber dem Modell ohne alle Projektionen.',
      'Kräftige Farbe bedeutet großen Anteil, Grau bis Schwarz bedeutet Schaden. Alle Felder haben dieselbe Skala. Es gibt zu viele Koalitionen, um alle zu prüfen; deshalb haben Zellen neben dem Fehler über Bilder auch einen über Koalitionen.',
    ],
    axis: (limit, unit) => `Schicht (größter Betrag: ${limit} ${unit})`,
    inTower: {
      vision: (projection) => `Bild ${projection}`,
      text: (projection) => `Text ${projection}`,
    },
    cell: (panel, row, layer, measured) => `${panel}, ${row} in Schicht ${layer}: ${measured}`,
    towers: { vision: 'Bild', text: 'Text' },
    all: 'alle',
    head: (column) => ['Feld', 'Encoder', 'Schicht', 'Projektion', column, '±', 'Seeds'],
  },

  evolution: {
    message: 'Wie viel die Schichten nahe der Ausgabe im Lauf des Trainings beitragen.',
    title: 'Shapley-Werte im Lauf des Trainings',
    help: [
      'Dieselbe Analyse für die Adapter, wie sie nach dem ersten und dem zweiten Drittel der Schritte waren, neben den trainierten. Früh im Training sind bei CopRA selten alle Schichten zusammen aktiv; wie genau es dann mit allen Schichten ist, sagt wenig darüber, wo es endet.',
    ],
    quantityShown: 'Shapley im Lauf des Trainings: gezeigte Größe',
    awaited: 'Die ersten Werte erscheinen hier nach dem Training.',
    panel: (arm, step) => `${arm}, Schritt ${step}`,
    narrowPanel: (arm, step) => `${arm} ${step}`,
    bar: (panel, layer, measured) => `${panel}, Schicht ${layer}: ${measured}`,
    caption: {
      shares: (arms) => `Beitrag des oberen Drittels der Schichten über die Schritte: ${arms}`,
      none: (names) => `Keine Schicht von ${names} trägt bei irgendeinem Schritt etwas bei`,
    },
  },

  interactions: {
    help: [
      'Eine Zelle zeigt, um wie viel mehr zwei Schichten zusammen zu denen beitragen, die vor ihnen dazukamen, als jede für sich, gemittelt über alle Reihenfolgen: der Shapley-Interaktionsindex. Unter null (violett) ersetzen sie einander: Jede ist weniger wert, wenn die andere an ist. Über null (grün) braucht jede die andere. Schichten, die nicht aufeinander wirken, haben null.',
      'Alle Felder haben dieselbe Skala. ± ist eine Standardabweichung über Seeds oder, wenn nur ein Seed analysiert wurde, der Standardfehler über die Bilder.',
    ],
    quantityShown: 'Wechselwirkungen: gezeigte Größe',
    cell: (arm, layer, other, measured) => `${arm}, Schichten ${layer} und ${other}: ${measured}`,
    head: (column) => ['Arm', 'Schicht', 'Andere Schicht', column, '±', 'Seeds'],
    caption: {
      worth: (points, isLess, name, isFirst) =>
        `bei ${name} ${points} Punkte ${isLess ? 'weniger' : 'mehr'}${isFirst ? ' als einzeln' : ''}`,
      together: (worth, pairs, over) =>
        `Zwei Schichten sind zusammen ${worth} wert (Mittel über ${germanCountAll(pairs, 'Paar', 'Paare')}; ${over})`,
      tooFew: 'zu wenige Seeds, um zu sagen, wessen mittlere Interaktion niedriger ist',
      unclear: 'es ist nicht deutlich, wessen mittlere Interaktion niedriger ist',
      substitutes: (name, first, points, isMore) =>
        `die Schichten von ${name} ersetzen einander ${isMore ? 'mehr' : 'weniger'} als die von ${first}, um ${points} Punkte`,
      needs: (name, first, points, isMore) =>
        `die Schichten von ${name} brauchen einander ${isMore ? 'mehr' : 'weniger'} als die von ${first}, um ${points} Punkte`,
    },
    comparisons: {
      substitutes: interaction('ersetzen', 'mehr'),
      needs: interaction('brauchen', 'weniger'),
    },
  },
  needEvery: 'Bekannt, wenn jede Koalition von Schichten ausgewertet wurde.',

  sets: {
    message: 'Was übrig ist, wenn nur einige Schichten an sind: die ersten, die letzten, die besten oder irgendwelche.',
    help: [
      'Genauigkeit, wenn nur einige Schichten an sind: die nächsten am Eingang, die nächsten am Ausgang oder die beste Gruppe dieser Größe; alle anderen sind die des eingefrorenen Backbones. Schichten zweier Encoder werden nach ihrer Tiefe im eigenen Encoder genommen.',
      'Die beste Gruppe wird auf der einen Hälfte der Bilder gewählt und auf der anderen getestet, und umgekehrt: Auf den Bildern, auf denen sie gewählt wurde, sähe sie besser aus, als sie ist. Alle Bilder eines Motivs sind in einer Hälfte; in früheren Ergebnissen können sie in beiden sein, und die beste Gruppe sieht etwas besser aus. Die feine Linie ist das Mittel aller Gruppen. Bänder sind eine Standardabweichung über Seeds.',
    ],
    quantityShown: 'Gruppen von Schichten: gezeigte Größe',
    panels: { first: 'Erste Schichten an', last: 'Letzte Schichten an', best: 'Beste Gruppe; fein: Mittel' },
    kinds: { first: 'Erste Schichten', last: 'Letzte Schichten', best: 'Beste Gruppe', mean: 'Mittel aller Gruppen' },
    curves: { first: 'erste Schichten', last: 'letzte Schichten', best: 'beste Gruppe', mean: 'Mittel aller Gruppen' },
    which: (layers) => `Schichten ${layers}`,
    axis: 'eingeschaltete Schichten',
    layersOn: (size, all) =>
      all === null ? `Schichten an: ${size}` : `${size} von ${germanCount(all, 'Schicht', 'Schichten')} an`,
    values: { accuracy: 'Genauigkeit, %', loss: 'Loss, Nats' },
    head: ['Arm', 'Gruppe', 'Schichten an', 'Genauigkeit %', 'Std.-Abw.', 'Loss', 'Seeds', 'Welche'],
    caption: {
      sets: (name, { first, last, best, any, all }) =>
        `${name} hat ${first} mit den ersten, ${last} mit den letzten, ${best} mit den besten, im Mittel ${any} mit irgendwelchen und ${all} mit allen`,
      withHalf: (half, layers, sets, isFirst) =>
        `${isFirst ? 'Mit' : 'mit'} ${half} von ${germanCount(layers, 'Schicht', 'Schichten')}: ${sets}`,
      best: (name, best, all) => `${name} ${best} von ${all}`,
      bestHalf: (arms, over) => `Mit der besten Hälfte der Schichten, von allen: ${arms.join(', ')} (${over})`,
      chosen: (over) =>
        `die besten werden auf der einen Hälfte der Bilder gewählt und auf der anderen getestet (${over})`,
    },
  },

  comparison: {
    message: 'Geschätzte Shapley-Werte nähern sich den exakten, je mehr Koalitionen ausprobiert werden.',
    title: 'Schätzer gegen exakte Werte',
    help: (seeds) => [
      `Alle Koalitionen dieses Adapters wurden ausgewertet, seine Shapley-Werte sind also bekannt. Jeder Schätzer darf so viele Koalitionen auswerten, wie die waagerechte Achse angibt, und schätzt dieselben Werte, mit ${germanCount(seeds, 'Seed', 'Seeds')}; Balken sind Standardfehler über diese. Fehler sollten klein sein, Korrelationen groß.`,
    ],
    needsCoalitions:
      'Schätzer lassen sich vergleichen, wenn jede Koalition bekannt ist: Rechne auf diesem Gerät eine Studie mit dem exakten Schätzer und mehr als sechs Schichten. Gespeicherte Ergebnisse und solche aus Links enthalten die Koalitionen nicht.',
    run: (arm, seed) => `${arm}, Seed ${seed}`,
    runAnalysed: 'Lauf, dessen Adapter analysiert wird',
    known: (coalitions, images) =>
      `${germanCount(coalitions, 'Koalition', 'Koalitionen')} bekannt, ${germanCount(images, 'Bild', 'Bilder')}`,
    stop: 'Beenden',
    estimatesDone: 'Fertige Schätzungen',
    estimates: (done, all) => `${integer(done)} von ${integer(all)} Schätzungen`,
    compare: 'Vergleichen',
    compareAgain: 'Noch einmal vergleichen',
    quantityCompared: 'Schätzer: verglichene Größe',
    invitation:
      '„Vergleichen“ lässt jeden Schätzer auf den schon bekannten Koalitionen rechnen; kein Bild wird noch einmal ausgewertet.',
    nothingToEstimate:
      'Jede Gruppe von Schichten ist hier gleich viel wert: Alle Shapley-Werte sind null, es gibt nichts zu schätzen.',
    estimators: {
      'plain-permutation': 'Reihenfolgen',
      permutation: 'Reihenfolgen, antithetisch',
      owen: 'Owen (multilinear)',
      kernel: 'KernelSHAP, gepaart',
      odd: 'gepaart + ungerade Ordnung 3',
    },
    quantities: { error: 'normierter mittlerer quadratischer Fehler', spearman: 'Rangkorrelation nach Spearman' },
    axis: 'ausgewertete Koalitionen',
    point: (estimator, coalitions, value) =>
      `${estimator}, ${germanCount(coalitions, 'Koalition', 'Koalitionen')}: ${value}`,
    head: ['Schätzer', 'Koalitionen', 'Normierter MSE', '± Standardfehler', 'Spearman', '± Standardfehler'],
    caption: {
      random: (coalitions, seeds) =>
        `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} irren zufällige Reihenfolgen bei diesem Adapter am wenigsten (${germanCount(seeds, 'Seed', 'Seeds')}).`,
      best: (coalitions, name, times, seeds) =>
        `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} irrt „${name}“ bei diesem Adapter am wenigsten: Der quadratische Fehler zufälliger Reihenfolgen ist ${times}-mal so groß (${germanCount(seeds, 'Seed', 'Seeds')}).`,
      exact: (coalitions, names, seeds) =>
        `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} ${names.length > 1 ? 'sind' : 'ist'} ${listed(names.map((name) => `„${name}“`))} bei diesem Adapter bis auf Rundung exakt (${germanCount(seeds, 'Seed', 'Seeds')}).`,
    },
  },
};
