/** The words of every chart: its frame, its legend, its reference lines. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const CHARTS_WORDS = catalogue('charts', {
  better: {
    up: '↑ higher is better',
    down: '↓ lower is better',
    right: '→ further right is better',
    left: '← further left is better',
  },
  howToRead: (title: string): string => `how to read: ${title}`,
  download: (title: string, format: 'PNG' | 'SVG' | 'CSV'): string => `${title}: download ${format}`,
  /** What a file is. */
  holds: {
    PNG: 'Light, with title, legend and sample sizes: for slides and papers',
    SVG: 'Light, with title, legend and sample sizes: for slides and papers, to be edited',
    CSV: 'All numbers of the figure',
  },
  dataTable: (rows: number): string => `Data table (${counted(rows, 'row')})`,
  dataOf: (title: string): string => `${title}: data`,
  /** All that is said of a figure, folded. */
  more: 'More',
  moreOn: (title: string): string => `More: ${title}`,
  /** Unfolds and folds a figure. */
  show: 'Show',
  hide: 'Hide',
  foldOf: (does: string, title: string): string => `${does}: ${title}`,
  /** In the place of a figure whose result lacks it; why it does follows. */
  notHeld: 'This result does not hold it.',
  /** Why a result lacks something that has just been named, by where it came from. */
  whyAbsent: {
    none: 'Its study ended without computing this.',
    live: 'Its study ended without computing this.',
    united: 'This has not been computed since the studies were united.',
    saved: 'The saved study leaves this out.',
    file: 'Its study ended without computing this, or what wrote the file left it out.',
    link: 'Its study ended without computing this, or the link had no room for it. A study file has room for everything.',
  },
  /** In the place of a figure whose result is being fetched. */
  loading: 'Loading …',
  /** The curves of the earlier result, in legends. */
  earlier: 'before',
  /** Titles of axes. */
  testAxes: { accuracy: 'test accuracy, %', loss: 'test loss, nats' },
  /** Lines that belong to no arm, in legends. */
  references: {
    'zero-shot': 'zero-shot',
    'head only': 'head only',
    chance: 'chance',
    'single-mean': 'single runs of the arm: mean',
    'single-best': 'best',
    chord: 'chord (straight line)',
    'all-on': 'every layer on',
  },
  /** At the lower edge of a chart that chance lies below. */
  chanceBelow: (percent: string): string => `chance ${percent} % ↓`,
  /** Under the pointer: the value of a named line at a named place. */
  valueAt: (name: string, place: string, value: string): string => `${name} at ${place}: ${value}`,
});
