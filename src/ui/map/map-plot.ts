/** A map as a figure and a table: a cell for every pair of values, coloured by which arm is better and by how much. */
import { fixed, hundredths, MISSING, signedPoints, signedPointsEnd } from '../../core/number-format.ts';
import { clearSide } from '../../copra/seed-differences.ts';
import { mapReading } from './map-caption.ts';
import { countedEach, scopeText } from '../../study/readings/words.ts';
import { betterArm } from '../../study/map/map-result.ts';
import { cellsOf, type CellPlace } from '../../study/map/cells.ts';
import { cellAt, differenceAt, intervalOf, type CellDifference, type MapResult } from '../../study/map/map-result.ts';
import { drawAxis, overDraws } from '../../study/map/over-draws.ts';
import { mapSetting, mapSettingName, mapValueText } from '../../study/map/map-settings.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { countsOwnMotifs } from '../../study/result/motifs.ts';
import { MEASURES } from '../../study/result/measures/measures.ts';
import { armStyles } from '../arm-style.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure, ColourScale } from '../charts/figure.ts';
import { MAP_WORDS } from './messages.ts';

/** Width of a cell in pixels from which its text has the interval. */
const ROOM_FOR_INTERVAL = 92;
/** Width of a chart from which it has a colour bar. */
const ROOM_FOR_BAR = 460;
/** Rows beside which the title of a colour bar, and the whole name of a setting, find room. */
const ROWS_FOR_TITLES = 3;
/** Draws of more values of the other setting are left to the table. */
const MOST_SENTENCES = 4;
/** The colours reach this many times beyond the largest difference, so that the text on every cell is easy to read. */
const PALER = 1.6;

/** The measures that any cell of the map has, in the order of tables. */
export const measuresOf = (map: MapResult): readonly Measure[] =>
  MEASURES.filter(({ id }) => map.cells.some((cell) => differenceAt(cell, id) !== null));

/** Numbers of seeds that cells have of a measure, and their images. Images of other domains are not those of the task. */
export function mapBasis(map: MapResult, { id }: Measure): { readonly seeds: number[]; readonly images: number } {
  const differences = map.cells.flatMap((cell) => differenceAt(cell, id) ?? []);
  return {
    seeds: [...new Set(differences.map(({ seeds }) => seeds))],
    images: Math.max(0, ...differences.map(({ images }) => images ?? 0)),
  };
}

const halfOf = ({ mean, high }: CellDifference): number | null => (high === null ? null : high - mean);

/** Whether its seeds are too few to say which arm is better: its interval, if it has one, is of other images alone. */
const isUntold = (difference: CellDifference): boolean => clearSide(intervalOf(difference)) === null;

/**
 * "+2.1 ± 0.9*": in points, with half the width of the interval; the star where the interval excludes 0. "(+65.6)" where seeds are too few: such a width would
 * be of another kind than those beside it.
 */
function cellText(difference: CellDifference, withInterval: boolean): string {
  if (isUntold(difference)) return `(${signedPoints(difference.mean)})`;
  const half = halfOf(difference);
  const interval = withInterval && half !== null ? ` ± ${hundredths(half)}` : '';
  return `${signedPoints(difference.mean)}${interval}${clearSide(intervalOf(difference)) ? '*' : ''}`;
}

const placeText = ({ config: { x, y } }: MapResult, place: CellPlace): string => {
  const named = (key: string, value: number | null): string =>
    MAP_WORDS.setting(mapSettingName(mapSetting(key)), mapValueText(mapSetting(key), value));
  return `${named(x.setting, place.x)}, ${named(y.setting, place.y)}`;
};

/** A cell in words, for a pointer and for screen readers. */
export function cellReading(map: MapResult, place: CellPlace, measure: Measure | undefined): string {
  const cell = cellAt(map, place);
  const where = placeText(map, place);
  if (!cell) return MAP_WORDS.notComputed(where);
  const [baseline, other] = map.config.study.arms;
  const lost = cell.diverged.flatMap((count, i) =>
    count > 0 ? [MAP_WORDS.diverged(count, [baseline, other][i].name)] : [],
  );
  const difference = measure && differenceAt(cell, measure.id);
  if (!difference) return [MAP_WORDS.noDifference(where), ...lost].join('; ');
  const { mean, low, high, arms, seeds } = difference;
  const scope = scopeText(intervalOf(difference));
  const interval = low === null ? '' : MAP_WORDS.interval(signedPointsEnd(low), signedPointsEnd(high ?? NaN), scope);
  const values = `${other.name} ${hundredths(arms[1])} %, ${baseline.name} ${hundredths(arms[0])} %`;
  const untold = isUntold(difference) ? [MAP_WORDS.tooFew] : [];
  return [
    MAP_WORDS.difference(where, signedPoints(mean), interval, values),
    countedEach([seeds], 'seed'),
    ...untold,
    ...lost,
  ].join('; ');
}

/** @param measure undefined while no cell has any: all cells are blank */
export function mapPlot(map: MapResult, measure: Measure | undefined): BuildFigure {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const place = (row: number, column: number): CellPlace => ({ x: x.values[column], y: y.values[row] });
  const differences = y.values.map((_, row) =>
    x.values.map((_, column) => measure && differenceAt(cellAt(map, place(row, column)), measure.id)),
  );
  const values = differences.map((row) => row.map((difference) => (difference ? 100 * difference.mean : null)));
  const most = PALER * Math.max(...values.flat().map((value) => Math.abs(value ?? 0)), 0.1);
  const isNarrow = measure !== undefined && isOfOwnMotifs(map, measure);
  const styles = armStyles(study.arms);
  const colours = study.arms.map(({ id }) => styles.get(id)?.token ?? '--ink');
  const [low, high] = measure?.lowerIsBetter ? colours.toReversed() : colours;
  const scale: ColourScale = [
    [0, low],
    [0.5, '--surface'],
    [1, high],
  ];
  const yNames = y.values.map((value) => mapValueText(upwards, value));
  const left = 34 + 8 * Math.max(...yNames.map((name) => name.length));
  const isHigh = yNames.length >= ROWS_FOR_TITLES;
  const yTitle = isHigh ? mapSettingName(upwards) : (upwards.row.short ?? mapSettingName(upwards));
  return (width) => {
    const bar = width >= ROOM_FOR_BAR && isHigh;
    const right = bar ? 74 : 8;
    const withInterval = (width - left - right) / x.values.length >= ROOM_FOR_INTERVAL;
    return {
      margin: { left, right, top: 8, bottom: 60 },
      pointer: 'nearest',
      remark: differences.flat().some((difference) => difference && isUntold(difference))
        ? `${MAP_WORDS.excludes(withInterval, isNarrow)}; ${MAP_WORDS.inBrackets}`
        : MAP_WORDS.excludes(withInterval, isNarrow),
      ...(bar && {
        colourBar: {
          scale,
          range: [-most, most],
          share: 1,
          title: MAP_WORDS.scale(`${study.arms[1].name} − ${study.arms[0].name}`),
        },
      }),
      panels: [
        {
          framed: true,
          x: {
            kind: 'names',
            names: x.values.map((value) => mapValueText(across, value)),
            title: mapSettingName(across),
            lines: false,
          },
          y: { kind: 'names', names: yNames, title: yTitle, lines: false },
          marks: [
            {
              kind: 'cells',
              values,
              range: [-most, most],
              scale,
              gap: 2,
              text: (_, row, column) => {
                const difference = differences[row][column];
                return difference ? cellText(difference, withInterval) : '';
              },
              reading: (row, column) => cellReading(map, place(row, column), measure),
            },
          ],
        },
      ],
    };
  };
}

/** Height of the figure in pixels. */
export const mapHeight = ({ config }: MapResult): number => 68 + 46 * config.y.values.length;

export function mapTable(map: MapResult, measure: Measure | undefined): TableData {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const [baseline, other] = study.arms;
  const names = [upwards, across].map(({ row }) => row.label);
  const head = [
    ...names,
    `${baseline.name}, %`,
    `${other.name}, %`,
    MAP_WORDS.differenceHead,
    MAP_WORDS.from,
    MAP_WORDS.to,
    MAP_WORDS.seeds,
  ];
  const points = (values: readonly (number | null)[]): string[] =>
    values.map((value) => (value === null ? MISSING : signedPoints(value)));
  const rows = cellsOf(map.config).flatMap((place) => {
    const difference = measure && differenceAt(cellAt(map, place), measure.id);
    if (!difference) return [];
    const { arms, mean, low, high, seeds } = difference;
    return [
      [
        mapValueText(upwards, place.y),
        mapValueText(across, place.x),
        ...arms.map((value) => hundredths(value)),
        ...points([mean, low, high]),
        fixed(seeds, 0),
      ],
    ];
  });
  const drawsAcross = drawAxis(map.config) === 'x';
  const together = (measure ? overDraws(map, measure.id) : []).map(({ value, interval }) => {
    const draws = MAP_WORDS.overDraws(interval.n);
    const places = drawsAcross ? [mapValueText(upwards, value), draws] : [draws, mapValueText(across, value)];
    return [...places, MISSING, MISSING, ...points([interval.mean, interval.low, interval.high]), MISSING];
  });
  return { head, rows: [...rows, ...together] };
}

/** Each value of the other setting in a sentence, if they are few: the table has them all. */
function drawsInWords(map: MapResult, measure: Measure): string[] {
  const axis = drawAxis(map.config);
  if (!axis) return [];
  const { x, y, study } = map.config;
  const { setting, values } = axis === 'x' ? y : x;
  if (values.length > MOST_SENTENCES) return [];
  const row = mapSetting(setting);
  return overDraws(map, measure.id).map(({ value, interval: { n, mean, low, high } }) =>
    MAP_WORDS.caption.overDraws(
      n,
      values.length > 1 ? MAP_WORDS.setting(mapSettingName(row), mapValueText(row, value)) : '',
      `${study.arms[1].name} − ${study.arms[0].name}`,
      signedPoints(mean),
      signedPointsEnd(low),
      signedPointsEnd(high),
    ),
  );
}

/** Whether intervals of some cell are too narrow, because nobody knows which images show the same motif. */
const isOfOwnMotifs = ({ config, cells }: MapResult, { id }: Measure): boolean =>
  cells.some((cell) => {
    const difference = differenceAt(cell, id);
    return difference && difference.images !== null && countsOwnMotifs(config.study.task, difference.motifs);
  });

export function mapCaption(map: MapResult, measure: Measure): string {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const axis = drawAxis(map.config);
  const cells = map.cells.flatMap((cell) => {
    const difference = differenceAt(cell, measure.id);
    if (!difference) return [];
    return [{ x: x.values.indexOf(cell.x), y: y.values.indexOf(cell.y), better: betterArm(difference, measure) }];
  });
  return mapReading({
    measure: `${measure.name.charAt(0).toUpperCase()}${measure.name.slice(1)}`,
    baseline: study.arms[0].name,
    other: study.arms[1].name,
    x: {
      name: mapSettingName(across),
      values: x.values.map((value) => mapValueText(across, value)),
      isDraw: axis === 'x',
    },
    y: {
      name: mapSettingName(upwards),
      values: y.values.map((value) => mapValueText(upwards, value)),
      isDraw: axis === 'y',
    },
    cells,
    isNarrow: isOfOwnMotifs(map, measure),
    overDraws: drawsInWords(map, measure),
  });
}
