/** The roofline picture: what every contender made per second, under what the device can. */
import { roofOf, roofPoints, type RoofPoint } from '../../engine/measure/compare.ts';
import { UNITS } from '../../engine/backends.ts';
import { CONTENDER_IDS, RIVALS, type ContenderId } from '../../engine/measure/contenders.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { isProduct } from '../../engine/measure/tasks.ts';
import { percent } from '../../core/number-format.ts';
import type { ArmStyle } from '../arm-style.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../charts/figure.ts';
import { digits, rateText } from './amounts.ts';
import { MEASURE } from './messages.ts';

const GIGA = 1e9;
/** Factor between the outermost points and the edges. */
const ROOM = 1.6;

interface ContenderStyle extends Pick<ArmStyle, 'dash' | 'marker' | 'token'> {
  readonly hollow: boolean;
}

/** Colour says on what, a hollow marker that it is stock, a diamond that it computes our passes. */
export const CONTENDER_STYLES: Readonly<Record<ContenderId, ContenderStyle>> = {
  wasm: { token: '--arm-0', dash: 'solid', marker: 'circle', hollow: false },
  'tfjs-wasm': { token: '--arm-0', dash: 'dot', marker: 'circle', hollow: true },
  'tfjs-wasm-passes': { token: '--arm-0', dash: 'dash', marker: 'diamond', hollow: true },
  webgpu: { token: '--arm-1', dash: 'solid', marker: 'square', hollow: false },
  'tfjs-webgpu-passes': { token: '--arm-1', dash: 'dash', marker: 'diamond', hollow: true },
  'tfjs-webgpu': { token: '--arm-1', dash: 'dot', marker: 'square', hollow: true },
};

const ROOF_STYLES = {
  processor: { token: '--arm-0', dash: 'solid' },
  card: { token: '--arm-1', dash: 'dash' },
} as const;

/** Contenders with a point, in order. */
export const shownContenders = (measurement: Measurement): ContenderId[] => {
  const points = roofPoints(measurement);
  return CONTENDER_IDS.filter((id) => points.some(({ contender }) => contender === id));
};

const readingOf = ({ contender, task, rate, share }: RoofPoint): string =>
  MEASURE.roofline.point(
    MEASURE.contenders[contender],
    MEASURE.tasks[task].name,
    rateText(rate, 'FLOP/s'),
    percent(share, 0),
  );

/** Null where nothing was measured that has a roof. */
export function rooflinePlot(measurement: Measurement): BuildFigure | null {
  const points = roofPoints(measurement);
  if (points.length === 0) return null;
  const roofs = UNITS.flatMap((unit) => roofOf(measurement, unit) ?? []);
  const intensities = [...points.map(({ intensity }) => intensity), ...roofs.map(({ flops, bytes }) => flops / bytes)];
  const x: [number, number] = [Math.min(...intensities) / ROOM, Math.max(...intensities) * ROOM];
  const rates = [...points.map(({ rate }) => rate), ...roofs.map(({ flops }) => flops)].map((rate) => rate / GIGA);
  const y: [number, number] = [Math.min(...rates) / ROOM, Math.max(...rates) * ROOM];
  const lines = roofs.map(({ unit, flops, bytes }): Mark => {
    const at = [x[0], Math.min(x[1], Math.max(x[0], flops / bytes)), x[1]];
    return {
      kind: 'line',
      name: MEASURE.roofline.roof(MEASURE.units[unit]),
      x: at,
      y: at.map((intensity) => Math.min(flops, intensity * bytes) / GIGA),
      colour: ROOF_STYLES[unit].token,
      width: 2,
      dash: ROOF_STYLES[unit].dash,
      reading: () => `${MEASURE.roofline.roof(MEASURE.units[unit])}: ${rateText(flops, 'FLOP/s')}`,
    };
  });
  const marks = shownContenders(measurement).map((id): Mark => {
    const own = points.filter(({ contender }) => contender === id);
    const { token, marker, hollow } = CONTENDER_STYLES[id];
    return {
      kind: 'points',
      name: MEASURE.contenders[id],
      points: own.map(({ intensity, rate }) => ({
        x: intensity,
        y: rate / GIGA,
        shape: marker,
        size: 9,
        colour: token,
        hollow,
      })),
      reading: (i) => readingOf(own[i]),
    };
  });
  return () => ({
    margin: { left: 56, right: 10, top: 10, bottom: 42 },
    pointer: 'nearest',
    xTitle: MEASURE.roofline.x,
    panels: [
      {
        x: { kind: 'log', range: x, ticks: ticksWithin(x) },
        y: { kind: 'log', range: y, title: MEASURE.roofline.y, ticks: ticksWithin(y) },
        marks: [...lines, ...marks],
      },
    ],
  });
}

/** Decades span few ticks, so that 2 and 5 are labelled too where they are close. */
function ticksWithin([low, high]: readonly [number, number]): { at: number[]; texts: string[] } {
  const steps = high / low > 1e3 ? [1] : [1, 2, 5];
  const at: number[] = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++)
    for (const step of steps) {
      const value = Number(`${step}e${decade}`);
      if (value >= low && value <= high) at.push(value);
    }
  return { at, texts: at.map(digits) };
}

export function rooflineTable(measurement: Measurement): TableData {
  return {
    head: MEASURE.roofline.head,
    rows: roofPoints(measurement).map(({ contender, task, intensity, rate, share }) => [
      MEASURE.contenders[contender],
      MEASURE.tasks[task].name,
      digits(intensity),
      digits(rate / GIGA),
      percent(share, 0),
    ]),
  };
}

/** Per unit: its peaks, and how near ours comes in whole tasks. */
export function rooflineReading(measurement: Measurement): string {
  const points = roofPoints(measurement);
  const parts = UNITS.flatMap((unit) => {
    const roof = roofOf(measurement, unit);
    const shares = points
      .filter(({ contender, task }) => contender === RIVALS[unit].own && !isProduct(task))
      .map(({ share }) => share);
    if (!roof || shares.length === 0) return [];
    const ends = [Math.min(...shares), Math.max(...shares)].map((share) => percent(share, 0));
    const peaks = [rateText(roof.flops, 'FLOP/s'), rateText(roof.bytes, 'B/s')];
    return [MEASURE.roofline.unit(MEASURE.units[unit], peaks[0], peaks[1], ends[0], ends[1])];
  });
  return MEASURE.roofline.reading(parts);
}
