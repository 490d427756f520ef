/** The words of the test pictures: who is right about them, opened ones, and those whose answers turn. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

/** What is counted where answers turn. */
export type TurnUnit = 'pair' | 'seed';

interface TurnedWords {
  /** "right at both ends", and what they are now: "wrong half-way". */
  readonly before: string;
  readonly after: string;
}

interface Counted {
  readonly unit: TurnUnit;
  readonly of: number;
}

/** By their names in results, which count layers from 0. */
const HALVES: Readonly<Record<string, string>> = { even: '1, 3, 5 …', odd: '2, 4, 6 …' };

export const PICTURE_WORDS = catalogue('pictures', {
  message: 'Which test pictures each of them gets right.',
  /** Where midpoints, or adapters with half the layers, were tested too. */
  messageOfLost: 'Which test pictures each of them gets right, and which are lost on the way.',
  help: [
    'Every tile is a test picture that no run was trained on. ✓ and ✗ say whether the backbone is right, and what most runs of an arm are; – stands where as many are right as wrong. 5/6 means five of six seeds. The percentage is the probability that the true class gets, on average over the seeds.',
    'A picture is lost half-way between seeds when two runs are right and the average of their adapters is wrong, for at least one pair. It is lost without half the layers when a run is right, and wrong with every other layer off, for at least one seed. Press a picture to see every seed.',
  ],
  noneYet: 'The test pictures appear here when training is done, with what every run answers.',
  noneKept: 'This result keeps no predictions of single pictures.',
  /** Below the tiles. */
  percent: '%: probability of the true class',
  right: 'right',
  wrong: 'wrong',
  tied: 'as often right as wrong',
  shown: 'Pictures shown',
  kinds: {
    all: 'All pictures',
    one: 'Wrong in one arm only',
    every: 'Wrong in every arm',
    midpoint: 'Lost half-way between seeds',
    half: 'Lost without half the layers',
  },
  trueClass: 'True class',
  anyClass: 'Any class',
  order: 'Order of the pictures',
  orders: {
    test: 'In test order',
    class: 'By class',
    uncertain: 'Most uncertain first',
    uncertainIs: 'The true class has a probability of about one half.',
    surer: (one: string, other: string) => `${one} surer than ${other} first`,
  },
  takenFor: (label: string, by: string) => `taken for ${label} by ${by}`,
  /** @param filter as it is written */
  removeFilter: (filter: string) => `${filter}: remove this filter`,
  noneFits: 'No picture that is kept fits. Choose other pictures above.',
  earlier: 'Earlier pictures',
  further: 'Further pictures',
  page: (first: number, last: number, all: number) => `${first}–${last} of ${counted(all, 'picture')}`,
  none: 'none',
  tiles: 'Test pictures; each opens large',
  tile: (number: number, label: string, verdicts: readonly string[]) =>
    `Picture ${number}, ${label}. ${verdicts.join('. ')}`,
  /** What one variant, or all runs of an arm, say: "LoRA: wrong, 2 of 6 seeds right, 31 % ± 9" */
  verdict: (name: string, told: string, runs: readonly [right: number, of: number] | null, certainty: string) =>
    `${name}: ${told}${runs ? `, ${runs[0]} of ${counted(runs[1], 'seed')} right` : ''}, ${certainty}`,
  table: {
    picture: 'Picture',
    trueClass: 'True class',
    backbone: 'Backbone says',
    probability: 'p, %',
    seedsRight: (arm: string) => `${arm}: seeds right`,
    rightOf: (right: number, of: number) => `${right} of ${of}`,
  },
  opened: {
    previous: 'Previous picture',
    next: 'Next picture',
    close: 'Close',
    place: (at: number, of: number) => `${at} of ${of}`,
    note: (number: number, of: number, label: string) =>
      `Test picture ${number} of ${of}. A bar is the probability of “${label}”, the true class.`,
    asItIs: 'as it is',
    seedsRight: (right: number, of: number) => `${right} of ${counted(of, 'seed')} right`,
    seeds: (seeds: readonly number[]) => `seeds ${seeds.join(', ')}`,
    /** A run with half of its layers. @param half "even" or "odd" */
    halfOn: (seed: number, half: string) => `seed ${seed} · ${HALVES[half] ?? half}`,
    halfway: 'Half-way between seeds',
    halves: 'Every other layer off',
    atBothEnds: 'at both ends',
    withAllLayers: 'with all layers',
    /** @param could how many are right before: at both ends, or with all layers */
    derived: (title: string, right: number, of: number, lost: number, could: number, before: string) =>
      `${title}: ${right} of ${of} right; ${
        could === 0 ? `none is right ${before}` : `lost in ${lost} of the ${could} that are right ${before}`
      }`,
    layers: 'Layers that help with it',
    layersTitle: 'Which layers help with this picture',
    layersMetric: 'Layers of the picture: quantity shown',
    notAnalysed: (images: number) =>
      `Shapley values were computed of the first ${images} test pictures; this one is not among them.`,
    /** In the title of a look inside. */
    caption: (number: number, label: string) => `test picture ${number}, ${label}`,
    running: 'A study is running: the picture is classified when it has ended.',
    seedLookedInto: 'Seed looked into',
  },
  path: {
    message: 'How sure the blend of two adapters is of this picture.',
    fold: 'Its path between two seeds',
    summary: 'true class along λ',
    noAdapters:
      'A path needs the adapters of two seeds of an arm. Links and most saved results carry none: run the study here, or open its study file.',
    title: 'This picture along λ',
    help: (pairs: number) =>
      `The adapters of two seeds of an arm are averaged with weights 1 − λ and λ, and this picture is classified at eleven points. A line is the mean over pairs of seeds, its band one standard deviation; at most ${counted(pairs, 'pair')} of an arm are used, of the runs whose adapters are at hand. The dashed line is the backbone.`,
    averaging: 'How adapters are averaged',
    asking: 'Classifying …',
    xAxis: 'λ, from seed a (0) to seed b (1)',
    yAxis: 'true class, %',
    heading: (lambda: string) => `λ = ${lambda}`,
    arm: 'Arm',
    mean: 'True class, %, mean ± sd',
    pairs: 'Pairs',
    caption: {
      arm: (name: string, ends: string, halfway: string): string => `${name}: ${ends} at the ends, ${halfway} half-way`,
      pairs: (pairs: string): string =>
        `probability of the true class, mean ± one standard deviation over pairs of seeds (${pairs}): one picture says nothing of others`,
      onePair: 'probability of the true class, from one pair of seeds: one picture says nothing of others',
    },
  },
  turned: {
    /** @param name "Picture 12, food drink" */
    tile: (name: string, { after }: TurnedWords) => `${name}: ${after}`,
    tileOf: (name: string, { before, after }: TurnedWords, turned: number, { unit, of }: Counted) =>
      `${name}: ${after} in ${turned} of the ${counted(of, unit)} in which it is ${before}`,
    none: (pictures: number, { before, after }: TurnedWords) =>
      `None of the ${pictures} pictures is ${before} and ${after}.`,
    some: (count: number, pictures: number, { before, after }: TurnedWords) =>
      `${count} of ${pictures} pictures ${count === 1 ? 'is' : 'are'} ${before} and ${after}.`,
    someOf: (count: number, pictures: number, { before, after }: TurnedWords, { unit, of }: Counted) =>
      `${count} of ${pictures} pictures ${count === 1 ? 'is' : 'are'} ${before} and ${after} in at least one of the ${counted(of, unit)}; numbers are ${unit}s, of those in which it is ${before}.`,
    first: (shown: number) => `The first ${shown} are shown.`,
    opens: (title: string) => `${title}; each opens large`,
  },
  caption: {
    kept: (kept: number, tested: number): string =>
      `${kept} of ${tested} test pictures are kept, some of every kind, so their numbers are no shares of all. Of these, `,
    tested: (tested: number): string => `Of ${tested} test pictures, `,
    alone: (name: string, count: number, isFirst: boolean): string =>
      `${name} alone gets ${count}${isFirst ? ' wrong' : ''}`,
    everyone: (arms: number, count: number): string => `${arms > 2 ? 'all get' : 'both get'} ${count}`,
    wrong: (name: string, count: number): string => `${name} gets ${count} wrong`,
    untested: 'No arm has been tested yet.',
    majority: (seeds: number): string =>
      ` (most of ${counted(seeds, 'seed')} decide${seeds % 2 === 0 ? `; ${seeds / 2} right and ${seeds / 2} wrong is neither` : ''})`,
    /** Behind the verb that only the first arm has. */
    loses: (name: string, count: string, isFirst: boolean): string => `${name} ${isFirst ? 'loses ' : ''}${count}`,
    between: (arms: string): string => `half-way between at least one pair of seeds ${arms}`,
    /** @param any over several seeds: one of them is enough */
    without: (arms: string, any: boolean): string =>
      `with every other layer off ${any ? 'in at least one seed ' : ''}${arms}`,
    lost: (lost: string, any: boolean): string =>
      ` Of those ${any ? 'that at least one seed gets right' : 'they get right'}, ${lost}.`,
  },
});
