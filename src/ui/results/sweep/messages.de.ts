/** The words of the figure of a sweep in German. */
import { germanCount } from '../../../core/counted.ts';
import type { SWEEP_WORDS } from './messages.ts';

export const sweep: typeof SWEEP_WORDS = {
  message: 'Dieselbe Studie mit jedem Wert einer Einstellung.',
  title: (setting) => `Durchlauf: ${setting}`,
  help: [
    'Bis auf eine Einstellung ist alles gleich: Schritte, Bilder, ihre Reihenfolge und die Seeds. Gewinnt ein Verfahren nur bei einem Wert, war vielleicht nur der Wert günstiger; gewinnt es über einen ganzen Bereich, hängt es nicht davon ab.',
    '1:1 gemergt: A und B zweier Seeds gemittelt, nichts nachtrainiert. Jede zweite Schicht aus: das Mittel aus „nur Schichten 1, 3, 5 … behalten“ und „nur 2, 4, 6 … behalten“. Punkte sind Mittel über Seeds oder Seed-Paare, Bänder eine Standardabweichung.',
    'Der beste Wert einer Kurve wurde auf denselben Bildern gefunden, auf denen sie gezeigt wird. Ein höherer Rang oder eine höhere Rate kann verlangen, dass sich andere Einstellungen mitändern.',
  ],
  values: (count) => germanCount(count, 'Wert', 'Werte'),
  empty: 'Was jeder Wert der Einstellung bringt, erscheint hier, wenn das Training fertig ist.',
  choice: (where, setting) => `${where} ${setting}`,
  accuracy: 'Testgenauigkeit, %',
  panels: {
    accuracy: 'Alle Schichten an',
    midpointFactor: 'Zwei Seeds 1:1 gemergt',
    everyOther: 'Jede zweite Schicht aus',
  },
  method: 'Verfahren',
  inPercent: (title) => `${title}, %`,
  any: 'beliebig',
  caption: {
    measures: { accuracy: 'mit allen Schichten', merged: '1:1 gemergt', everyOther: 'ohne jede zweite Schicht' },
    higher: (name, first, count, values) =>
      `${name} hat bei ${count} von ${germanCount(values, 'Wert', 'Werten')} einen höheren Mittelwert als ${first}`,
    start: (setting, first, last, seeds, measure) => `${setting} ${first} bis ${last}, ${seeds}: ${measure}`,
  },
};
