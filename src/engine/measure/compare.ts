/** What a measurement says: rates, ratios of contenders, and how near to the device's measured peaks they come. */
import type { Unit } from '../backends.ts';
import { CONTENDER_IDS, CONTENDERS, RIVALS, type ContenderId, type Stock } from './contenders.ts';
import type { Cell, Measurement, Timing } from './measurement.ts';
import { TASKS, taskOf, type MeasuredTask, type TaskId } from './tasks.ts';

/** Null where the task was not reached. */
export const cellOf = ({ tasks }: Measurement, task: TaskId, contender: ContenderId): Cell | null =>
  tasks.find((one) => one.task === task)?.cells.find((cell) => cell.contender === contender) ?? null;

/** A timing that tells a speed: right numbers, and more than a first run, which compiles. Null where there is none. */
const speedIn = (cell: Cell | null): Timing | null =>
  cell?.state === 'measured' && cell.timing.warm ? cell.timing : null;

/** Null where nothing tells the contender's speed. */
export const timingOf = (measurement: Measurement, task: TaskId, contender: ContenderId): Timing | null =>
  speedIn(cellOf(measurement, task, contender));

/** In the task's own unit: FLOP/s, bytes/s, seconds per call, seconds, variants per second. @param seconds of the whole task */
export function amountOf({ measure, flops, bytes, count }: MeasuredTask, seconds: number): number {
  switch (measure) {
    case 'flops':
      return flops / seconds;
    case 'bytes':
      return bytes / seconds;
    case 'per-call':
      return seconds / count;
    case 'seconds':
      return seconds;
    case 'per-second':
      return count / seconds;
  }
}

/** How many times as fast. */
export interface Ratio {
  /** Of the medians. */
  readonly value: number;
  /** From the quartiles that are worst, and best, for `own`. */
  readonly low: number;
  readonly high: number;
  /** Repetitions of the one that has fewer: quartiles of one or two runs say nothing. */
  readonly repetitions: number;
}

/** How many times as fast `own` is as `other`. */
export const ratioOf = (own: Timing, other: Timing): Ratio => ({
  value: other.median / own.median,
  low: other.low / own.high,
  high: other.high / own.low,
  repetitions: Math.min(own.repetitions, other.repetitions),
});

/** Ours against a program of stock TensorFlow.js operations on the same unit; null where either is missing. */
export function ratioOnUnit(measurement: Measurement, task: TaskId, unit: Unit, stock: Stock): Ratio | null {
  const own = timingOf(measurement, task, RIVALS[unit].own);
  const other = timingOf(measurement, task, RIVALS[unit][stock]);
  return own && other && ratioOf(own, other);
}

/** The best that anybody reached on a unit: multiplications and additions, and bytes, per second. */
export interface Roof {
  readonly unit: Unit;
  readonly flops: number;
  readonly bytes: number;
}

/** Null where no product or no copy was measured. */
export function roofOf(measurement: Measurement, unit: Unit): Roof | null {
  const best = (measure: 'flops' | 'bytes'): number =>
    Math.max(
      0,
      ...TASKS.filter((task) => task.measure === measure).flatMap((task) =>
        CONTENDER_IDS.filter((id) => CONTENDERS[id].unit === unit).flatMap((id) => {
          const timing = timingOf(measurement, task.id, id);
          return timing ? [amountOf(task, timing.median)] : [];
        }),
      ),
    );
  const [flops, bytes] = [best('flops'), best('bytes')];
  return flops > 0 && bytes > 0 ? { unit, flops, bytes } : null;
}

/** A contender at a task in the roofline model (Williams et al., 2009). */
export interface RoofPoint {
  readonly contender: ContenderId;
  readonly task: TaskId;
  /** FLOP per byte that no implementation avoids. */
  readonly intensity: number;
  /** FLOP per second. */
  readonly rate: number;
  /** Of the roof above the point: the lesser of the best product rate, and intensity × the best copy rate. */
  readonly share: number;
}

/** Of tasks that compute; calls measure waiting. */
export function roofPoints(measurement: Measurement): RoofPoint[] {
  return measurement.tasks.flatMap(({ task: id, cells }) => {
    const task = taskOf(id);
    if (task.flops === 0 || task.measure === 'per-call') return [];
    const intensity = task.flops / task.bytes;
    return cells.flatMap((cell) => {
      const roof = roofOf(measurement, CONTENDERS[cell.contender].unit);
      const timing = speedIn(cell);
      if (!timing || !roof) return [];
      const rate = task.flops / timing.median;
      const share = rate / Math.min(roof.flops, intensity * roof.bytes);
      return [{ contender: cell.contender, task: id, intensity, rate, share }];
    });
  });
}

/** Who took part in both: protocols have had fewer contenders. */
export const inBoth = (one: Measurement, other: Measurement): ContenderId[] =>
  CONTENDER_IDS.filter((id) => [one, other].every(({ contenders }) => contenders.some((own) => own.id === id)));

/** The fastest right contender of a task. */
export function fastest(
  measurement: Measurement,
  task: TaskId,
  among: readonly ContenderId[] = CONTENDER_IDS,
): ContenderId | null {
  let best: { id: ContenderId; median: number } | null = null;
  for (const id of among) {
    const timing = timingOf(measurement, task, id);
    if (timing && (best === null || timing.median < best.median)) best = { id, median: timing.median };
  }
  return best?.id ?? null;
}
