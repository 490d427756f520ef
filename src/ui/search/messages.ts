/** The words of the search for a schedule. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import type { Judged } from '../../study/schedules/schedule-search.ts';
import type { Fate } from '../../study/schedules/standing.ts';

interface JudgedWords {
  readonly name: string;
  /** Title of an axis of a wide and of a narrow chart, without a direction. */
  readonly axis: string;
  readonly narrow: string;
}

interface PointWords {
  readonly name: string;
  /** Each with its unit. */
  readonly values: Readonly<Record<Judged, string>>;
  readonly margin: string;
  readonly fate: string;
}

interface SearchMessages {
  readonly help: readonly string[];
  readonly empty: string;
  readonly awaited: string;
  readonly round: string;
  /** A round of the search by its steps, and the test of the winner. */
  readonly steps: (steps: number) => string;
  readonly test: string;
  /** What a round is over. @param steps null where they are said beside it */
  readonly over: (steps: number | null, seeds: number, images: number, isTest: boolean) => string;
  readonly candidates: (shown: number, all: number) => string;
  readonly axes: string;
  readonly pair: (x: string, y: string) => string;
  readonly judged: Readonly<Record<Judged, JudgedWords>>;
  readonly better: (axis: string, direction: string) => string;
  readonly bestReference: string;
  readonly unbeaten: string;
  readonly isUnbeaten: (name: string) => string;
  readonly last: string;
  readonly average: string;
  /** The measure that the size of points shows. */
  readonly size: (name: string, low: string, high: string) => string;
  readonly unknownMeasure: string;
  readonly fates: Readonly<Record<Fate, string>>;
  readonly points: string;
  readonly point: (point: PointWords) => string;
  readonly head: {
    readonly candidate: string;
    readonly accuracy: string;
    readonly kept: string;
    readonly midpoint: string;
    readonly margin: string;
    readonly fate: string;
    readonly unbeaten: string;
  };
  readonly yes: string;
  readonly chosen: {
    readonly changes: (from: string) => string;
    readonly change: (label: string, from: string, to: string) => string;
    readonly nothing: string;
    readonly averaged: string;
    readonly table: (name: string) => string;
    /** Above the numbers of a round. */
    readonly round: (steps: number, fate: string) => string;
    readonly spread: string;
    readonly take: string;
    readonly taken: string;
  };
  readonly tested: {
    readonly title: string;
    readonly table: (winner: string) => string;
    /** Head of the column of references, which are subtracted. */
    readonly minus: string;
    readonly note: (seeds: string, images: number) => string;
    readonly interval: (low: string, high: string) => string;
    readonly tooFew: string;
    readonly open: string;
  };
  readonly openFile: string;
  readonly fromFile: (file: string) => string;
  readonly download: string;
  readonly close: string;
}

export const SEARCH_WORDS = catalogue<SearchMessages>('search', {
  help: [
    'Is there a way of training with LoRA’s accuracy and CopRA’s connectivity and pruning? Every point is one way, trained for as many steps as the round says. Each was also taken as the mean of its last adapters, which costs no training. The best of a round go on to the next, which is longer; everything is judged on validation images.',
    'To the right and upwards is better, and so are larger points. Dashed lines are the best reference on each axis: what lies above and to the right of both has both. The dotted line joins what no other beats on both axes. The margin says how far a candidate lies above the best reference in the measure in which it does worst, in points of accuracy.',
    'The best of many candidates is partly luck. So the winner of the last round is trained again with fresh seeds and tested once on test images. Press a point to see what it changes and to take over its settings.',
  ],
  empty: 'The page comes with no such search yet. Run “npm run schedule-search”, or open the file of one here.',
  awaited: 'Every way of training becomes a point here.',
  round: 'Round of the search',
  steps: (steps) => counted(steps, 'step'),
  test: 'Test',
  over: (steps, seeds, images, isTest) =>
    `${steps === null ? '' : `${counted(steps, 'step')}, `}${counted(seeds, isTest ? 'fresh seed' : 'seed')}, ${counted(images, isTest ? 'test image' : 'validation image')}`,
  candidates: (shown, all) => `${shown} of ${counted(all, 'candidate')}`,
  axes: 'Search: axes',
  pair: (x, y) => `${x} and ${y}`,
  judged: {
    accuracy: { name: 'accuracy', axis: 'accuracy with every layer on, %', narrow: 'accuracy, %' },
    kept: {
      name: 'gain kept',
      axis: 'gain kept with every other layer off, %',
      narrow: 'half the layers: gain kept, %',
    },
    midpoint: {
      name: 'midpoint',
      axis: 'accuracy half-way between two seeds, %',
      narrow: 'midpoint of two seeds, %',
    },
  },
  better: (axis, direction) => `${axis} (better ${direction})`,
  bestReference: 'best reference',
  unbeaten: 'no other beats it in both',
  isUnbeaten: (name) => `no other beats ${name} in both`,
  last: 'last adapter',
  average: 'mean of the last',
  size: (name, low, high) => `size: ${name}, ${low} to ${high} %`,
  unknownMeasure: 'unknown',
  fates: {
    reference: 'reference',
    won: 'won the search',
    on: 'went on',
    left: 'left behind',
    open: 'not decided yet',
  },
  points: 'Candidates; each takes over its settings',
  point: ({ name, values, margin, fate }) =>
    `${name}: accuracy ${values.accuracy}, gain kept ${values.kept}, midpoint ${values.midpoint}; margin ${margin}; ${fate}`,
  head: {
    candidate: 'Candidate',
    accuracy: 'Accuracy, %',
    kept: 'Gain kept, %',
    midpoint: 'Midpoint, %',
    margin: 'Margin, points',
    fate: 'Then',
    unbeaten: 'No other beats it in all three',
  },
  yes: 'yes',
  chosen: {
    changes: (from) => `Changes against ${from}: `,
    change: (label, from, to) => `${label} ${from} → ${to}`,
    nothing: 'nothing',
    averaged: 'mean of the last adapters',
    table: (name) => `${name}, round by round`,
    round: (steps, fate) => `${counted(steps, 'step')}: ${fate}`,
    spread: 'Mean ± standard deviation over the seeds of a round; half-way between two seeds, over pairs of them.',
    take: 'Take over its study',
    taken: 'The settings under Study are those of this candidate beside LoRA and CopRA.',
  },
  tested: {
    title: 'The winner, tested once',
    table: (winner) => `${winner} − reference, points`,
    minus: 'Winner −',
    note: (seeds, images) =>
      `Differences in points, below them their 95 % intervals over seeds and images; seeds ${seeds}, ${counted(images, 'test image')}. Bold: the interval leaves out 0.`,
    interval: (low, high) => `${low}\u00a0to ${high}`,
    tooFew: 'too few seeds to say',
    open: 'Open the result of the test',
  },
  openFile: 'Open a search',
  fromFile: (file) => `From ${file}.`,
  download: 'The whole search (JSON)',
  close: 'Close the search',
});
