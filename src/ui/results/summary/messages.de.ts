/** The words of the table of results in German. */
import { germanCount } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import type { Over, SUMMARY_WORDS } from './messages.ts';

const FACTOR_MIDPOINT =
  'Genauigkeit des Adapters auf halbem Weg zwischen zwei Seeds, wenn A und B getrennt gemittelt werden (Faktorpfad).';
const FACTOR_BARRIER =
  'Wie weit der Faktorpfad unter die Gerade zwischen seinen beiden Enden fällt, beim tiefsten aller Werte von λ. 0 heißt, dass die Seeds linear verbunden sind.';

const amount = ({ n, unit }: Over): string =>
  unit === 'seed'
    ? n === 1
      ? 'einen Seed'
      : germanCount(n, 'Seed', 'Seeds')
    : n === 1
      ? 'ein Seed-Paar'
      : germanCount(n, 'Seed-Paar', 'Seed-Paare');

const overAs = (usual: Over): string =>
  usual.n === 1 ? `Die Zahlen gelten für ${amount(usual)}` : `Mittel ± Standardabweichung über ${amount(usual)}`;

const exceptOver = (other: Over): string =>
  `; ${listed(other.labels.map((label) => `„${label}“`))} ${other.n === 1 ? 'für' : 'über'} ${amount(other)}`;

export const summary: typeof SUMMARY_WORDS = {
  atAGlance: 'Auf einen Blick',
  difference: 'Diffe\u00ADrenz',
  rows: {
    testAccuracy: {
      label: 'Testgenauigkeit, %',
      help: 'Alle adaptierten Schichten an, auf Testbildern, mit denen nicht trainiert wurde; bei mitgelieferten Aufgaben auch nicht mit ihren Motiven. Die mitgelieferten Backbones sind mit schlichten Bildern aller Motive vortrainiert.',
    },
    midpointFactor: { label: 'Mitte zweier Seeds, %', help: FACTOR_MIDPOINT },
    barrierFactor: { label: 'Barriere, Punkte', help: FACTOR_BARRIER },
    retainedHalf: {
      label: 'Jede zweite aus: behaltener Gewinn, %',
      help: 'Jede zweite Schicht ist aus (Mittel beider Hälften). 0 = das eingefrorene Backbone, 100 = alle Schichten an.',
    },
    topThirdShare: {
      label: 'Beitrag des oberen Drittels, %',
      help: 'Anteil der Shapley-Werte, der auf das Drittel der Schichten nahe am Ausgang entfällt. Gleichmäßig wäre es etwa ein Drittel; wie viel genau, sagt die Bildunterschrift.',
    },
    otherDomains: {
      label: 'Andere Domänen, %',
      help: 'Mittlere Genauigkeit auf Domänen, auf denen kein Lauf trainiert wurde, mit allen adaptierten Schichten.',
    },
    equalTask: {
      label: 'Andere Domänen, gleiche Aufgabe, %',
      help: 'Mittlere Genauigkeit auf anderen Domänen, wo beide Arme in der Aufgabe gleich genau sind: Beim dort besseren wird das Update herunterskaliert (WiSE-FT), Seed für Seed, bis er so genau ist wie der andere.',
    },
    tasksMerged: {
      label: 'Aufgaben in einem Adapter, %',
      help: 'Mittlere Genauigkeit über die Aufgaben mit einem Adapter, dem Mittel ihrer Updates.',
    },
    clients: {
      label: 'Clients gemittelt, %',
      help: 'Testgenauigkeit des globalen Adapters nach der letzten Runde, wenn A und B der Clients gemittelt werden (FedIT).',
    },
    averagingError: {
      label: 'Fehler des Mittelns, %',
      help: 'Wie weit die Mittel von A und von B der Clients ihr mittleres Update verfehlen, als Anteil am größten Fehler, den ihr Weg zulässt, seinem halben Quadrat: Mittel über die Runden, in denen sich die aller Arme etwa gleich weit bewegen.',
    },
  },
  equalTaskAs: (arm) => `Andere Domänen, Aufgabe wie ${arm}, %`,
  columns: {
    testAccuracy: { label: 'Alle an, %', help: 'Testgenauigkeit mit allen adaptierten Schichten.' },
    midpointFactor: { label: 'Merge 1 : 1, %', help: FACTOR_MIDPOINT },
    barrierFactor: { label: 'Barriere, Punkte', help: FACTOR_BARRIER },
    accuracyHalf: {
      label: 'Jede zweite, %',
      help: 'Genauigkeit, wenn jede zweite Schicht aus ist, das Mittel beider Hälften.',
    },
  },
  gainedTooLittle: 'zu wenig gelernt für eine Aussage',
  someGainedTooLittle: (said, all) => `${said} von ${all} Seeds; die anderen lernten zu wenig für eine Aussage`,
  means: {
    of: (usual, others) => `${overAs(usual)}${others.map(exceptOver).join('')}.`,
    bold: 'Fett: das beste Mittel einer Spalte.',
  },
  base: (frozen, chance) => `${frozen}, Zufall ${chance}.`,
  baseOver: (frozen, chance, images) =>
    `${frozen}, Zufall ${chance}; ${germanCount(images, 'Testbild', 'Testbilder')}.`,
  diverged: (diverged, runs, arms) =>
    diverged === 1
      ? `Ohne 1 von ${germanCount(runs, 'Lauf', 'Läufen')}, der divergiert ist (${arms}).`
      : `Ohne ${diverged} von ${germanCount(runs, 'Lauf', 'Läufen')}, die divergiert sind (${arms}).`,
  divergedOf: (arm, diverged, runs) => `${arm}: ${diverged} von ${runs}`,
  intervals: {
    before: 'Differenz: zweiter Arm minus erster, nach Seeds gepaart, mit 95-%-Intervall ',
    except: (row, scope) => ` („${row}“ ${scope})`,
    after: '; fett, wo es 0 ausschließt.',
    ownMotifs:
      'Dieses Ergebnis stammt aus einer früheren Version: Jedes Testbild zählt als eigenes Motiv, obwohl mehrere dasselbe zeigen. Die Intervalle sind daher zu schmal.',
    inBrackets: 'Differenzen sind nach Seeds gepaart, in Punkten; in Klammern ihr 95-%-Intervall.',
    beforeMany: (baseline) => `Jeder andere Arm minus ${baseline}, nach Seeds gepaart, mit 95-%-Intervall `,
  },
  afterEqual: 'Bei gleichem Budget:',
  afterEqualLabel: 'Ergebnistabelle: Budget, das gleich ist',
  table: 'Ergebnistabelle',
  differences: {
    title: 'Differenzen zwischen Armen',
    from: 'Zu',
    fromLabel: 'Ergebnistabelle: Differenzen zu',
    minus: (arm, baseline) => `${arm} − ${baseline}`,
  },
  missing: {
    notAtHand: (what) =>
      `Von der vereinigten Studie ist noch nicht bekannt: ${listed(what)}. Dafür braucht es die Adapter aller Läufe; sie lagen den Dateien nicht bei.`,
    atHand: (what) =>
      `Von der vereinigten Studie ist noch nicht bekannt: ${listed(what)}. Das ergibt sich aus den vorhandenen Adaptern; trainiert wird nichts.`,
    otherImages: {
      images: (what) =>
        `Von der vereinigten Studie ist noch nicht bekannt: ${listed(what)}. Dafür braucht es ihre Bilder in ihrer Aufteilung, die inzwischen geändert wurden. Stelle sie wieder her.`,
      size: (what) =>
        `Von der vereinigten Studie ist noch nicht bekannt: ${listed(what)}. Dafür braucht es ihre Bilder in ihrer eigenen Eingabegröße, und die Bilder hier wurden in einer anderen gelesen. Wähle ihr Backbone und ihre Eingabegröße.`,
    },
    compute: 'Fehlendes berechnen',
  },
  caption: {
    highest: (name, arms, accuracy) =>
      `Mit allen Schichten liegt „${name}“ von ${germanCount(arms, 'Arm', 'Armen')} am höchsten, bei ${accuracy}`,
    change: (name, points, isGain) => `„${name}“ ${isGain ? 'gewinnt' : 'verliert'} ${points} Punkte`,
    ends: (least, most) => `auf halbem Weg zwischen zwei Seeds: ${least} und ${most}, die beiden Extreme`,
    luck: (over) => `${over}, und der höchste von vielen ist es zum Teil durch Glück`,
  },
};
