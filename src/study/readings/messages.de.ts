/** The words that sentences about results share, in German. A colon stands where German would turn a sentence around behind its beginning. */
import { germanCount } from '../../core/counted.ts';
import type { READING_WORDS, Unit } from './messages.ts';

const NOUNS: Readonly<Record<Unit, readonly [one: string, many: string, afterFrom: string]>> = {
  seed: ['Seed', 'Seeds', 'Seeds'],
  pair: ['Paar', 'Paare', 'Paaren'],
  'seed pair': ['Seed-Paar', 'Seed-Paare', 'Seed-Paaren'],
};

export const readings: typeof READING_WORDS = {
  nothingYet: 'Noch nichts gemessen.',
  unknown: 'unbekannt',
  quoted: (name) => `„${name}“`,
  range: (low, high) => `${low} bis ${high}`,
  seeds: (count) => germanCount(count, 'Seed', 'Seeds'),
  testImages: (count) => germanCount(count, 'Testbild', 'Testbilder'),
  each: (least, most, unit, several) => {
    const all = germanCount(most, NOUNS[unit][0], NOUNS[unit][1]);
    if (least !== most) return `${least} bis ${all}`;
    return several ? `je ${all}` : all;
  },
  deviation: (seeds) => `± Standardabweichung über ${seeds}`,
  ofMotifs: (images, motifs) =>
    `${germanCount(images, 'Testbild', 'Testbilder')} von ${germanCount(motifs, 'Motiv', 'Motiven')}`,
  sampling: (images, points) => `${images}, Stichprobenfehler ${points} Punkte`,
  keeps: (name, share, isFirst, partly) => {
    const some = partly
      ? ` (${partly.counted} von ${germanCount(partly.of, NOUNS[partly.unit][0], NOUNS[partly.unit][2])}; die anderen gewannen zu wenig für eine Aussage)`
      : '';
    return `${isFirst ? `${name} behält ${share} seines Gewinns` : `${name} ${share}`}${some}`;
  },
  gainedTooLittle: (names) => `bei ${names} reicht der Gewinn nicht für eine Aussage`,
  interval: (low, high, scope) => `95-%-Intervall ${low} bis ${high} Punkte ${scope}`,
  beyondShares: (scope) => `das 95-%-Intervall ${scope} reicht über 100 Punkte hinaus: zu wenige Seeds`,
  points: (points) => `${points}\u00a0Punkte`,
  numbers: {
    pair: (first, second, apart, difference, interval) => `${first}, ${second}; ${apart} ${difference} (${interval}).`,
    unshared: (first, second) => `${first}, ${second}; kein gemeinsamer Seed.`,
    interval: (low, high, over) => `95-%-Intervall ${low} bis ${high} ${over}`,
    beyondShares: (over) => `das 95-%-Intervall ${over} reicht über 100 Punkte hinaus`,
    over: {
      'seeds and images': (seeds, images) => `über ${seeds} und ${images}`,
      seeds: (seeds, images) => `über ${seeds}, nur für diese ${images}`,
      images: (seeds, images) => `über ${images}, nur für ${seeds}`,
      'seeds alone': (seeds) => `über ${seeds}`,
      none: (seeds, images) => `${seeds}${images && `, ${images}`}: zu wenige für ein Intervall`,
      constant: (seeds, images) => `${seeds}${images && `, ${images}`}: bei jedem Seed gleich`,
    },
  },
  differences: (differences, scope) => ` (95-%-Intervall der Differenz ${scope}: ${differences})`,
  shared: (seeds) => `, über ${germanCount(seeds, 'gemeinsamen Seed', 'gemeinsame Seeds')}`,
  tooFew: ', es sind aber zu wenige Seeds für eine Aussage',
  constant: ', bei jedem Seed gleich',
  unclear: ', der Unterschied ist aber nicht deutlich',
  same: (name, first) => `${name} und ${first} unterscheiden sich hier nicht`,
  apart: {
    ahead: (name, points, isMore, first) => `${name} liegt ${points} Punkte ${isMore ? 'vor' : 'hinter'} ${first}`,
    higher: (name, points, isMore, first) =>
      `bei ${name} liegt sie ${points} Punkte ${isMore ? 'höher' : 'niedriger'} als bei ${first}`,
    above: (name, points, isMore, first) =>
      `bei ${name} sind es ${points} Punkte ${isMore ? 'mehr' : 'weniger'} als bei ${first}`,
  },
  leftOut: (arms, count, what) =>
    `${arms} ${count > 1 ? 'fehlen' : 'fehlt'} bei ${what}: Die Updates von DoRA-Adaptern haben keinen niedrigen Rang.`,
  scopes: {
    'seeds and images': 'über Seeds und Bilder',
    seeds: 'über Seeds, nur für diese Bilder',
    images: 'über Bilder, nur für diese Seeds',
    'seeds alone': 'über Seeds',
  },
};
