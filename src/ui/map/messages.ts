/** The words of the map of regimes. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const MAP_WORDS = catalogue('map', {
  message: 'Every cell is a study of its own; its colour says which arm is better there.',
  cells: 'Cells; each takes over its settings',
  help: [
    'Every cell is a study of its own, with the settings that its row and its column say and everything else equal. Its number is the difference between the two arms, paired by seed, in points; colour says which arm is better, and stronger colour that it is so by more.',
    'Behind ± stands half of its 95 % interval. A star marks a difference whose interval excludes 0. With many cells, some are marked by luck alone, and neighbours together, since cells share seeds, test images and often training images. Other seeds and other images tell. Press a cell to take over its settings.',
  ],
  nothingDone: 'No cell is done yet. Each appears here when its study is; a press on one takes over its settings.',
  done: (done: number, total: number) => `${done} of ${counted(total, 'cell')}`,
  measure: 'Map: measure',
  better: (arm: string) => `${arm} better`,
  source: 'Map: source',
  saved: 'Saved',
  own: 'Computed here',
  underWay: (done: number, total: number) =>
    `${counted(done, 'cell')} of ${total} done here. The study on the page is that of the next.`,
  elsewhere: (cells: number) =>
    `Another tab computes ${counted(cells, 'cell')} of this map. Go on when it is done: this tab takes over what it finds.`,
  chosen: 'The settings under Study are those of the marked cell.',
  stopNow: (done: number) => (done === 0 ? 'Stop now' : `Stop now, keep ${counted(done, 'cell')}`),
  goOn: (missing: number) => `Go on: ${counted(missing, 'cell')} left`,
  run: (total: number) => `Run ${counted(total, 'cell')} here`,
  forget: 'Forget the cells computed here',
  unfit: (files: number) =>
    `This device keeps ${counted(files, 'file')} of this map that ${files === 1 ? 'is' : 'are'} damaged or of other settings than it has now. Nothing of ${files === 1 ? 'it' : 'them'} is shown.`,
  forgetUnfit: 'Forget what is of other settings',
  close: 'Close the map',
  /** A setting with its value. */
  setting: (name: string, value: string) => `${name} ${value}`,
  notComputed: (where: string) => `${where}: not computed yet`,
  diverged: (count: number, arm: string) => `${count} of ${arm} diverged`,
  noDifference: (where: string) => `${where}: no such difference`,
  /** @param values of the other arm and of the baseline, each with its name */
  difference: (where: string, points: string, interval: string, values: string) =>
    `${where}: ${points} points${interval}; ${values}`,
  /** @param scope what it is over */
  interval: (low: string, high: string, scope: string) => ` (95 % interval ${low} to ${high} ${scope})`,
  /** @param hasWidth it is in the cells, too @param isNarrow it is too narrow */
  excludes: (hasWidth: boolean, isNarrow: boolean) =>
    `${hasWidth ? '± half of the 95 % interval; ' : ''}* the 95 % interval excludes 0${isNarrow ? ', but is too narrow' : ''}`,
  tooFew: 'too few seeds to say',
  inBrackets: 'in brackets: too few seeds to say',
  scale: (difference: string) => `${difference}, points`,
  differenceHead: 'Difference, points',
  from: 'From',
  to: 'To',
  seeds: 'Seeds',
  /** A row of a table, in the column of the draw. */
  overDraws: (draws: number) => `Mean over ${draws} draws`,
  caption: {
    half: (setting: string, first: string, last: string): string =>
      `${setting} ${first === last ? first : `${first} to ${last}`}`,
    /** The values of an axis but one that was named. */
    others: 'its other values',
    where: (
      high: { better: number; of: number; words: string },
      low: { better: number; of: number; words: string },
    ): string =>
      `it is better in ${high.better} of ${counted(high.of, 'cell')} with ${high.words}, and in ${low.better} of ${low.of} with ${low.words}`,
    tooFew: (measure: string, other: string, first: string): string =>
      `${measure}: too few seeds to say where ${other} and ${first} differ`,
    counts: (
      measure: string,
      other: string,
      first: string,
      { better, worse, unclear, of }: Readonly<Record<'better' | 'worse' | 'unclear' | 'of', number>>,
    ): string =>
      `${measure}: ${other} is better than ${first} in ${better} of ${counted(of, 'cell')}, worse in ${worse}, and in ${unclear} the interval contains 0`,
    /** @param cells that are done, and are none of those that are counted */
    untold: (cells: number): string =>
      `${counted(cells, 'further cell')} ${cells === 1 ? 'has' : 'have'} too few seeds to say`,
    /** @param place the value of the other setting; empty where it has one alone */
    overDraws: (draws: number, place: string, difference: string, points: string, low: string, high: string): string =>
      `over ${draws} draws of the training images${place === '' ? '' : `, with ${place}`}: ${difference} ${points} points (95 % interval ${low} to ${high}, for these seeds and test images)`,
    chance: 'without any difference about one interval in twenty would exclude 0',
    /** In its place, of a map whose motifs nobody knows (countsOwnMotifs). */
    chanceOfNarrow:
      'these intervals are too narrow, as this map is of an earlier version, in which images of one motif count singly: without any difference more than one in twenty would exclude 0',
  },
});
