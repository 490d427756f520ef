/** The words of the map of regimes in German. */
import { germanCount } from '../../core/counted.ts';
import type { MAP_WORDS } from './messages.ts';

const cells = (count: number): string => germanCount(count, 'Zelle', 'Zellen');

export const map: typeof MAP_WORDS = {
  message: 'Jede Zelle ist eine eigene Studie; ihre Farbe sagt, welcher Arm dort besser ist.',
  cells: 'Zellen; jede übernimmt ihre Einstellungen',
  help: [
    'Jede Zelle ist eine eigene Studie mit den Einstellungen ihrer Zeile und ihrer Spalte; alles andere ist gleich. Ihre Zahl ist die Differenz der beiden Arme in Punkten, nach Seeds gepaart. Die Farbe zeigt, welcher Arm besser ist, eine kräftigere Farbe, dass der Unterschied größer ist.',
    'Hinter ± steht die Hälfte ihres 95-%-Intervalls. Ein Stern markiert eine Differenz, deren Intervall die 0 ausschließt. Bei vielen Zellen tragen manche nur durch Zufall einen Stern, und Nachbarn gemeinsam, denn Zellen teilen Seeds, Testbilder und oft Trainingsbilder. Mehr sagen andere Seeds und andere Bilder. Ein Druck auf eine Zelle übernimmt ihre Einstellungen.',
  ],
  nothingDone:
    'Noch ist keine Zelle fertig. Jede erscheint hier, sobald ihre Studie fertig ist; ein Druck auf sie übernimmt ihre Einstellungen.',
  done: (done, total) => `${done} von ${cells(total)}`,
  measure: 'Karte: Größe',
  better: (arm) => `${arm} besser`,
  source: 'Karte: Herkunft',
  saved: 'Gespeichert',
  own: 'Hier gerechnet',
  underWay: (done, total) =>
    `${done} von ${cells(total)} hier fertig. Die Studie auf der Seite ist die der nächsten Zelle.`,
  elsewhere: (cells) =>
    `Ein anderer Tab berechnet ${germanCount(cells, 'Zelle', 'Zellen')} dieser Karte. Wenn er fertig ist, weiter: Dieser Tab übernimmt, was er findet.`,
  chosen: 'Die Einstellungen unter „Studie“ sind die der markierten Zelle.',
  stopNow: (done) =>
    done === 0 ? 'Jetzt beenden' : `Jetzt beenden, ${cells(done)} ${done === 1 ? 'bleibt' : 'bleiben'}`,
  goOn: (missing) => `Weiter: noch ${cells(missing)}`,
  run: (total) => `${cells(total)} hier rechnen`,
  forget: 'Hier gerechnete Zellen vergessen',
  unfit: (files) =>
    `Dieses Gerät bewahrt ${germanCount(files, 'Datei', 'Dateien')} dieser Karte auf, die beschädigt ${files === 1 ? 'ist' : 'sind'} oder andere Einstellungen ${files === 1 ? 'hat' : 'haben'}, als sie jetzt hat. Nichts davon wird gezeigt.`,
  forgetUnfit: 'Was andere Einstellungen hat, vergessen',
  close: 'Karte schließen',
  setting: (name, value) => `${name} ${value}`,
  notComputed: (where) => `${where}: noch nicht gerechnet`,
  diverged: (count, arm) => (count === 1 ? `1 Lauf von ${arm} divergiert` : `${count} Läufe von ${arm} divergiert`),
  noDifference: (where) => `${where}: keine solche Differenz`,
  difference: (where, points, interval, values) => `${where}: ${points} Punkte${interval}; ${values}`,
  interval: (low, high, scope) => ` (95-%-Intervall ${low} bis ${high} ${scope})`,
  excludes: (hasWidth, isNarrow) =>
    `${hasWidth ? '± die Hälfte des 95-%-Intervalls; ' : ''}* das 95-%-Intervall schließt 0 aus${isNarrow ? ', ist aber zu schmal' : ''}`,
  tooFew: 'zu wenige Seeds für eine Aussage',
  inBrackets: 'in Klammern: zu wenige Seeds für eine Aussage',
  scale: (difference) => `${difference}, Punkte`,
  differenceHead: 'Differenz, Punkte',
  from: 'Von',
  to: 'Bis',
  seeds: 'Seeds',
  overDraws: (draws) => `Mittel über ${draws} Ziehungen`,
  caption: {
    half: (setting, first, last) => `${setting} ${first === last ? first : `${first} bis ${last}`}`,
    others: 'andere Werte',
    where: (high, low) =>
      `besser ist es in ${high.better} von ${germanCount(high.of, 'Zelle', 'Zellen')} (${high.words}) und in ${low.better} von ${low.of} (${low.words})`,
    tooFew: (measure, other, first) =>
      `${measure}: zu wenige Seeds, um zu sagen, wo sich ${other} und ${first} unterscheiden`,
    counts: (measure, other, first, { better, worse, unclear, of }) =>
      `${measure}: ${other} ist in ${better} von ${germanCount(of, 'Zelle', 'Zellen')} besser als ${first}, in ${worse} schlechter, und in ${unclear} enthält das Intervall die 0`,
    untold: (cells) =>
      `${germanCount(cells, 'weitere Zelle hat', 'weitere Zellen haben')} zu wenige Seeds für eine Aussage`,
    overDraws: (draws, place, difference, points, low, high) =>
      `über ${draws} Ziehungen der Trainingsbilder${place === '' ? '' : ` (${place})`}: ${difference} ${points} Punkte (95-%-Intervall ${low} bis ${high}, für diese Seeds und Testbilder)`,
    chance: 'auch ohne jeden Unterschied würde etwa eines von zwanzig Intervallen die 0 ausschließen',
    chanceOfNarrow:
      'diese Intervalle sind zu schmal, weil die Karte aus einer früheren Version stammt, in der Bilder eines Motivs einzeln zählen: Auch ohne jeden Unterschied würde mehr als eines von zwanzig die 0 ausschließen',
  },
};
