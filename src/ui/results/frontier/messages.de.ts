/** The words of the figure that has every arm as a point, in German. */
import { germanCount } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import type { FRONTIER_WORDS } from './messages.ts';

const beside = (difference: string): string => difference && `, ${difference} Punkte`;

/**
 * Of an arm with more of a measure than the first one.
 * @param best "Die niedrigste Barriere" @param one "verliert" of one arm, @param several "verlieren" of several
 * @param what "weniger", of one arm and of several @param where behind the verb and the first arm: "zwischen zwei Seeds"
 */
const captionOf = (
  best: string,
  [one, several]: readonly [string, string],
  [ofOne, ofSeveral]: readonly [string, string],
  where: string,
) => ({
  best: (arm: string) => `${best} hat ${arm}`,
  tooFew: (first: string) => `Zu wenige Seeds, um zu sagen, welche Arme ${where} ${ofSeveral} ${several} als ${first}.`,
  none: (first: string) => `Kein Arm ${one} ${where} deutlich ${ofOne} als ${first}.`,
  ahead: (first: string, arms: number, of: number, names: string) => {
    const [verb, what] = arms === 1 ? [one, ofOne] : [several, ofSeveral];
    const said = `${verb} ${where} deutlich ${what} als ${first}`;
    return of === 1 ? `${names} ${said}.` : `${arms} von ${of} Armen ${said}: ${names}.`;
  },
});

const price: (typeof FRONTIER_WORDS)['caption']['price'] = ({ less, more, open }) => {
  const all = less + more + open;
  const [are, they] = all === 1 ? ['ist er', 'er'] : ['sind alle', 'sie'];
  if (less === all) return `Mit allen Schichten ${are} weniger genau.`;
  if (more === all) return `Mit allen Schichten ${are} auch genauer.`;
  if (open === all)
    return `Ob ${they} mit allen Schichten weniger genau ${all === 1 ? 'ist' : 'sind'}, lässt sich nicht sagen.`;
  const of = (count: number, what: string): readonly string[] =>
    count > 0 ? [`${count} ${count === 1 ? 'ist' : 'sind'} ${what}`] : [];
  return `Mit allen Schichten: ${listed([...of(less, 'weniger genau'), ...of(more, 'genauer'), ...of(open, 'offen')])}.`;
};

export const frontier: typeof FRONTIER_WORDS = {
  help: (first) => [
    'Ein Arm ist ein Punkt: Weiter rechts ist er mit allen Schichten genauer. Weiter oben behält er mehr von seinem Gewinn, wenn jede zweite Schicht aus ist, oder zwei seiner Seeds sind auf halbem Weg dazwischen genauer. Bei der Barriere ist weiter unten besser: Dort geht auf dem Weg zwischen zwei Seeds weniger verloren (Faktorpfad). Die Nummern an den Punkten sind die der Arme in den Tabellen.',
    `Gestrichelte Linien sind die Werte von ${first}, mit dem alle anderen verglichen werden. Die gepunktete Linie verbindet die Arme, die kein anderer in beidem schlägt. Eine dünne Linie durch einen Punkt ist das 95-%-Intervall seiner Differenz zu ${first}; gezeichnet ist sie, wo sie ${first} nicht einschließt. Die Datentabelle enthält alle Intervalle und sagt, worüber jedes geht. Keines ist für die Zahl der Arme korrigiert: Von vierzig Armen, die sich von ${first} nicht unterscheiden, sieht etwa einer durch Glück deutlich besser aus. Die Achsen beginnen bei den Punkten, nicht bei 0.`,
  ],
  measure: 'Jeder Arm als Punkt: Größe',
  measures: {
    gain: {
      name: 'Behaltener Gewinn',
      inSentence: 'behaltener Gewinn',
      axis: 'behaltener Gewinn, jede zweite Schicht aus, % (besser ↑)',
      narrow: 'halbe Schichtzahl: behaltener Gewinn, % (besser ↑)',
      head: 'Behaltener Gewinn, %',
      unit: '%',
    },
    barrier: {
      name: 'Barriere',
      inSentence: 'Barriere',
      axis: 'Barriere zwischen zwei Seeds, Punkte (besser ↓)',
      narrow: 'Barriere, Punkte (besser ↓)',
      head: 'Barriere, Punkte',
      unit: 'Punkte',
    },
    midpoint: {
      name: 'Mitte',
      inSentence: 'Mitte',
      axis: 'Genauigkeit auf halbem Weg zwischen zwei Seeds, % (besser ↑)',
      narrow: 'Mitte zweier Seeds, % (besser ↑)',
      head: 'Mitte, %',
      unit: '%',
    },
  },
  empty:
    'Jeder Arm wird hier zum Punkt, sobald seine Seeds getestet sind, auch nach dem Pruning, oder die Pfade zwischen ihnen gemessen sind.',
  arms: (shown, all) =>
    shown < all ? `${shown} von ${germanCount(all, 'Arm', 'Armen')}` : germanCount(all, 'Arm', 'Arme'),
  levelOf: (first) => `Niveau von ${first}`,
  unbeaten: 'von keinem in beidem geschlagen',
  isUnbeaten: (arm) => `${arm} wird von keinem in beidem geschlagen`,
  byValue: (method) => `${method}, nach Wert`,
  point: ({ name, accuracy, accuracyBeside, measure, value, valueBeside }) =>
    `${name}: Genauigkeit ${accuracy} %${beside(accuracyBeside)}; ${measure.inSentence} ${value} ${measure.unit}${beside(valueBeside)}`,
  difference: (mean, low, high) => `${mean} (${low} bis ${high})`,
  axis: 'Testgenauigkeit mit allen Schichten, % (besser →)',
  narrowAxis: 'Testgenauigkeit, % (besser →)',
  arm: 'Arm',
  accuracy: 'Genauigkeit, %',
  less: (first) => `− ${first}`,
  interval: 'Intervall',
  seeds: 'Seeds',
  pairs: 'Paare',
  unbeatenHead: 'Von keinem in beidem geschlagen',
  yes: 'ja',
  caption: {
    measures: {
      gain: captionOf(
        'Den höchsten behaltenen Gewinn',
        ['behält', 'behalten'],
        ['mehr von seinem Gewinn', 'mehr von ihrem Gewinn'],
        'ohne jede zweite Schicht',
      ),
      barrier: captionOf(
        'Die niedrigste Barriere',
        ['verliert', 'verlieren'],
        ['weniger', 'weniger'],
        'zwischen zwei Seeds',
      ),
      midpoint: captionOf(
        'Die höchste Genauigkeit in der Mitte',
        ['liegt', 'liegen'],
        ['höher', 'höher'],
        'auf halbem Weg zwischen zwei Seeds',
      ),
    },
    points: (points) => `${points}\u00a0Punkte`,
    price,
    luck: (first) =>
      `von Armen, die sich von ${first} nicht unterscheiden, sieht etwa einer von vierzig durch Glück deutlich besser aus`,
    more: (names, count) => `${names} und ${count} weitere`,
    at: (name, value, accuracy) => `${name}, ${value} bei einer Genauigkeit von ${accuracy}`,
    mostAccurate: 'zugleich der genaueste Arm',
    accurate: (name, accuracy, value) => `die höchste Genauigkeit hat ${name}, ${accuracy} (${value})`,
    unbeaten: (arms, names) => `von ${germanCount(arms, 'Arm', 'Armen')} übertrifft keiner ${names} in beidem`,
    clear: (first, scope, count, arms, names) =>
      `das 95-%-Intervall der Differenz zu ${first}, ${scope}, liegt bei ${count} von ${germanCount(arms, 'Arm', 'Armen')} auf der besseren Seite der 0 (${names})`,
    over: (seeds, images) => `${seeds}, ${images}`,
    noFirst: (first) => `Mit ${first} wird nichts verglichen: Der Arm hat keinen solchen Wert.`,
  },
};
