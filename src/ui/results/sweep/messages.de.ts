/** The words of the figure of a sweep in German. */
import { germanCount } from '../../../core/counted.ts';
import type { SWEEP_WORDS } from './messages.ts';

export const sweep: typeof SWEEP_WORDS = {
  message: 'Dieselbe Studie mit jedem Wert einer Einstellung.',
  title: (setting) => `Durchlauf: ${setting}`,
  help: [
    'Bis auf eine Einstellung ist alles gleich: Schritte, Bilder, ihre Reihenfolge und die Seeds. Gewinnt ein Verfahren nur bei einem Wert, war vielleicht nur der Wert günstiger; gewinnt es über einen ganzen Bereich, hängt es nicht davon ab.',
    '1:1 gemergt: A und B zweier Seeds gemittelt, nichts nachtrainiert. Jede zweite Schicht aus: das Mittel aus „nur Schichten 1, 3, 5 … behalten“ und „nur 2, 4, 6 … behalten“. Punkte sind Mittel über Seeds, beim Mergen über Seed-Paare; Bänder sind eine Standardabweichung.',
    'Ringe zeigen den Wert, bei dem ein Verfahren auf den Validierungsbildern im Mittel am genauesten ist: Wer jedes Verfahren für sich einstellt, nimmt ihn. Testbilder haben an dieser Wahl keinen Anteil; auf ihnen lassen sich die Punkte mit Ring also vergleichen. Der höchste Punkt einer Kurve wurde dagegen auf denselben Bildern gefunden, auf denen sie gezeigt wird.',
    'Ein höherer Rang oder eine höhere Rate kann verlangen, dass sich andere Einstellungen mitändern.',
  ],
  values: (count) => germanCount(count, 'Wert', 'Werte'),
  empty: 'Was jeder Wert der Einstellung bringt, erscheint hier, wenn das Training fertig ist.',
  accuracy: 'Testgenauigkeit, %',
  panels: {
    accuracy: 'Alle Schichten an',
    midpointFactor: 'Zwei Seeds 1:1 gemergt',
    everyOther: 'Jede zweite Schicht aus',
  },
  rings: 'am besten auf Validierungsbildern',
  method: 'Verfahren',
  validation: 'Validierung, %',
  inPercent: (title) => `${title}, %`,
  any: 'beliebig',
  caption: {
    measures: { accuracy: 'mit allen Schichten', merged: '1:1 gemergt', everyOther: 'ohne jede zweite Schicht' },
    best: {
      said: (where, said) => `${where}: ${said}.`,
      each: (setting) => `Jedes beim eigenen besten Wert (${setting})`,
      one: (name, setting) => `${name} beim eigenen besten Wert (${setting})`,
      ahead: (name, first, where) => `${name} liegt ${where} vor ${first}`,
      behind: (name, first, where) => `${name} liegt ${where} hinter ${first}`,
      unclear: (where) => `${where} ist kein Unterschied deutlich`,
      tooFew: 'zu wenige Seeds, um die Verfahren zu unterscheiden',
      at: (name, value) => `${name} bei ${value}`,
      difference: (where, points, interval) => {
        const behind = interval.filter((part) => part !== '').join(' ');
        return `${where} ${points}${behind && ` (${behind})`}`;
      },
      numbers: ({ chosen, validation, beside, apart, differences, over, hasIntervals }) =>
        `${chosen}, am besten auf ${germanCount(validation, 'Validierungsbild', 'Validierungsbildern')}${beside && `, ${beside}`}; ${apart} in Punkten: ${differences.join(', ')}${over && ` (${hasIntervals ? '95-%-Intervalle ' : ''}${over})`}`,
      beside: (name, setting) => `neben ${name} ohne diese Einstellung (${setting})`,
      diverged: (name, values) => `${name} bei ${values} stand nicht zur Wahl, weil das Training dort divergierte`,
      unvalidated: (name, values) =>
        `${name} bei ${values} stand nicht zur Wahl, weil die getesteten Adapter nicht validiert wurden`,
      rivals: (name, values) => `auf Validierungsbildern ist ${name} bei ${values} nicht deutlich schlechter`,
      range: (where, least, most) => `${where} ${least} bis ${most}`,
      withRivals: (ranges) =>
        `welchen dieser Werte man auch nimmt, die Differenzen sind ${ranges}; vorn liegt ein Verfahren nur, wo alle dasselbe Vorzeichen haben`,
      outermost: (name) => `${name} ist am Rand des Bereichs am besten; jenseits davon kann es Besseres geben`,
    },
    higher: (name, first, count, values) =>
      `${name} hat bei ${count} von ${germanCount(values, 'Wert', 'Werten')} einen höheren Mittelwert als ${first}`,
    start: (setting, first, last, seeds, measure) => `${setting} ${first} bis ${last}, ${seeds}: ${measure}`,
  },
};
