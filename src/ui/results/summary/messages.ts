/** The words of the table of results. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { listed } from '../../../core/listed.ts';

const FACTOR_MIDPOINT =
  'Accuracy of the adapter half-way between two seeds when A and B are averaged separately (factor path).';
const FACTOR_BARRIER =
  'How far the factor path falls below the straight line between its two ends, where it is deepest of all values of λ. 0 means the seeds are linearly connected.';

/** Rows or columns of which every number is over as many seeds, or pairs of seeds. */
export interface Over {
  readonly labels: readonly string[];
  readonly n: number;
  readonly unit: 'seed' | 'pair of seeds';
}

const amount = ({ n, unit }: Over): string =>
  n === 1 ? `one ${unit}` : counted(n, unit, unit === 'seed' ? 'seeds' : 'pairs of seeds');

const overAs = (usual: Over): string =>
  usual.n === 1 ? `Numbers are of ${amount(usual)}` : `Mean ± standard deviation over ${amount(usual)}`;

const exceptOver = (other: Over): string =>
  `; ${listed(other.labels.map((label) => `“${label}”`))} ${other.n === 1 ? 'of' : 'over'} ${amount(other)}`;

export const SUMMARY_WORDS = catalogue('summary', {
  atAGlance: 'At a glance',
  /** The head of a narrow column: a soft hyphen says where it may be broken. */
  difference: 'Differ\u00ADence',
  /** Rows of a table of few arms, with what they mean. */
  rows: {
    testAccuracy: {
      label: 'Test accuracy, %',
      help: 'Every adapted layer on, on test images, which were not trained on; in bundled tasks their concepts were not either. The bundled backbones were pretrained on plain pictures of all concepts.',
    },
    midpointFactor: { label: 'Midpoint of two seeds, %', help: FACTOR_MIDPOINT },
    barrierFactor: { label: 'Barrier, points', help: FACTOR_BARRIER },
    retainedHalf: {
      label: 'Half the layers: gain kept, %',
      help: 'Every other layer switched off (mean of both halves). 0 = the frozen backbone, 100 = every layer on.',
    },
    topThirdShare: {
      label: 'Credit in top third, %',
      help: 'Share of the Shapley values that the third of the layers nearest the output earns. An even split would give about a third; the caption of the figure says how much.',
    },
    otherDomains: {
      label: 'Other domains, %',
      help: 'Mean accuracy on domains that no run was trained on, with every adapted layer on.',
    },
    equalTask: {
      label: 'Other domains, equal task, %',
      help: 'Mean accuracy on other domains where both arms are equally accurate on the task: the better one there has its update scaled down (WiSE-FT), seed by seed, until it is as accurate as the other.',
    },
    tasksMerged: {
      label: 'Tasks in one adapter, %',
      help: 'Mean accuracy over the tasks of one adapter that is the average of the updates of theirs.',
    },
    clients: {
      label: 'Clients averaged, %',
      help: 'Test accuracy of the global adapter after the last round, where A and B of the clients are averaged (FedIT).',
    },
    averagingError: {
      label: 'Error of averaging, %',
      help: 'How far the averages of A and of B of the clients miss their average update, as a share of the largest error that their movement allows, half its square: mean over the rounds in which those of all arms move about equally far.',
    },
  },
  /** The label of the row `equalTask` between three arms or more. @param arm that every other is held equal with */
  equalTaskAs: (arm: string) => `Other domains, task as ${arm}, %`,
  /** Columns of a table of many arms, with what they mean. */
  columns: {
    testAccuracy: { label: 'All on, %', help: 'Test accuracy with every adapted layer on.' },
    midpointFactor: { label: 'Merge 1 : 1, %', help: FACTOR_MIDPOINT },
    barrierFactor: { label: 'Barrier, points', help: FACTOR_BARRIER },
    accuracyHalf: {
      label: 'Every other, %',
      help: 'Accuracy with every other layer switched off, the mean of both halves.',
    },
  },
  gainedTooLittle: 'gained too little to say',
  someGainedTooLittle: (said: number, all: number) =>
    `${said} of ${counted(all, 'seed')}; the others gained too little to say`,
  means: {
    /** @param others rows that are over something else */
    of: (usual: Over, others: readonly Over[]): string => `${overAs(usual)}${others.map(exceptOver).join('')}.`,
    bold: 'Bold: the best mean of a column.',
  },
  /** @param frozen the frozen backbone with its accuracy: "Zero-shot 29.1 %" */
  base: (frozen: string, chance: string) => `${frozen}, chance ${chance}.`,
  baseOver: (frozen: string, chance: string, images: number) =>
    `${frozen}, chance ${chance}; ${counted(images, 'test image')}.`,
  /** @param arms as `divergedOf` says of each */
  diverged: (diverged: number, runs: number, arms: string) =>
    `Without ${diverged} of ${counted(runs, 'run')}, which diverged (${arms}).`,
  divergedOf: (arm: string, diverged: number, runs: number) => `${arm}: ${diverged} of ${runs}`,
  /** Around what the intervals are over: "over seeds and images". */
  intervals: {
    before: 'Difference: second arm minus first, paired by seed, with its 95 % interval ',
    /** After it, of a row whose intervals are over something else. */
    except: (row: string, scope: string) => ` (“${row}” ${scope})`,
    after: '; bold where it leaves out 0.',
    /** Of a result whose motifs nobody knows (countsOwnMotifs). */
    ownMotifs:
      'This result is of an earlier version: each test image counts as its own motif, though several show one, so intervals are too narrow.',
    /** Below the table of a report. */
    inBrackets: 'Differences are paired by seed, in points; in brackets their 95 % interval.',
    /** Of several arms. @param baseline its name */
    beforeMany: (baseline: string) => `Every other arm minus ${baseline}, paired by seed, with the 95 % interval `,
  },
  /** Before the choice of what is equal. */
  afterEqual: 'After equal',
  afterEqualLabel: 'Table of results: after equal',
  table: 'Table of results',
  /** Between three arms or more. */
  differences: {
    title: 'Differences between arms',
    from: 'From',
    fromLabel: 'Table of results: differences from',
    /** The head of a column. */
    minus: (arm: string, baseline: string) => `${arm} − ${baseline}`,
  },
  missing: {
    notAtHand: (what: readonly string[]) =>
      `Not known of the united study: ${listed(what)}. That takes the adapters of all runs, which did not come with the files.`,
    atHand: (what: readonly string[]) =>
      `Not known of the united study: ${listed(what)}. They follow from the adapters at hand; nothing is trained.`,
    otherImages: {
      images: (what: readonly string[]) =>
        `Not known of the united study: ${listed(what)}. That takes its images and their split, which were changed since. Make them what they were.`,
      size: (what: readonly string[]) =>
        `Not known of the united study: ${listed(what)}. That takes its images at its own input size, and those here were read at another. Choose its backbone and its input size.`,
    },
    compute: 'Compute what is missing',
  },
  caption: {
    highest: (name: string, arms: number, accuracy: string): string =>
      `With every layer on, “${name}” is highest of ${counted(arms, 'arm')}, at ${accuracy}`,
    change: (name: string, points: string, isGain: boolean): string =>
      `“${name}” ${isGain ? 'gains' : 'loses'} ${points} points`,
    ends: (least: string, most: string): string =>
      `half-way between two seeds ${least} and ${most}, the ends of the range`,
    luck: (over: string): string => `${over}, and the highest of many is partly luck`,
  },
});
