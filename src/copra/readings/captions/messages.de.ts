/** The sentences of captions in German. A colon stands where German would turn a sentence around behind its beginning. */
import { germanCount } from '../../../core/counted.ts';
import type { CAPTION_WORDS } from './messages.ts';

const NBSP = '\u00a0';

/** "bei LoRA 3 %" */
const at = (name: string, value: string) => `bei ${name} ${value}`;

/**
 * Of an arm with more of a measure than the first one.
 * @param best "Die niedrigste Barriere" @param one "verliert" of one arm, @param several "verlieren" of several
 * @param what "weniger", of one arm and of several @param where behind the verb and the first arm: "zwischen zwei Seeds"
 */
const frontier = (
  best: string,
  [one, several]: readonly [string, string],
  [ofOne, ofSeveral]: readonly [string, string],
  where: string,
) => ({
  best: (arm: string) => `${best} hat ${arm}`,
  tooFew: (first: string) => `Zu wenige Seeds, um zu sagen, welche Arme ${where} ${ofSeveral} ${several} als ${first}.`,
  none: (first: string) => `Kein Arm ${one} ${where} deutlich ${ofOne} als ${first}.`,
  priced: (first: string) =>
    `Jeder Arm, der ${where} deutlich ${ofOne} ${one} als ${first}, ist mit allen Schichten weniger genau.`,
  free: (first: string) =>
    `Manche Arme ${several} ${where} deutlich ${ofSeveral} als ${first} und sind nicht deutlich weniger genau.`,
});

export const captions: typeof CAPTION_WORDS = {
  comparison: {
    highest: (name, arms, accuracy) =>
      `Mit allen Schichten liegt „${name}“ von ${germanCount(arms, 'Arm', 'Armen')} am höchsten, bei ${accuracy}`,
    change: (name, points, isGain) => `„${name}“ ${isGain ? 'gewinnt' : 'verliert'} ${points} Punkte`,
    ends: (least, most) => `auf halbem Weg zwischen zwei Seeds: ${least} und ${most}, die beiden Extreme`,
    luck: (over) => `${over}, und der höchste von vielen ist es zum Teil durch Glück`,
  },
  confusion: {
    most: (name, of, as, share, images) =>
      `${name} hält am häufigsten ${of} für ${as} (${share} von ${germanCount(images, 'Bild', 'Bildern')})`,
    none: (name) => `${name} verwechselt keine Klassen`,
    least: (at) => ` und ist am ungenauesten bei ${at}`,
    range: (name, easiest, hardest) => `${name} ist am genauesten bei ${easiest}, und am ungenauesten bei ${hardest}`,
    at: (of, accuracy, low, high) => `${of}, ${accuracy} (${low} bis${NBSP}${high})`,
    even: (name, accuracy) => `${name} erreicht ${accuracy} in jeder Klasse`,
    means: 'Mittel über die Seeds mit 95-%-Intervallen über die Auswahl der Testbilder der Klasse.',
    intervals: 'In Klammern: 95-%-Intervalle über die Wahl der Testbilder der Klasse.',
  },
  frontier: {
    gain: frontier(
      'Den höchsten behaltenen Gewinn',
      ['behält', 'behalten'],
      ['mehr von seinem Gewinn', 'mehr von ihrem Gewinn'],
      'ohne jede zweite Schicht',
    ),
    barrier: frontier(
      'Die niedrigste Barriere',
      ['verliert', 'verlieren'],
      ['weniger', 'weniger'],
      'zwischen zwei Seeds',
    ),
    midpoint: frontier(
      'Die höchste Genauigkeit in der Mitte',
      ['liegt', 'liegen'],
      ['höher', 'höher'],
      'auf halbem Weg zwischen zwei Seeds',
    ),
    points: (points) => `${points}${NBSP}Punkte`,
    more: (names, count) => `${names} und ${count} weitere`,
    at: (name, value, accuracy) => `${name}, ${value} bei einer Genauigkeit von ${accuracy}`,
    mostAccurate: 'zugleich der genaueste Arm',
    accurate: (arm) => `die höchste Genauigkeit hat ${arm}`,
    unbeaten: (arms, names) => `von ${germanCount(arms, 'Arm', 'Armen')} übertrifft keiner ${names} in beidem`,
    clear: (first, scope, count, arms, names) =>
      `das 95-%-Intervall der Differenz zu ${first}, ${scope}, liegt bei ${count} von ${germanCount(arms, 'Arm', 'Armen')} auf der besseren Seite der 0 (${names})`,
    over: (seeds, images) => `Mittel über ${seeds}, ${images}`,
  },
  inside: {
    patch: (row, column) => `Zeile ${row}, Spalte ${column}`,
    look: (name, { held, count, of, most, times }) =>
      `${name}: ${held} auf ${count} von ${germanCount(of, 'Patch', 'Patches')}, am meisten auf ${most} (${times}-mal ein gleicher Anteil)`,
    moved: (first, arms) => `Anteil der Attention, der woanders liegt (verglichen mit ${first}): ${arms}`,
    onePicture: 'ein Bild, ein Lauf je Arm: Über andere sagt das nichts',
  },
  map: {
    half: (setting, first, last) => `${setting} ${first === last ? first : `${first} bis ${last}`}`,
    where: (high, low) =>
      `besser ist es in ${high.better} von ${germanCount(high.of, 'Zelle', 'Zellen')} (${high.words}) und in ${low.better} von ${low.of} (${low.words})`,
    tooFew: (measure, other, first) =>
      `${measure}: zu wenige Seeds, um zu sagen, wo sich ${other} und ${first} unterscheiden.`,
    counts: (measure, other, first, { better, worse, unclear, of }) =>
      `${measure}: ${other} ist in ${better} von ${germanCount(of, 'Zelle', 'Zellen')} besser als ${first}, in ${worse} schlechter, und in ${unclear} enthält das Intervall die 0`,
    untold: (cells) =>
      `${germanCount(cells, 'weitere Zelle hat', 'weitere Zellen haben')} zu wenige Seeds für eine Aussage`,
    chance: 'auch ohne jeden Unterschied würde etwa eines von zwanzig Intervallen die 0 ausschließen',
  },
  picturePath: {
    arm: (name, ends, halfway) => `${name}: ${ends} an den Enden, ${halfway} auf halbem Weg`,
    pairs: (pairs) =>
      `Wahrscheinlichkeit der wahren Klasse, Mittel ± Standardabweichung über Seed-Paare (${pairs}): Ein Bild sagt nichts über andere`,
    onePair: 'Wahrscheinlichkeit der wahren Klasse, von einem Seed-Paar: Ein Bild sagt nichts über andere',
  },
  pictures: {
    kept: (kept, tested) =>
      `${kept} von ${germanCount(tested, 'Testbild', 'Testbildern')} sind gespeichert, von jeder Art einige, deshalb sind ihre Zahlen keine Anteile an allen. Davon: `,
    tested: (tested) => `Von ${germanCount(tested, 'Testbild', 'Testbildern')}: `,
    alone: (name, count, isFirst) => `${name} allein hat ${count}${isFirst ? ' falsch' : ''}`,
    everyone: (arms, count) => `${arms > 2 ? 'alle' : 'beide'} haben ${count}`,
    wrong: (name, count) => `${name} hat ${count} falsch`,
    untested: 'Noch ist kein Arm getestet.',
    majority: (seeds) =>
      ` (die Mehrheit von ${germanCount(seeds, 'Seed', 'Seeds')} entscheidet${seeds % 2 === 0 ? `; ${seeds / 2} richtig und ${seeds / 2} falsch ist keines von beiden` : ''})`,
    loses: at,
    between: (arms) => `auf halbem Weg zwischen mindestens einem Paar von Seeds ${arms}`,
    without: (arms) => `ohne jede zweite Schicht ${arms}`,
    lost: (lost) => ` Von denen, die richtig sind, gehen verloren: ${lost}.`,
  },
  sweep: {
    measures: { accuracy: 'mit allen Schichten', merged: '1:1 gemergt', everyOther: 'ohne jede zweite Schicht' },
    higher: (name, first, count, values) =>
      `${name} hat bei ${count} von ${germanCount(values, 'Wert', 'Werten')} einen höheren Mittelwert als ${first}`,
    start: (setting, first, last, seeds, measure) => `${setting} ${first} bis ${last}, ${seeds}: ${measure}`,
  },
};
