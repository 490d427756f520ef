/** Measurements that come from files and links: checked before anything is shown. */
import * as v from 'valibot';
import { oneLine } from '../../core/one-line.ts';
import { CONTENDER_IDS } from '../../engine/measure/contenders.ts';
import { LONGEST_TEXT, type Measurement } from '../../engine/measure/measurement.ts';
import { PROTOCOL, TASK_IDS } from '../../engine/measure/tasks.ts';
import { describeIssues } from '../../platform/describe-issues.ts';
import { SHARE_CHECKS } from '../words.ts';

/** What is wrong with a measurement, for people. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}

const Text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT), v.transform(oneLine));
const Amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const Positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const TimingSchema = v.pipe(
  v.object({
    median: Positive,
    low: Positive,
    high: Positive,
    repetitions: v.pipe(Count, v.minValue(1)),
    part: Positive,
    warm: v.boolean(),
  }),
  v.check(
    ({ low, median, high }) => low <= median && median <= high,
    () => SHARE_CHECKS.quartiles,
  ),
);

const Contender = v.picklist(CONTENDER_IDS);

const CellSchema = v.variant('state', [
  v.object({
    state: v.picklist(['measured', 'wrong']),
    contender: Contender,
    timing: TimingSchema,
    deviation: v.nullable(Amount),
  }),
  v.object({
    state: v.literal('skipped'),
    contender: Contender,
    why: v.picklist(['time', 'memory', 'absent']),
    needs: v.nullable(Amount),
    has: v.nullable(Amount),
  }),
  v.object({ state: v.literal('failed'), contender: Contender, reason: Text }),
]);

const isDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

const AdapterSchema = v.object({
  vendor: Text,
  architecture: Text,
  device: Text,
  description: Text,
  isFallbackAdapter: v.boolean(),
  features: v.pipe(v.array(Text), v.maxLength(100)),
  limits: v.pipe(
    v.record(Text, Amount),
    v.check(
      (limits) => Object.keys(limits).length <= 60,
      () => SHARE_CHECKS.tooManyLimits,
    ),
  ),
});

const MeasurementSchema: v.GenericSchema<unknown, Measurement> = v.object({
  kind: v.literal('copra-measurement'),
  version: v.literal(1),
  protocol: Count,
  release: Text,
  date: v.pipe(v.string(), v.isoTimestamp()),
  budget: Amount,
  took: Amount,
  place: v.object({
    browser: Text,
    system: Text,
    processor: Text,
    cores: Count,
    memory: v.nullable(Amount),
    isolated: v.boolean(),
    adapter: v.nullable(AdapterSchema),
  }),
  contenders: v.pipe(
    v.array(
      v.object({
        id: Contender,
        state: v.picklist(['present', 'absent', 'failed']),
        text: Text,
        threads: Count,
        software: v.boolean(),
      }),
    ),
    v.check(
      (all) => isDistinct(all.map(({ id }) => id)),
      () => SHARE_CHECKS.contenderTwice,
    ),
  ),
  tasks: v.pipe(
    v.array(
      v.object({
        task: v.picklist(TASK_IDS),
        cells: v.pipe(
          v.array(CellSchema),
          v.check(
            (cells) => isDistinct(cells.map(({ contender }) => contender)),
            () => SHARE_CHECKS.contenderTwiceInTask,
          ),
        ),
      }),
    ),
    v.check(
      (all) => isDistinct(all.map(({ task }) => task)),
      () => SHARE_CHECKS.taskTwice,
    ),
  ),
});

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** Whether it says of itself that it is a measurement. */
const isMeasurement = (value: unknown): boolean => field(value, 'kind') === 'copra-measurement';

/** A report about a graphics card (`npm run card`) holds one. */
const isCardReport = (value: unknown): boolean => field(value, 'kind') === 'copra-card';

/** @param value parsed JSON, by anyone @throws MeasurementError saying why it cannot be shown */
export function parseMeasurement(value: unknown): Measurement {
  if (!isMeasurement(value)) throw new MeasurementError(SHARE_CHECKS.noMeasurement);
  const version = field(value, 'version');
  const protocol = field(value, 'protocol');
  if (version !== 1 || (typeof protocol === 'number' && protocol > PROTOCOL))
    throw new MeasurementError(SHARE_CHECKS.newerMeasurement);
  // On the page's thread: a megabyte of faults is not gone through for the first of them.
  const parsed = v.safeParse(MeasurementSchema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw new MeasurementError(SHARE_CHECKS.damagedMeasurement(describeIssues(parsed.issues)));
}

/** @param text of a file: a measurement, or a report about a card, which holds one @throws MeasurementError saying why it cannot be shown */
export function readMeasurement(text: string): Measurement {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MeasurementError(SHARE_CHECKS.measurementNoJson);
  }
  return parseMeasurement(isCardReport(value) ? field(value, 'measurement') : value);
}

/** Numbers as they are kept in files and links: four digits, which is finer than any of them repeats. */
export function rounded(measurement: Measurement): Measurement {
  const digits = (value: number): number => Number(value.toPrecision(4));
  return {
    ...measurement,
    took: digits(measurement.took),
    tasks: measurement.tasks.map(({ task, cells }) => ({
      task,
      cells: cells.map((cell) => {
        if (cell.state === 'failed') return cell;
        if (cell.state === 'skipped')
          return { ...cell, needs: cell.needs && digits(cell.needs), has: cell.has && digits(cell.has) };
        const { timing, deviation } = cell;
        return {
          ...cell,
          deviation: deviation && Number(deviation.toPrecision(2)),
          timing: {
            ...timing,
            median: digits(timing.median),
            low: digits(timing.low),
            high: digits(timing.high),
            part: digits(timing.part),
          },
        };
      }),
    })),
  };
}

/** The text of a file. */
export const writeMeasurement = (measurement: Measurement): string =>
  `${JSON.stringify(rounded(measurement), null, 2)}\n`;
