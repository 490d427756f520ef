/** Which class is taken for which, as cells, and the accuracy of every class beside it. */
import { shortened } from '../../../core/shortened.ts';
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import {
  classAccuracies,
  classOrder,
  differenceOf,
  meanCounts,
  runsOf,
  sharesOf,
  type ClassAccuracy,
  type ClassOrder,
} from '../../../state/pictures/class-confusions.ts';
import type { Confusion } from '../../../study/predictions/result.ts';
import { measuredEffect } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, ColourScale, Mark } from '../../charts/figure.ts';
import { DIGIT, TICK_SIZE } from '../../charts/looks.ts';
import { PERCENT } from '../../charts/ranges.ts';
import { frozenName } from '../../charts/references.ts';
import { fixed, percent, signed } from '../../format.ts';
import { nameOfArm } from '../pictures/picture-words.ts';
import { CONFUSION_WORDS } from './messages.ts';

export type Unit = 'share' | 'count';

/** What is shown: the confusions of the backbone or an arm, or an arm less another. */
export interface ConfusionView {
  readonly confusion: Confusion;
  /** Null: no difference. */
  readonly baseline: Confusion | null;
  readonly unit: Unit;
  readonly order: ClassOrder;
  /** So many classes, the least accurate ones; null: all. */
  readonly most: number | null;
}

type Parts = Pick<StudyResult, 'task' | 'config'>;
type TestedParts = Pick<StudyResult, 'task' | 'config' | 'runs'>;

/** Smallest numbers that are read in cells, and the room around them, in pixels. */
const LEAST_TEXT = 10;
const AROUND_TEXT = 3;
/** Room of the colour scale beside cells without numbers: without either, shades say which cell is darker and nothing else. */
const SCALE_ROOM = 68;
/** Longest name beside the cells, in characters. */
const LONGEST = 20;

/** Pixels along which the title of the axis of accuracies is written out. */
const TITLE_ROOM = 180;

/** [shown rows, shown columns] in the unit of the view, and the classes in their order. */
export function cellsOf(parts: Parts, { confusion, baseline, unit, order, most }: ConfusionView) {
  const classes = shownClasses(parts);
  const values = (of: Confusion): readonly (readonly (number | null)[])[] =>
    unit === 'share' ? sharesOf(of, classes.length) : meanCounts(of, classes.length);
  const all = baseline ? differenceOf(values(baseline), values(confusion)) : values(confusion);
  const accuracies = classAccuracies(confusion, classes.length);
  const least = new Set(classOrder(classes, accuracies, 'accuracy').slice(0, most ?? classes.length));
  const places = classOrder(classes, accuracies, order).filter((i) => least.has(i));
  return { places, values: places.map((row) => places.map((column) => all[row][column])) };
}

const told = (value: number, unit: Unit, isDifference: boolean): string => {
  const write = isDifference ? signed : fixed;
  return unit === 'share' ? write(100 * value, 0) : write(value, value % 1 === 0 ? 0 : 1);
};

/** Size of numbers of so many characters in a cell of this size; null where they could not be read. */
function textSize(characters: number, cell: { readonly width: number; readonly height: number }): number | null {
  const size = Math.min(TICK_SIZE, (cell.width - AROUND_TEXT) / (DIGIT * characters), cell.height - AROUND_TEXT);
  return size < LEAST_TEXT ? null : size;
}

/** Height of the cells' figure. */
export const confusionHeight = (classes: number): number =>
  150 + Math.min(900, Math.max(160, classes * (classes <= 14 ? 32 : classes <= 40 ? 18 : 9)));

export function confusionPlot(parts: Parts, view: ConfusionView): BuildFigure {
  const { places, values } = cellsOf(parts, view);
  const { confusion, baseline, unit } = view;
  const { config } = parts;
  const classes = shownClasses(parts);
  const styles = armStyles(config.arms);
  const colourOf = ({ arm }: Confusion) => (arm === null ? '--reference' : (styles.get(arm)?.token ?? '--ink'));
  const names = places.map((i) => classes[i]);
  const known = values.flat().filter((value) => value !== null);
  // Right answers outnumber confusions: full colour begins at half of the largest number, or at the largest confusion.
  const wrong = values.flatMap((row, r) => row.filter((value, c) => value !== null && r !== c)) as number[];
  const most = Math.max(1e-9, ...known.map(Math.abs));
  const limit = baseline ? most : Math.max(most / 2, ...wrong);
  const scale: ColourScale = baseline
    ? [
        [0, colourOf(baseline)],
        [0.5, '--surface'],
        [1, colourOf(confusion)],
      ]
    : [
        [0, '--surface'],
        [1, colourOf(confusion)],
      ];
  const name = nameOfArm(config.arms, confusion.arm);
  const words = unit === 'share' ? CONFUSION_WORDS.ofItsPictures : CONFUSION_WORDS.picturesARun;
  const text = (value: number): string => (value === 0 ? '' : told(value, unit, baseline !== null));
  const characters = Math.max(1, ...known.map((value) => text(value).length));
  const range = baseline ? ([-limit, limit] as const) : ([0, limit] as const);
  const factor = unit === 'share' ? 100 : 1;
  return (width) => {
    const written = names.map((name) => shortened(name, LONGEST));
    const longest = Math.max(...written.map(({ length }) => length));
    const margin = { left: 30 + 6.4 * longest, right: 8, top: 8, bottom: 38 + 5.8 * longest };
    const size = textSize(characters, {
      width: (width - margin.left - margin.right) / names.length,
      height: (confusionHeight(names.length) - margin.top - margin.bottom) / names.length,
    });
    return {
      margin: size === null ? { ...margin, right: SCALE_ROOM } : margin,
      pointer: 'nearest',
      ...(size === null && {
        colourBar: { scale, range: [factor * range[0], factor * range[1]], title: words, share: 0.9 },
      }),
      panels: [
        {
          x: { kind: 'names', title: CONFUSION_WORDS.takenFor, names: written, lines: false, slanted: true },
          y: { kind: 'names', title: CONFUSION_WORDS.trueClass, names: written, lines: false, fromTop: true },
          marks: [
            {
              kind: 'cells',
              values,
              range,
              scale,
              gap: names.length > 40 ? 0 : 1,
              ...(size !== null && { text, textSize: size }),
              reading: (row, column) => {
                const value = values[row][column];
                if (value === null) return CONFUSION_WORDS.noPictures(names[row]);
                const taken =
                  row === column ? CONFUSION_WORDS.right(names[row]) : CONFUSION_WORDS.taken(names[row], names[column]);
                return `${name}${baseline ? ` − ${nameOfArm(config.arms, baseline.arm)}` : ''}: ${taken}, ${told(value, unit, baseline !== null)} ${words}`;
              },
            },
          ],
        },
      ],
    };
  };
}

export const accuracyHeight = (classes: number, matrices: number): number =>
  56 + classes * Math.max(14, 10 * matrices + 4);

const intervalText = ({ accuracy, low, high }: ClassAccuracy): string =>
  CONFUSION_WORDS.classes.interval(percent(accuracy, 0), percent(low, 0), percent(high, 0));

/** Whose accuracy it is: without an adapter, what it is called wherever it is a line. */
export const accuracyName = ({ task, config }: Parts, arm: string | null): string =>
  arm === null ? frozenName(task) : nameOfArm(config.arms, arm);

/** Accuracy of every class, with intervals over its pictures. @param places of the classes, in the order of the matrix */
export function accuracyPlot(
  { task, config, runs }: TestedParts,
  confusions: readonly Confusion[],
  places: readonly number[],
): BuildFigure {
  const styles = armStyles(config.arms);
  const effect = measuredEffect({ task, runs }) ?? 1;
  const accuracies = confusions.map((confusion) => classAccuracies(confusion, task.classes.length, effect));
  const classes = shownClasses({ config, task });
  const names = places.map((i) => shortened(classes[i], LONGEST));
  const marks = confusions.flatMap(({ arm }, a): Mark[] => {
    const style = arm === null ? null : styles.get(arm);
    const colour = style?.token ?? '--reference';
    const shown = places.flatMap((i, row) => {
      const found = accuracies[a][i];
      const y = -row - (a - (confusions.length - 1) / 2) * (0.7 / confusions.length);
      return found.images > 0 ? [{ found, y, name: classes[i] }] : [];
    });
    return [
      ...shown.map(({ found, y }): Mark => ({
        kind: 'line',
        x: [100 * found.low, 100 * found.high],
        y: [y, y],
        colour,
        width: 1.5,
        dash: 'solid',
      })),
      {
        kind: 'points',
        name: accuracyName({ task, config }, arm),
        points: shown.map(({ found, y }) => ({
          x: 100 * found.accuracy,
          y,
          shape: style?.marker ?? 'diamond',
          size: 7,
          colour,
          hollow: arm === null,
        })),
        reading: (i) => `${shown[i].name}, ${accuracyName({ task, config }, arm)}: ${intervalText(shown[i].found)}`,
      },
    ];
  });
  const margin = { left: 14 + 6.4 * Math.max(...names.map(({ length }) => length)), right: 12, top: 6, bottom: 40 };
  const { axis, shortAxis } = CONFUSION_WORDS.classes;
  return (width) => ({
    margin,
    pointer: 'nearest',
    panels: [
      {
        x: {
          kind: 'linear',
          title: width - margin.left - margin.right < TITLE_ROOM ? shortAxis : axis,
          range: [-3, 103],
          limits: PERCENT,
        },
        y: {
          kind: 'linear',
          range: [-(names.length - 0.5), 0.5],
          ticks: { at: names.map((_, row) => -row), texts: names },
          lines: false,
        },
        marks,
      },
    ],
  });
}

/** Every confusion that occurs, of every matrix. */
export function confusionTable({ task, config }: Parts, confusions: readonly Confusion[]): TableData {
  const classes = shownClasses({ config, task });
  const { table } = CONFUSION_WORDS;
  return {
    head: [table.arm, table.trueClass, table.takenFor, table.pictures, table.share],
    rows: confusions.flatMap((confusion) => {
      const shares = sharesOf(confusion, classes.length);
      const counts = meanCounts(confusion, classes.length);
      return classes.flatMap((of, row) =>
        classes.flatMap((as, column) =>
          counts[row][column] > 0
            ? [
                [
                  nameOfArm(config.arms, confusion.arm),
                  of,
                  as,
                  fixed(counts[row][column], runsOf(confusion) > 1 ? 1 : 0),
                  percent(shares[row][column] ?? NaN, 0),
                ],
              ]
            : [],
        ),
      );
    }),
  };
}

export function accuracyTable({ task, config, runs }: TestedParts, confusions: readonly Confusion[]): TableData {
  const words = CONFUSION_WORDS.classes;
  const effect = measuredEffect({ task, runs }) ?? 1;
  const accuracies = confusions.map((confusion) => classAccuracies(confusion, task.classes.length, effect));
  return {
    head: [
      words.name,
      words.pictures,
      ...confusions.map(({ arm }) => words.accuracyOf(accuracyName({ task, config }, arm))),
    ],
    rows: shownClasses({ config, task }).map((name, i) => [
      name,
      String(accuracies[0]?.[i].images ?? 0),
      ...accuracies.map((of) => (of[i].images > 0 ? intervalText(of[i]) : '–')),
    ]),
  };
}
