/** The words of the test pictures in German. */
import { germanCount } from '../../../core/counted.ts';
import type { PICTURE_WORDS, TurnUnit } from './messages.ts';

const HALVES: Readonly<Record<string, string>> = { even: '1, 3, 5 …', odd: '2, 4, 6 …' };

/** After a preposition with the dative: "in 3 von 15 Paaren". */
const UNITS: Readonly<Record<TurnUnit, (count: number) => string>> = {
  pair: (count) => germanCount(count, 'Paar', 'Paaren'),
  seed: (count) => germanCount(count, 'Seed', 'Seeds'),
};

export const pictures: typeof PICTURE_WORDS = {
  message: 'Wer welche Testbilder richtig hat.',
  messageOfLost: 'Wer welche Testbilder richtig hat, und welche unterwegs verloren gehen.',
  help: [
    'Jede Kachel ist ein Testbild, auf dem kein Lauf trainiert wurde. ✓ und ✗ zeigen, ob das Backbone richtig liegt und was die meisten Läufe eines Arms tun; – steht, wo gleich viele richtig wie falsch liegen. 5/6 heißt fünf von sechs Seeds. Die Prozentzahl ist die Wahrscheinlichkeit der wahren Klasse, im Mittel über die Seeds.',
    'Ein Bild geht auf halbem Weg zwischen Seeds verloren, wenn zwei Läufe richtig liegen und das Mittel ihrer Adapter falsch, bei mindestens einem Paar. Es geht ohne die halben Schichten verloren, wenn ein Lauf richtig liegt und falsch, sobald jede zweite Schicht aus ist, bei mindestens einem Seed. Ein Druck auf ein Bild zeigt jeden Seed.',
  ],
  noneYet: 'Die Testbilder erscheinen hier, wenn das Training fertig ist, mit den Antworten aller Läufe.',
  noneKept: 'Dieses Ergebnis enthält keine Vorhersagen für einzelne Bilder.',
  percent: '%: Wahrscheinlichkeit der wahren Klasse',
  right: 'richtig',
  wrong: 'falsch',
  tied: 'ebenso oft richtig wie falsch',
  shown: 'Gezeigte Bilder',
  kinds: {
    all: 'Alle Bilder',
    one: 'Nur in einem Arm falsch',
    every: 'In jedem Arm falsch',
    midpoint: 'Verloren zwischen Seeds',
    half: 'Verloren ohne halbe Schichten',
  },
  trueClass: 'Wahre Klasse',
  anyClass: 'Jede Klasse',
  order: 'Reihenfolge der Bilder',
  orders: {
    test: 'Wie im Test',
    class: 'Nach Klasse',
    uncertain: 'Unsicherste zuerst',
    uncertainIs: 'Die wahre Klasse hat eine Wahrscheinlichkeit von etwa der Hälfte.',
    surer: (one, other) => `${one} sicherer als ${other} zuerst`,
  },
  takenFor: (label, by) => `von ${by} für ${label} gehalten`,
  removeFilter: (filter) => `${filter}: diesen Filter entfernen`,
  noneFits: 'Kein behaltenes Bild passt. Wähle oben andere Bilder.',
  earlier: 'Vorige Bilder',
  further: 'Weitere Bilder',
  page: (first, last, all) => `${first}–${last} von ${germanCount(all, 'Bild', 'Bildern')}`,
  none: 'keine',
  tiles: 'Testbilder; jedes lässt sich groß öffnen',
  tile: (number, label, verdicts) => `Bild ${number}, ${label}. ${verdicts.join('. ')}`,
  verdict: (name, told, runs, certainty) =>
    `${name}: ${told}${runs ? `, ${runs[0]} von ${germanCount(runs[1], 'Seed', 'Seeds')} richtig` : ''}, ${certainty}`,
  table: {
    picture: 'Bild',
    trueClass: 'Wahre Klasse',
    backbone: 'Backbone sagt',
    probability: 'p, %',
    seedsRight: (arm) => `${arm}: Seeds richtig`,
    rightOf: (right, of) => `${right} von ${of}`,
  },
  opened: {
    previous: 'Voriges Bild',
    next: 'Nächstes Bild',
    close: 'Schließen',
    place: (at, of) => `${at} von ${of}`,
    note: (number, of, label) =>
      `Testbild ${number} von ${of}. Ein Balken ist die Wahrscheinlichkeit von „${label}“, der wahren Klasse.`,
    asItIs: 'wie es ist',
    seedsRight: (right, of) => `${right} von ${germanCount(of, 'Seed', 'Seeds')} richtig`,
    seeds: (seeds) => `Seeds ${seeds.join(', ')}`,
    halfOn: (seed, half) => `Seed ${seed} · ${HALVES[half] ?? half}`,
    halfway: 'Auf halbem Weg zwischen Seeds',
    halves: 'Jede zweite Schicht aus',
    atBothEnds: 'an beiden Enden',
    withAllLayers: 'mit allen Schichten',
    derived: (title, right, of, lost, could, before) =>
      `${title}: ${right} von ${of} richtig; ${
        could === 0 ? `keines ist ${before} richtig` : `verloren in ${lost} von ${could}, die ${before} richtig sind`
      }`,
    layers: 'Schichten, die dazu beitragen',
    layersTitle: 'Welche Schichten zu diesem Bild beitragen',
    layersMetric: 'Schichten des Bildes: gezeigte Größe',
    notAnalysed: (images) =>
      `Shapley-Werte wurden für die ersten ${images} Testbilder berechnet; dieses ist nicht darunter.`,
    caption: (number, label) => `Testbild ${number}, ${label}`,
    running: 'Eine Studie läuft: Das Bild wird klassifiziert, wenn sie zu Ende ist.',
    seedLookedInto: 'Betrachteter Seed',
  },
  path: {
    message: 'Wie sicher sich die Mischung zweier Adapter bei diesem Bild ist.',
    fold: 'Sein Pfad zwischen zwei Seeds',
    summary: 'wahre Klasse entlang λ',
    noAdapters:
      'Ein Pfad braucht die Adapter zweier Seeds eines Arms. Links und die meisten gespeicherten Ergebnisse enthalten keine: Rechne die Studie hier oder öffne ihre Studiendatei.',
    title: 'Dieses Bild entlang λ',
    help: (pairs) =>
      `Die Adapter zweier Seeds eines Arms werden mit den Gewichten 1 − λ und λ gemittelt, und das Bild wird an elf Punkten klassifiziert. Eine Linie ist das Mittel über Seed-Paare, ihr Band eine Standardabweichung; verwendet werden höchstens ${pairs} Paare eines Arms, und zwar Läufe, deren Adapter vorhanden sind. Die gestrichelte Linie ist das Backbone.`,
    averaging: 'Wie Adapter gemittelt werden',
    asking: 'Wird klassifiziert …',
    xAxis: 'λ, von Seed a (0) zu Seed b (1)',
    yAxis: 'wahre Klasse, %',
    heading: (lambda) => `λ = ${lambda}`,
    arm: 'Arm',
    mean: 'Wahre Klasse, %, Mittel ± Std.-Abw.',
    pairs: 'Paare',
    caption: {
      arm: (name, ends, halfway) => `${name}: ${ends} an den Enden, ${halfway} auf halbem Weg`,
      pairs: (pairs) =>
        `Wahrscheinlichkeit der wahren Klasse, Mittel ± Standardabweichung über Seed-Paare (${pairs}): Ein Bild sagt nichts über andere`,
      onePair: 'Wahrscheinlichkeit der wahren Klasse, von einem Seed-Paar: Ein Bild sagt nichts über andere',
    },
  },
  turned: {
    tile: (name, { after }) => `${name}: ${after}`,
    tileOf: (name, { before, after }, turned, { unit, of }) =>
      `${name}: ${after} in ${turned} von ${UNITS[unit](of)}, in denen es ${before} ist`,
    none: (pictures, { before, after }) => `Keines der ${pictures} Bilder ist ${before} und ${after}.`,
    some: (count, pictures, { before, after }) =>
      `${count} von ${pictures} Bildern ${count === 1 ? 'ist' : 'sind'} ${before} und ${after}.`,
    someOf: (count, pictures, { before, after }, { unit, of }) =>
      `${count} von ${pictures} Bildern ${count === 1 ? 'ist' : 'sind'} ${before} und ${after}, und zwar in mindestens einem von ${UNITS[unit](of)}; die Zahlen zählen ${unit === 'pair' ? 'Paare' : 'Seeds'} unter denen, in denen das Bild ${before} ist.`,
    first: (shown) => `Gezeigt sind die ersten ${shown}.`,
    opens: (title) => `${title}; jedes lässt sich groß öffnen`,
  },
  caption: {
    kept: (kept, tested) =>
      `${kept} von ${germanCount(tested, 'Testbild', 'Testbildern')} sind gespeichert, von jeder Art einige, deshalb sind ihre Zahlen keine Anteile an allen. Davon: `,
    tested: (tested) => `Von ${germanCount(tested, 'Testbild', 'Testbildern')}: `,
    alone: (name, count, isFirst) => `${name} allein hat ${count}${isFirst ? ' falsch' : ''}`,
    everyone: (arms, count) => `${arms > 2 ? 'alle' : 'beide'} haben ${count}`,
    wrong: (name, count) => `${name} hat ${count} falsch`,
    untested: 'Noch ist kein Arm getestet.',
    majority: (seeds) =>
      ` (die Mehrheit von ${germanCount(seeds, 'Seed', 'Seeds')} entscheidet${seeds % 2 === 0 ? `; ${seeds / 2} richtig und ${seeds / 2} falsch ist keines von beiden` : ''})`,
    loses: (name, count) => `bei ${name} ${count}`,
    between: (arms) => `auf halbem Weg zwischen mindestens einem Paar von Seeds ${arms}`,
    without: (arms, any) => `ohne jede zweite Schicht ${any ? 'in mindestens einem Seed ' : ''}${arms}`,
    lost: (lost, any) =>
      ` Von denen, die ${any ? 'in mindestens einem Seed ' : ''}richtig sind, gehen verloren: ${lost}.`,
  },
};
