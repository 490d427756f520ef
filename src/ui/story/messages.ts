/** The words of the page's first screen. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import type { FindingId, Lack } from '../../state/summary/findings.ts';
import type { TryIt } from './use-try-it.ts';
import type { ResultSource } from '../../state/study/shown.ts';

/** Of a difference in points with its interval. */
type Verdict = (name: string, size: string, low: string, high: string) => string;

interface StoryMessages {
  /** Name of the section, for screen readers. */
  readonly label: string;
  /** What it is, in one sentence. */
  readonly claim: string;
  readonly tries: Readonly<Record<TryIt['kind'], string>>;
  readonly starting: string;
  readonly stop: string;
  readonly stopping: string;
  readonly tour: string;
  /** After a study of one's own, beside its finding. */
  readonly share: string;
  /** After one that found nothing clear. */
  readonly toSaved: string;
  readonly openStudy: string;
  /** The study's settings over the page, on a phone. */
  readonly study: string;
  readonly closeStudy: string;
  readonly runStudy: string;
  readonly findings: Readonly<
    Record<FindingId, { readonly title: string; readonly short: string; readonly of: string }>
  >;
  /** In the place of a saved result, or that of a link, that is on its way. */
  readonly loading: string;
  /** In the place of numbers that a study has yet to find. */
  readonly awaited: string;
  /** Under the numbers of the earlier result, until the running study has its own. */
  readonly measuring: string;
  /** Where a study was too short to learn much, or an arm diverged. */
  readonly lacks: Readonly<Record<Lack['why'], string>>;
  readonly toChart: string;
  readonly tape: (names: readonly string[]) => string;
  readonly tapeFrom: string;
  /** How to read the tape. */
  readonly tapeKey: string;
  /** What stands beside the pictures of the task. */
  readonly task: {
    readonly title: string;
    /** Of own images, whose name stands elsewhere. */
    readonly own: (classes: number) => string;
    /** What the backbone gets right without any adapter. */
    readonly before: (accuracy: string) => string;
    /** Pictures of a class, for screen readers. */
    readonly pictures: (name: string) => string;
    /** In the place of pictures of own images that the page does not have. */
    readonly absent: string;
  };
  readonly sources: Readonly<Record<ResultSource, string>>;
  readonly intervals: string;
  /** Of a result whose motifs nobody knows (countsOwnMotifs), behind that. */
  readonly ownMotifs: string;
  readonly testImages: (count: number) => string;
  readonly seedsEach: (count: number) => string;
  /** What the findings say of two arms. */
  readonly verdicts: Readonly<
    Record<'keepsMore' | 'losesLess' | 'reachesMore' | 'errsLess' | 'ahead' | 'behind', Verdict>
  > & {
    readonly points: (points: string) => string;
    /** @param low @param high ends of the interval of the difference, in points */
    readonly unclear: (low: string, high: string) => string;
    readonly tooFew: (seeds: number) => string;
    readonly constant: string;
  };
}

export const STORY = catalogue<StoryMessages>('story', {
  label: 'CopRA in one picture',
  claim: 'CopRA is LoRA trained with random layers switched off, more of them at the start.',
  tries: { first: 'Try it', again: 'Try it again', longer: 'Train longer', seeds: 'Add seeds' },
  starting: 'Starting',
  stop: 'Stop this run',
  stopping: 'Stopping',
  tour: 'Take the tour',
  share: 'Share this finding',
  toSaved: 'Back to the saved study',
  openStudy: 'Open the study',
  study: 'Study',
  closeStudy: 'Close',
  runStudy: 'Run it here',
  findings: {
    'half-off': { title: 'Switch half the layers off', short: 'Half the layers off', of: 'of what it learned' },
    average: { title: 'Average two adapters', short: 'Two adapters averaged', of: 'accuracy lost' },
    'other-domains': { title: 'Test it on other domains', short: 'Other domains', of: 'right on other domains' },
    tasks: {
      title: 'Make one adapter of several tasks',
      short: 'Tasks in one adapter',
      of: 'right in the tasks, updates averaged',
    },
    averaging: {
      title: 'What averaging A and B gets wrong',
      short: 'Error of averaging',
      of: 'of the largest possible',
    },
    clients: { title: 'Average the clients', short: 'Clients averaged', of: 'right after the last round' },
    price: { title: 'What it costs', short: 'All layers on', of: 'with all layers on' },
  },
  loading: 'Loading the study …',
  awaited: 'not measured yet',
  measuring: 'before · measuring …',
  lacks: {
    'too little': 'Too little was learned to say. More steps may tell.',
    diverged: 'Training diverged in every seed.',
  },
  toChart: 'To its chart.',
  tape: (names) => `Layers switched on (coloured) and off (grey) in every training step: ${names.join(', ')}.`,
  tapeFrom: 'step 1',
  tapeKey: 'Rows: layers. Grey: off. Line: chance of “on”.',
  task: {
    title: 'Task',
    own: (classes) => counted(classes, 'class', 'classes'),
    before: (accuracy) => `${accuracy} right before training`,
    pictures: (name) => `Pictures of ${name}`,
    absent: 'Own images stay on their device. Drop them here to see them.',
  },
  sources: {
    none: 'No result yet',
    saved: 'Saved study',
    live: 'Computed on this device',
    link: 'Result of the link',
    file: 'Result of the file',
    united: 'United studies',
  },
  intervals: 'with 95 % intervals',
  ownMotifs: 'too narrow: images of one motif count apart',
  testImages: (count) => counted(count, 'test image'),
  seedsEach: (count) => `${counted(count, 'seed')} each`,
  verdicts: {
    points: (points) => `${points} points`,
    keepsMore: (name, size, low, high) => `${name} keeps ${size} points more (${low} to ${high}).`,
    losesLess: (name, size, low, high) => `${name} loses ${size} points less (${low} to ${high}).`,
    reachesMore: (name, size, low, high) => `${name} is ${size} points ahead (${low} to ${high}).`,
    errsLess: (name, size, low, high) => `${name} errs ${size} points less (${low} to ${high}).`,
    ahead: (name, size, low, high) => `Nothing: ${name} is ${size} points ahead (${low} to ${high}).`,
    behind: (name, size, low, high) => `${name} is ${size} points behind (${low} to ${high}).`,
    unclear: (low, high) => `No clear difference (${low} to ${high} points).`,
    tooFew: (seeds) => `Too few seeds to say: ${seeds} each.`,
    constant: 'The same in every seed.',
  },
});
