/** The words that readings share, and those of the first screen and of training curves, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { READING_WORDS, Unit } from './messages.ts';

const NOUNS: Readonly<Record<Unit, readonly [one: string, many: string, afterFrom: string]>> = {
  seed: ['Seed', 'Seeds', 'Seeds'],
  pair: ['Paar', 'Paare', 'Paaren'],
  'seed pair': ['Seed-Paar', 'Seed-Paare', 'Seed-Paaren'],
};

/**
 * A sentence whose verb is the second part, and behind "ob" the last.
 * @param where "Mit allen Schichten" @param verb "liegt" @param rest "öfter richtig" @param asked verb and rest behind "ob"
 */
const comparison = (where: string, verb: string, rest: string, asked = `${rest} ${verb}`) => ({
  clear: (arm: string) => `${where} ${verb} ${arm} ${rest}.`,
  unclear: (first: string, second: string) => `${where} unterscheiden sich ${first} und ${second} nicht deutlich.`,
  tooFew: (first: string, second: string) =>
    `${where} sind es zu wenige Seeds, um zu sagen, ob ${first} oder ${second} ${asked}.`,
});

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
  differences: (differences, scope) => ` (95-%-Intervall der Differenz ${scope}: ${differences})`,
  shared: (seeds) => `, über ${germanCount(seeds, 'gemeinsamen Seed', 'gemeinsame Seeds')}`,
  tooFew: ', es sind aber zu wenige Seeds für eine Aussage',
  unclear: ', der Unterschied ist aber nicht deutlich',
  same: (name, first) => `${name} und ${first} unterscheiden sich hier nicht`,
  apart: {
    ahead: (name, points, isMore, first) => `${name} liegt ${points} Punkte ${isMore ? 'vor' : 'hinter'} ${first}`,
    higher: (name, points, isMore, first) =>
      `bei ${name} liegt sie ${points} Punkte ${isMore ? 'höher' : 'niedriger'} als bei ${first}`,
    above: (name, points, isMore, first) =>
      `bei ${name} sind es ${points} Punkte ${isMore ? 'mehr' : 'weniger'} als bei ${first}`,
  },
  comparisons: {
    training: comparison('Mit allen Schichten', 'liegt', 'öfter richtig'),
    landscape: comparison('Auf dem Weg zwischen zwei Seeds', 'verliert', 'weniger Genauigkeit'),
    layers: comparison('Ohne die Hälfte der Schichten', 'behält', 'mehr vom Gelernten'),
    weights: comparison('Mit der Hälfte der Zahlen auf null', 'liegt', 'öfter richtig'),
    credit: comparison(
      'Was die Schichten nahe der Ausgabe betrifft,',
      'hängt',
      'weniger von ihnen ab',
      'weniger von ihnen abhängt',
    ),
    interactions: comparison(
      'Wird eine Schicht ausgeschaltet,',
      'hat',
      'mehr Schichten, die einspringen',
      'mehr Schichten hat, die einspringen',
    ),
    domains: comparison('Auf Domänen, die kein Training gesehen hat,', 'liegt', 'öfter richtig'),
    timeline: comparison('Am Ende des Trainings, auf halbem Weg zwischen zwei Seeds,', 'liegt', 'öfter richtig'),
    timing: comparison('Beim Training eines einzelnen Laufs', 'braucht', 'weniger Zeit je Schritt'),
    sharpness: comparison(
      'Bei Störungen in zufällige Richtungen',
      'verschlechtert sich',
      'weniger',
      'sich weniger verschlechtert',
    ),
    tasks: comparison('Mit den gemittelten Adaptern aller Aufgaben', 'liegt', 'öfter richtig'),
    clients: comparison('Nach dem Mitteln der Clients', 'liegt', 'öfter richtig'),
    averaging: comparison('Werden A und B der Clients gemittelt,', 'hat', 'den kleineren Fehler'),
  },
  cannotTell: (names) => `Diese Studie kann ${names} nicht unterscheiden. Mehr Schritte und mehr Seeds könnten es.`,
  findings: {
    points: (points) => `${points} Punkte`,
    keepsMore: (name, size, low, high) => `${name} behält ${size} Punkte mehr (${low} bis ${high}).`,
    losesLess: (name, size, low, high) => `${name} verliert ${size} Punkte weniger (${low} bis ${high}).`,
    reachesMore: (name, size, low, high) => `${name} liegt ${size} Punkte vorn (${low} bis ${high}).`,
    errsLess: (name, size, low, high) => `${name} irrt ${size} Punkte weniger (${low} bis ${high}).`,
    ahead: (name, size, low, high) => `Nichts: ${name} liegt ${size} Punkte vorn (${low} bis ${high}).`,
    behind: (name, size, low, high) => `${name} liegt ${size} Punkte zurück (${low} bis ${high}).`,
    unclear: (low, high) => `Kein deutlicher Unterschied (${low} bis ${high} Punkte).`,
    tooFew: (seeds) => `Zu wenige Seeds für eine Aussage: je ${seeds}.`,
  },
  leftOut: (arms, count, what) =>
    `${arms} ${count > 1 ? 'fehlen' : 'fehlt'} bei ${what}: Die Updates von DoRA-Adaptern haben keinen niedrigen Rang.`,
  training: {
    taken: (name, first, last, whole) => {
      const steps = germanCount(last, 'Schritt', 'Schritten');
      const rest = whole > 0 ? `, ${germanCount(whole, 'Seed', 'Seeds')} nach allen Schritten` : '';
      return `${name} wird getestet, wie es nach ${first === null ? '' : `${integer(first)} bis `}${steps} war${rest}`;
    },
    reaches: (name, accuracy, isFirst) => `${name} ${isFirst ? 'erreicht ' : ''}${accuracy}`,
    after: (steps, arms, over) =>
      `${steps > 0 ? `Nach ${germanCount(steps, 'Schritt', 'Schritten')}` : 'Ohne weiteres Training'}: ${arms} Testgenauigkeit (${over})`,
    zeroShot: (accuracy) => `ohne Training sind es ${accuracy}`,
    headOnly: (accuracy) => `nur mit dem Kopf sind es ${accuracy}`,
    divergedRun: (seed, step) => `Seed ${seed} bei Schritt ${step}`,
    diverged: (name, diverged, runs, which) => {
      const [verb, missing] = diverged === 1 ? ['ist', 'fehlt'] : ['sind', 'fehlen'];
      const who =
        diverged === runs && runs > 1
          ? `alle ${germanCount(runs, 'Lauf', 'Läufe')} von ${name}`
          : `${diverged} von ${germanCount(runs, 'Lauf', 'Läufen')} von ${name}`;
      return `${who} ${verb} divergiert (${which}) und ${missing} in jedem Mittel und jeder Abbildung: Senke die Lernrate von ${name}`;
    },
    belowChance: (name, chance) =>
      `${name} endet schlechter als Raten (${chance}): Versuch ein Zehntel seiner Lernrate und prüfe, ob die Klassen das sind, was ihre Namen sagen`,
    belowZeroShot: (name, points) =>
      `${name} endet ${points} Punkte unter dem Backbone ohne Training, hat also mehr verloren als gelernt: Versuch eine niedrigere Lernrate, weniger Schritte oder mehr Trainingsbilder`,
    belowHead: (name, points) =>
      `${name} endet ${points} Punkte unter einem Kopf, der allein auf dem eingefrorenen Backbone trainiert wurde, sein Adapter schadet also oder wurde zu wenig trainiert: Versuch eine andere Lernrate, mehr Schritte oder mehr Trainingsbilder`,
  },
};
