/** The names of the figures by which arms are compared, in German. */
import type { MEASURE_WORDS } from './messages.ts';

const PATHS = { factor: 'Faktorpfad', product: 'Produktpfad' };
const ALIGNED = { orthogonal: ', gedreht', invertible: ', bestes P' };

const onPath = (path: keyof typeof PATHS, alignment: keyof typeof ALIGNED | undefined): string =>
  `${PATHS[path]}${alignment ? ALIGNED[alignment] : ''}`;

export const measures: typeof MEASURE_WORDS = {
  testAccuracy: 'Testgenauigkeit mit allen Schichten',
  topThird: 'Anteil des oberen Drittels der Schichten am Shapley-Wert',
  interaction: 'mittlere Wechselwirkung zweier Schichten',
  paths: {
    midpoint: (path, alignment) => `Genauigkeit in der Mitte, ${onPath(path, alignment)}`,
    'midpoint gain': (path, alignment) => `behaltener Gewinn in der Mitte, ${onPath(path, alignment)}`,
    barrier: (path, alignment) => `Barriere in der Genauigkeit, ${onPath(path, alignment)}`,
    lost: (path, alignment) => `in der Mitte verloren, ${onPath(path, alignment)}`,
    won: (path, alignment) => `in der Mitte gewonnen, ${onPath(path, alignment)}`,
  },
  masks: {
    'every other': 'jede zweite Schicht bleibt',
    even: 'jede zweite Schicht bleibt (1, 3, 5 …)',
    odd: 'jede zweite Schicht bleibt (2, 4, 6 …)',
    low: 'unteres Drittel bleibt',
    middle: 'mittleres Drittel bleibt',
    high: 'oberes Drittel bleibt',
    q: 'nur q bleibt',
    k: 'nur k bleibt',
    v: 'nur v bleibt',
    o: 'nur o bleibt',
  },
  masked: {
    accuracy: (mask) => `Genauigkeit, ${mask}`,
    retained: (mask) => `behaltener Gewinn, ${mask}`,
  },
  half: {
    factors: 'Genauigkeit mit halb so vielen Einträgen von A und B',
    tensors: 'Genauigkeit mit halb so vielen Einträgen jedes A und jedes B',
    update: 'Genauigkeit mit halb so vielen Einträgen von ΔW',
  },
  area: {
    factors: 'mittlere Genauigkeit beim Entfernen von Einträgen von A und B',
    tensors: 'mittlere Genauigkeit beim Entfernen von Einträgen jedes A und jedes B',
    update: 'mittlere Genauigkeit beim Entfernen von Einträgen von ΔW',
  },
  domains: {
    whole: 'Genauigkeit auf anderen Domänen, alle Schichten',
    equalTask: 'Genauigkeit auf anderen Domänen, Updates auf gleiche Genauigkeit in der Aufgabe skaliert',
    half: 'Genauigkeit auf anderen Domänen, halbe Schichtzahl',
    factor: 'Genauigkeit auf anderen Domänen, Mitte des Faktorpfads',
    product: 'Genauigkeit auf anderen Domänen, Mitte des Produktpfads',
  },
  tasks: {
    single: 'Genauigkeit, ein Adapter je Aufgabe',
    factors: 'Genauigkeit, Adapter aller Aufgaben gemergt: A und B gemittelt',
    updates: 'Genauigkeit, Adapter aller Aufgaben gemergt: ΔW gemittelt',
  },
  federated: {
    accuracy: 'Genauigkeit des globalen Modells nach der letzten Runde, FedIT',
    error:
      'Fehler beim Mitteln von A und B, Anteil am größten bei diesem Weg der Clients, Mittel über Runden gleicher Bewegung',
  },
};
