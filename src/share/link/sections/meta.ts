/** Section 1: configuration, provenance, task and what was left out. Lists grow only at their end; readers ignore items they do not know. */
import * as v from 'valibot';
import { StudyConfigSchema } from '../../../study/config/config.ts';
import { withMissing } from '../../../study/config/newer-settings.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { configToDifference, differenceToConfig } from '../../config/config-diff.ts';
import { describeIssues } from '../../../platform/describe-issues.ts';
import { readValue, writeValue } from '../value-codec.ts';
import { isArray, type Value } from '../value.ts';
import { nameInLink } from './context.ts';
import { LINK_CHECKS } from '../words.ts';

type Meta = Pick<StudyResult, 'version' | 'config' | 'provenance' | 'task' | 'status'>;

/** Total length of the class names, in characters; above it only their number is stored. */
const MAX_CLASS_NAMES = 600;
const MAX_CLASSES = 10_000;

const round32 = (value: number): number => (Number.isFinite(value) ? Math.fround(value) : 0);

/** An ISO date as milliseconds, if that loses nothing. */
function dateValue(date: string): Value {
  const time = Date.parse(date);
  return Number.isFinite(time) && time >= 0 && new Date(time).toISOString() === date ? time : nameInLink(date);
}

/** What a link calls a class whose name it does not hold. */
export const numberedClass = (i: number): string => `class ${i + 1}`;

export const classNamesFit = (classes: readonly string[]): boolean =>
  classes.reduce((sum, name) => sum + name.length + 1, 0) <= MAX_CLASS_NAMES;

/** `leftOut`: codes of reductions.ts. */
export function writeMeta(writer: CodedWriter, result: StudyResult, leftOut: readonly number[]): void {
  const { config, provenance, task, status } = result;
  const classes = classNamesFit(task.classes) ? task.classes.map(nameInLink) : task.classes.length;
  // Guessing is right once per class, unless the task says otherwise.
  const usualChance = task.chance === 1 / task.classes.length ? null : task.chance;
  const scores = (of: StudyResult['task']['zeroShot']) =>
    of && [...shareOrCount(of.accuracy, task.test), round32(of.loss)];
  const diverged = result.runs.flatMap((run) =>
    run.diverged === undefined ? [] : [[config.arms.findIndex(({ id }) => id === run.arm), run.seed, run.diverged]],
  );
  writeValue(writer, [
    configToDifference(config),
    [
      dateValue(provenance.date),
      nameInLink(provenance.backend),
      nameInLink(provenance.device),
      provenance.software,
      nameInLink(provenance.appVersion),
      round32(Math.round(provenance.seconds)),
      ...(provenance.precision ? [provenance.precision] : []),
    ],
    [
      nameInLink(task.name),
      classes,
      task.train,
      task.validation,
      task.test,
      usualChance,
      scores(task.zeroShot),
      ...(task.headOnly ? [scores(task.headOnly)] : []),
    ],
    status,
    ...(diverged.length > 0 ? [diverged] : []),
  ]);
  writer.varint(leftOut.length);
  for (const code of leftOut) writer.varint(code);
}

/** An accuracy on this many test images: the number right and 1 if that is exact, else the share and 0. */
function shareOrCount(accuracy: number, images: number): [number, number] {
  const right = Math.round(accuracy * images);
  return images > 0 && right / images === accuracy ? [right, 1] : [accuracy, 0];
}

const CountedSchema = v.looseTuple([v.number(), v.number(), v.number()]);

/** Accuracy and loss in the form of format 1. */
function uncounted(scores: Value, test: Value): Value {
  const parsed = v.safeParse(CountedSchema, scores);
  if (!parsed.success) return scores;
  const [share, counted, loss] = parsed.output;
  return [counted === 1 && typeof test === 'number' && test > 0 ? share / test : share, loss];
}

/** The description in the form of format 1. */
function asFormat1(value: Value, leftOut: readonly number[]): Value {
  if (!isArray(value)) return value;
  const [settings, provenance, task, status, ...diverged] = value;
  if (!isArray(task)) return value;
  const [zeroShot = null, ...headOnly] = task.slice(6, 8);
  const counted = [...task.slice(0, 6), ...[zeroShot, ...headOnly].map((scores) => uncounted(scores, task[4]))];
  return [settings, provenance, counted, status, leftOut, ...diverged];
}

/** More than the number of reductions. */
const MAX_CODES = 100;

function readDescription(reader: Reader): Value {
  const value = readValue(reader);
  if (reader.format === 1) return value;
  const length = reader.count(MAX_CODES, 'the number of parts left out');
  return asFormat1(
    value,
    Array.from({ length }, () => reader.varint('a part left out')),
  );
}

const Scores = v.looseTuple([v.number(), v.number()]);
const names = v.pipe(v.array(v.string()), v.maxLength(MAX_CLASSES));
const classCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CLASSES));
const size = v.pipe(v.number(), v.integer(), v.minValue(0));

const MetaSchema = v.looseTuple([
  v.any(),
  v.looseTuple([v.union([v.number(), v.string()]), v.string(), v.string(), v.boolean(), v.string(), v.number()]),
  v.looseTuple([
    v.string(),
    v.union([names, classCount]),
    size,
    size,
    size,
    v.nullable(v.number()),
    v.nullable(Scores),
  ]),
  v.picklist(['running', 'complete', 'stopped']),
  v.array(v.number()),
]);

/** The eighth item of the task: scores of a separately trained head. */
const HeadOnly = v.optional(Scores);

/** The sixth item, if runs diverged: index of the arm, seed, and step of each. */
const Diverged = v.array(v.looseTuple([size, size, size]));

export interface DivergedRun {
  readonly arm: string;
  readonly seed: number;
  readonly step: number;
}

/** @throws BinaryError when it names an arm that the study does not have. */
function readDiverged(value: Value | undefined, { arms }: StudyResult['config']): DivergedRun[] {
  if (value === undefined) return [];
  const parsed = v.safeParse(Diverged, value);
  if (!parsed.success) throw new BinaryError(LINK_CHECKS.diverged(describeIssues(parsed.issues)));
  return parsed.output.map(([index, seed, step]) => {
    if (index >= arms.length) throw new BinaryError(LINK_CHECKS.divergedArm(index + 1, arms.length));
    return { arm: arms[index].id, seed, step };
  });
}

/** @throws BinaryError when it holds no scores. */
function readHeadOnly(value: unknown): Pick<StudyResult['task'], 'headOnly'> {
  const parsed = v.safeParse(HeadOnly, value);
  if (!parsed.success) throw new BinaryError(LINK_CHECKS.headOnly(describeIssues(parsed.issues)));
  const scores = parsed.output;
  return scores ? { headOnly: { accuracy: scores[0], loss: scores[1] } } : {};
}

/** The seventh item of the provenance, where weights were not all float32. What a later version may write there is not known here. */
function readPrecision(value: unknown): Pick<StudyResult['provenance'], 'precision'> {
  return value === 'f16' || value === 'mixed' ? { precision: value } : {};
}

/** @throws BinaryError naming the first unacceptable setting. */
export function readMeta(reader: Reader): { meta: Meta; leftOut: number[]; diverged: DivergedRun[] } {
  const value = readDescription(reader);
  const parsed = v.safeParse(MetaSchema, value);
  if (!parsed.success) throw new BinaryError(LINK_CHECKS.description(describeIssues(parsed.issues)));
  const [, provenance, task, status, leftOut] = parsed.output;
  const settings = differenceToConfig(isArray(value) ? value[0] : null, reader.format);
  const config = v.safeParse(StudyConfigSchema, settings);
  if (!config.success) throw new BinaryError(LINK_CHECKS.settings(describeIssues(config.issues)));
  const [date, backend, device, software, appVersion, seconds] = provenance;
  const [name, classes, train, validation, test, chance, zeroShot] = task;
  const meta: Meta = {
    version: 1,
    config: withMissing(config.output, settings),
    provenance: {
      date: dateText(date),
      backend,
      device,
      software,
      appVersion,
      seconds,
      ...readPrecision(provenance[6]),
    },
    task: {
      name,
      classes: typeof classes === 'number' ? Array.from({ length: classes }, (_, i) => numberedClass(i)) : classes,
      train,
      validation,
      test,
      chance: chance ?? 1 / Math.max(1, typeof classes === 'number' ? classes : classes.length),
      zeroShot: zeroShot && { accuracy: zeroShot[0], loss: zeroShot[1] },
      ...readHeadOnly(task[7]),
    },
    status,
  };
  return { meta, leftOut, diverged: readDiverged(isArray(value) ? value[5] : undefined, meta.config) };
}

function dateText(date: number | string): string {
  if (typeof date === 'string') return date;
  if (Math.abs(date) > 8.64e15) throw new BinaryError(LINK_CHECKS.date);
  return new Date(date).toISOString();
}
