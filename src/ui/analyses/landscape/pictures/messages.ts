/** The words of the pictures between two seeds. */
import { comparison } from '../../../../study/readings/messages.ts';
import { counted } from '../../../../core/counted.ts';
import { catalogue } from '../../../../core/language/catalogue.ts';
import { fixed, percent } from '../../../../core/number-format.ts';

/** What an arm gets right at one point of the path. */
interface RightAt {
  /** As it is written. */
  readonly lambda: string;
  readonly arm: string;
  /** Mean over pairs. */
  readonly right: number;
  readonly pictures: number;
  /** Whether the result keeps the answers to some test pictures only. */
  readonly fewer: boolean;
  readonly pairs: number;
  /** Of the pictures that are shown, those that are right in most pairs. */
  readonly rightTiles: number;
  readonly tiles: number;
}

export const PATH_PICTURES_WORDS = catalogue('pathPictures', {
  message: 'Which pictures turn wrong or right on the way from one seed to the other.',
  comparison: comparison(
    'Half-way between two seeds',
    'loses fewer of the pictures that both seeds get right',
    'the pictures lost half-way between two seeds',
  ),
  help: {
    move: 'Move λ, and see which test pictures the blend of two adapters gets right. Every picture was tested with every blend; a tile says at how many of the pairs of seeds it is right, and is marked ✓ when most are, – when as many are right as wrong.',
    turned:
      'Lost at the midpoint: right with either seed alone, wrong half-way between them. Won: wrong with either, right half-way. Press a picture to see its answers.',
  },
  alongPath: 'Pictures along: path',
  alongArm: 'Pictures along: arm',
  alongPair: 'Pictures along: pair',
  allPairs: 'All pairs',
  pair: (seeds: readonly number[]): string => `Seeds ${seeds.join(' and ')}`,
  paths: {
    factor: 'Factor path',
    product: 'Product path',
    'factor orthogonal': 'Factor path, rotated',
    'factor invertible': 'Factor path, best P',
  },
  awaited: 'Which pictures are lost between two seeds appears here when training is done.',
  /** The number of a picture from 1; the name of its class, where it is known. */
  picture: (number: number, label: string | null): string => `Picture ${number}${label === null ? '' : `, ${label}`}`,
  /** Of one picture: at how many pairs it is right. */
  rightInPairs: (picture: string, count: number, pairs: number): string =>
    `${picture}: right in ${count} of ${counted(pairs, 'pair')}`,
  /** Of one picture and one pair. */
  right: (picture: string): string => `${picture}: right`,
  wrong: (picture: string): string => `${picture}: wrong`,
  rightAt: ({ lambda, arm, right, pictures, fewer, pairs, rightTiles, tiles }: RightAt): string => {
    const of = fewer ? 'kept test pictures' : 'test pictures';
    const notes = [
      ...(fewer ? [] : [percent(right / pictures, 1)]),
      ...(pairs > 1 ? [`mean over ${counted(pairs, 'pair')}`] : []),
    ];
    const said = notes.length > 0 ? ` (${notes.join(', ')})` : '';
    const most = pairs > 1 ? ' in most pairs' : '';
    const chosen = tiles < pictures ? ' Those are the ones that change most.' : '';
    return `λ = ${lambda}: ${arm} gets ${fixed(right, pairs > 1 ? 1 : 0)} of the ${pictures} ${of} right${said}, and ${rightTiles} of the ${tiles} below${most}.${chosen}`;
  },
  tiles: 'Pictures along the path; each opens large',
  lost: { title: 'Lost at the midpoint', before: 'right at both ends', after: 'wrong half-way' },
  won: { title: 'Won at the midpoint', before: 'wrong at both ends', after: 'right half-way' },
  noMidpoint: 'The path was not tested half-way: with an odd number of points it is.',
  play: 'Play: from the one seed to the other',
  pause: 'Pause',
  lambda: 'λ, from seed a (0) to seed b (1)',
  picturesRight: (right: string, pictures: number): string => `${right} of ${pictures}`,
  head: [
    'Arm',
    'λ',
    'Pictures right',
    '%',
    'Right at both ends, wrong here',
    'Wrong at both ends, right here',
    'Pairs',
  ],
  classes: {
    message: 'Classes lose differently on the way from one seed to the other.',
    title: 'Accuracy of every class along the path',
    help: 'The same adapters and test pictures as above, class by class. A line is the mean over pairs of seeds, its band one standard deviation; the number behind a class counts its test pictures.',
    notKept:
      'This result keeps the answers to some test pictures only, chosen by kind: they say nothing about whole classes. A study that ran here, and its study file, have them.',
    /** Numbers of test pictures of the smallest and the largest class that is drawn. */
    pictures: (least: number, most: number): string =>
      `A class has ${least} to ${most} test pictures: one picture is up to ${fixed(100 / least, 0)} points of its accuracy.`,
    chosen: (count: number): string =>
      count === 1
        ? 'The class that changes most is drawn.'
        : `The ${counted(count, 'class', 'classes')} that change most are drawn.`,
    accuracy: 'accuracy, %',
    head: ['Arm', 'Class', 'Pictures', 'λ', 'Accuracy, mean ± sd', 'Pairs'],
  },
  caption: {
    /** Behind the verb that only the first arm has. */
    loses: (name: string, share: string, isFirst: boolean): string => `${name} ${isFirst ? 'loses ' : ''}${share}`,
    wins: (name: string, share: string, isFirst: boolean): string => `${name} ${isFirst ? 'wins ' : ''}${share}`,
    /** @param arms empty: none of them loses any; null: there are no such pictures */
    lost: (path: string, arms: string | null, over: string): string =>
      arms === null
        ? `No picture is right with both seeds, so the midpoint of the ${path} has none to lose (${over})`
        : `Of the pictures that both seeds get right, the midpoint of the ${path} loses ${arms ? `some: ${arms}` : 'none'} (${over})`,
    /** @param arms empty: none of them wins any */
    won: (arms: string): string => `of those that both get wrong, ${arms || 'none is right there'}`,
  },
});
