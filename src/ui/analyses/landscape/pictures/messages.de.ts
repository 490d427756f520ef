/** The words of the pictures between two seeds in German. */
import { germanComparison } from '../../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../../core/counted.ts';
import { fixed, percent } from '../../../../core/number-format.ts';
import type { PATH_PICTURES_WORDS } from './messages.ts';

export const pathPictures: typeof PATH_PICTURES_WORDS = {
  message: 'Welche Bilder auf dem Weg von einem Seed zum anderen falsch oder richtig werden.',
  comparison: germanComparison(
    'Auf halbem Weg zwischen zwei Seeds',
    'verliert',
    'weniger der Bilder, die beide Seeds richtig haben,',
    'in den Bildern, die auf halbem Weg zwischen zwei Seeds verloren gehen,',
  ),
  help: {
    move: 'Verschiebe λ und sieh, welche Testbilder die Mischung zweier Adapter richtig erkennt. Jedes Bild wurde mit jeder Mischung geprüft; eine Kachel sagt, bei wie vielen Paaren von Seeds es richtig ist, und trägt ein ✓, wenn es die meisten sind, und ein –, wenn es ebenso oft richtig wie falsch ist.',
    turned:
      'In der Mitte verloren: mit jedem der beiden Seeds allein richtig, auf halbem Weg zwischen ihnen falsch. Gewonnen: mit beiden falsch, auf halbem Weg richtig. Drücke auf ein Bild, um seine Antworten zu sehen.',
  },
  alongPath: 'Bilder entlang: Pfad',
  alongArm: 'Bilder entlang: Arm',
  alongPair: 'Bilder entlang: Paar',
  allPairs: 'Alle Paare',
  pair: (seeds) => `Seeds ${seeds.join(' und ')}`,
  paths: {
    factor: 'Faktorpfad',
    product: 'Produktpfad',
    'factor orthogonal': 'Faktorpfad, gedreht',
    'factor invertible': 'Faktorpfad, bestes P',
  },
  awaited: 'Welche Bilder zwischen zwei Seeds verloren gehen, erscheint hier nach dem Training.',
  picture: (number, label) => `Bild ${number}${label === null ? '' : `, ${label}`}`,
  rightInPairs: (picture, count, pairs) =>
    `${picture}: bei ${count} von ${germanCount(pairs, 'Paar', 'Paaren')} richtig`,
  right: (picture) => `${picture}: richtig`,
  wrong: (picture) => `${picture}: falsch`,
  rightAt: ({ lambda, arm, right, pictures, fewer, pairs, rightTiles, tiles }) => {
    const of = fewer ? 'aufbewahrten Testbilder' : `Testbilder (${percent(right / pictures, 1)})`;
    const over = pairs > 1 ? ` (Mittel über ${germanCount(pairs, 'Paar', 'Paare')})` : '';
    const most = pairs > 1 ? ' in den meisten Paaren' : '';
    const chosen = tiles < pictures ? ' Das sind die, die sich am meisten ändern.' : '';
    return `λ = ${lambda}: ${arm} liegt bei ${fixed(right, pairs > 1 ? 1 : 0)} der ${pictures} ${of} richtig${over} und bei ${rightTiles} der ${tiles} unten${most}.${chosen}`;
  },
  tiles: 'Bilder entlang des Pfades; jedes öffnet sich groß',
  lost: { title: 'In der Mitte verloren', before: 'an beiden Enden richtig', after: 'auf halbem Weg falsch' },
  won: { title: 'In der Mitte gewonnen', before: 'an beiden Enden falsch', after: 'auf halbem Weg richtig' },
  noMidpoint: 'Der Pfad wurde nicht auf halbem Weg geprüft: Bei einer ungeraden Zahl von Punkten wird er es.',
  play: 'Abspielen: vom einen Seed zum anderen',
  pause: 'Pause',
  lambda: 'λ, von Seed a (0) bis Seed b (1)',
  picturesRight: (right, pictures) => `${right} von ${pictures}`,
  head: [
    'Arm',
    'λ',
    'Richtige Bilder',
    '%',
    'An beiden Enden richtig, hier falsch',
    'An beiden Enden falsch, hier richtig',
    'Paare',
  ],
  classes: {
    message: 'Auf dem Weg von einem Seed zum anderen verlieren Klassen verschieden viel.',
    title: 'Genauigkeit jeder Klasse entlang des Pfades',
    help: 'Dieselben Adapter und Testbilder wie oben, Klasse für Klasse. Eine Linie ist das Mittel über Paare von Seeds, ihr Band eine Standardabweichung; die Zahl hinter einer Klasse zählt ihre Testbilder.',
    notKept:
      'Dieses Ergebnis enthält nur die Antworten auf einige Testbilder, nach ihrer Art ausgewählt: Über ganze Klassen sagen sie nichts. Eine Studie, die hier gelaufen ist, und ihre Studiendatei haben alle.',
    pictures: (least, most) =>
      `Eine Klasse hat ${least} bis ${most} Testbilder: Ein Bild macht bis zu ${fixed(100 / least, 0)} Punkte ihrer Genauigkeit aus.`,
    chosen: (count) =>
      count === 1
        ? 'Gezeichnet ist die Klasse, die sich am meisten ändert.'
        : `Gezeichnet sind die ${germanCount(count, 'Klasse', 'Klassen')}, die sich am meisten ändern.`,
    accuracy: 'Genauigkeit, %',
    head: ['Arm', 'Klasse', 'Bilder', 'λ', 'Genauigkeit, Mittel ± Std.-Abw.', 'Paare'],
  },
  caption: {
    loses: (name, share) => `bei ${name} ${share}`,
    wins: (name, share) => `bei ${name} ${share}`,
    lost: (path, arms, over) =>
      arms === null
        ? `Kein Bild haben beide Seeds richtig, also kann in der Mitte des ${path} keines verloren gehen (${over})`
        : `Von den Bildern, die beide Seeds richtig haben, ${arms ? `gehen in der Mitte des ${path} einige verloren: ${arms}` : `geht in der Mitte des ${path} keines verloren`} (${over})`,
    won: (arms) => `von denen, die beide falsch haben, ${arms ? `werden richtig: ${arms}` : 'wird keines richtig'}`,
  },
};
