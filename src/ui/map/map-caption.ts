/** What a map says: in how many cells an arm is better or worse than another, and where. */
import { sentence } from '../../study/readings/words.ts';
import { MAP_WORDS } from './messages.ts';

/** A done cell: its indices on the two axes, and which arm is clearly better: 1 the other arm, −1 the baseline, 0 neither; null from too few seeds. */
export interface ReadCell {
  readonly x: number;
  readonly y: number;
  readonly better: -1 | 0 | 1 | null;
}

interface ReadAxis {
  /** The setting, within a sentence. */
  readonly name: string;
  readonly values: readonly string[];
  /** Its values are draws: none of them is more than another, so they have no halves. */
  readonly isDraw?: boolean;
}

interface ReadMap {
  readonly measure: string;
  readonly baseline: string;
  readonly other: string;
  readonly x: ReadAxis;
  readonly y: ReadAxis;
  readonly cells: readonly ReadCell[];
  /** Its intervals are too narrow, as nobody knows which images show the same motif. */
  readonly isNarrow?: boolean;
  /** What the draws of the training images say together, each in words; absent where no axis has draws. */
  readonly overDraws?: readonly string[];
}

/** Below this difference in the share of cells, neither half of an axis is said to differ from the other. */
const NOTABLE = 0.25;

interface Half {
  readonly words: string;
  readonly better: number;
  readonly of: number;
}

type IndexOf = (cell: ReadCell) => number;

const counted = (words: string, cells: readonly ReadCell[]): Half => ({
  words,
  better: cells.filter(({ better }) => better === 1).length,
  of: cells.length,
});

/** The lower and the upper half of an axis; a value in the middle belongs to neither. */
function halvesOf({ name, values }: ReadAxis, indexOf: IndexOf, cells: readonly ReadCell[]): Half[] {
  const length = Math.floor(values.length / 2);
  return [0, values.length - length].map((from) => {
    const own = cells.filter((cell) => indexOf(cell) >= from && indexOf(cell) < from + length);
    // Of its values only those of which there are cells.
    const places = own.length > 0 ? own.map(indexOf) : [from, from + length - 1];
    return counted(MAP_WORDS.caption.half(name, values[Math.min(...places)], values[Math.max(...places)]), own);
  });
}

/** The value of an axis at which all better cells lie, and all other values; null where there is no such value, or nothing beside it. A lone cell is no pattern. */
function singleOf({ name, values }: ReadAxis, indexOf: IndexOf, cells: readonly ReadCell[]): Half[] | null {
  const better = cells.filter((cell) => cell.better === 1);
  const places = new Set(better.map(indexOf));
  const [place] = places;
  const others = cells.filter((cell) => indexOf(cell) !== place);
  if (better.length < 2 || places.size !== 1 || others.length === 0) return null;
  return [
    counted(
      MAP_WORDS.caption.half(name, values[place], values[place]),
      cells.filter((cell) => indexOf(cell) === place),
    ),
    counted(MAP_WORDS.caption.others, others),
  ];
}

const shareOf = ({ better, of }: Half): number => (of > 0 ? better / of : 0);

/**
 * "it is better in 7 of 8 cells with shots 8 to 16, and in 2 of 8 with shots 64 to all"; of the axis on which the halves differ most. Where one value has all of
 * them, it is named alone: its half would say that its neighbours share in it.
 */
function whereOf({ x, y, cells }: ReadMap): string[] {
  const splitOf = (axis: ReadAxis, indexOf: IndexOf): Half[][] =>
    axis.isDraw ? [] : [singleOf(axis, indexOf, cells) ?? halvesOf(axis, indexOf, cells)];
  const axes = [...splitOf(x, (cell) => cell.x), ...splitOf(y, (cell) => cell.y)]
    .filter((halves) => halves.every(({ of }) => of > 0))
    .map((halves) => halves.toSorted((a, b) => shareOf(b) - shareOf(a)));
  const [most] = axes.toSorted(([a, b], [c, d]) => shareOf(c) - shareOf(d) - (shareOf(a) - shareOf(b)));
  if (!most || shareOf(most[0]) - shareOf(most[1]) < NOTABLE) return [];
  const [high, low] = most;
  return [MAP_WORDS.caption.where(high, low)];
}

/** Empty while no cell is done. */
export function mapReading(map: ReadMap): string {
  const { measure, baseline, other, cells, isNarrow = false, overDraws = [] } = map;
  if (cells.length === 0) return '';
  const known = cells.filter(({ better }) => better !== null);
  if (known.length === 0) return sentence([MAP_WORDS.caption.tooFew(measure, other, baseline), ...overDraws]);
  const [better, worse] = [1, -1].map((side) => known.filter((cell) => cell.better === side).length);
  const unclear = known.length - better - worse;
  return sentence([
    MAP_WORDS.caption.counts(measure, other, baseline, { better, worse, unclear, of: known.length }),
    ...(known.length < cells.length ? [MAP_WORDS.caption.untold(cells.length - known.length)] : []),
    ...whereOf({ ...map, cells: known }),
    ...overDraws,
    MAP_WORDS.caption[isNarrow ? 'chanceOfNarrow' : 'chance'],
  ]);
}
