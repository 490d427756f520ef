/** Helpers shared by the sections of a result link. */
import { oneLine } from '../../../core/one-line.ts';
import { sameJson } from '../../../core/same-json.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader, type Writer } from '../binary.ts';
import { MAX_SYMBOLS } from '../coded-io.ts';
import { LINK_CHECKS } from '../words.ts';

/** More entries than any study has; limits what a forged link can make us allocate. */
export const MAX_ENTRIES = 4096;
/** A point of a curve has two numbers, an accuracy and a loss, so that a section holds no more. */
export const MAX_POINTS = MAX_SYMBOLS / 2;

/** Characters of a name in a link. */
export const MAX_NAME = 100;
export const nameInLink = (name: string): string => oneLine(name).slice(0, MAX_NAME);

/** Numbers of images on which this result's accuracies may be counts. */
export function imageCounts({ task, config }: Pick<StudyResult, 'task' | 'config'>): number[] {
  const { testImages, shapley, pruning } = config.analyses;
  const tested = Math.min(testImages ?? task.test, task.test);
  const sizes = [task.validation, task.test, tested, Math.min(shapley.images, task.test)];
  // A bar for random masks is the mean over several of them.
  return [...sizes, tested * Math.max(1, pruning.randomMasks)];
}

/** An arm as its index in the configuration. */
export function writeArm(writer: Writer, result: Pick<StudyResult, 'config'>, arm: string): void {
  writer.u8(result.config.arms.findIndex(({ id }) => id === arm));
}

/** @returns the id of an arm, stored as its position @throws BinaryError where the study has no such arm */
export function readArm(reader: Reader, { config }: Pick<StudyResult, 'config'>): string {
  const index = reader.u8('an arm');
  if (index >= config.arms.length) throw new BinaryError(LINK_CHECKS.noArm(index + 1, config.arms.length));
  return config.arms[index].id;
}

/** 0: the trained adapter; otherwise the step + 1. */
export const writeStep = (writer: Writer, step: number | null): void => writer.varint(step === null ? 0 : step + 1);

/** As `writeStep` stores it; null: the trained adapter. */
export function readStep(reader: Reader): number | null {
  const stored = reader.varint('a step');
  return stored === 0 ? null : stored - 1;
}

/** A name of a fixed list, as its position. Lists are written out beside their section, so that no other table can change the meaning of links. */
export function readName<const T extends string | null>(reader: Reader, names: readonly T[], what: string): T {
  const index = reader.u8(what);
  if (index >= names.length) throw new BinaryError(LINK_CHECKS.unknownKind(what));
  return names[index];
}

/** Tables such as the positions of curves: one byte and a single table if all are equal, else each with a flag for "as before". */
export function writeTables<T>(writer: Writer, tables: readonly T[], write: (table: T) => void): void {
  if (tables.length === 0) return;
  const texts = tables.map((table) => JSON.stringify(table));
  const allEqual = texts.every((text) => text === texts[0]);
  writer.u8(allEqual ? 1 : 0);
  tables.forEach((table, i) => {
    const repeated = i > 0 && texts[i] === texts[i - 1];
    if (!allEqual && i > 0) writer.u8(repeated ? 1 : 0);
    if (!repeated) write(table);
  });
}

export function readTables<T>(reader: Reader, count: number, read: () => T): T[] {
  const tables: T[] = [];
  const allEqual = count > 0 && reader.u8('a table') === 1;
  while (tables.length < count) {
    const repeated = tables.length > 0 && (allEqual || reader.u8('a table') === 1);
    tables.push(repeated ? tables[tables.length - 1] : read());
  }
  return tables;
}

/** A number between 0 and 1 in 65,535ths, with an error of at most 8·10⁻⁶. */
export function writeShare(writer: Writer, share: number): void {
  writer.u16(Math.round(65535 * Math.max(0, Math.min(1, share))));
}

export const readShare = (reader: Reader, what: string): number => reader.u16(what) / 65535;

/** What a study computes for every arm, in the order of its settings, for its first seeds or pairs of seeds. */
export interface Plan<T> {
  readonly arms: number;
  readonly of: (most: number) => readonly T[];
}

/** Entries that match the plan, as in most studies, take one number: how many seeds or pairs. Otherwise 0, the number of entries, and all of them. */
export function writePlanned<T>(writer: Writer, entries: readonly T[], plan: Plan<T>, write: (entry: T) => void): void {
  const most = planned(entries, plan);
  writer.varint(most);
  if (most > 0) return;
  writer.varint(entries.length);
  entries.forEach(write);
}

function planned<T>(entries: readonly T[], { arms, of }: Plan<T>): number {
  for (let most = Math.ceil(entries.length / Math.max(1, arms)); most > 0; most--) {
    const expected = of(most);
    if (expected.length < entries.length) return 0;
    if (expected.length === entries.length) return sameJson(expected, entries) ? most : 0;
  }
  return 0;
}

export function readPlanned<T>(reader: Reader, what: string, { of }: Plan<T>, read: () => T): T[] {
  const most = reader.count(MAX_ENTRIES, what);
  if (most === 0) return Array.from({ length: reader.count(MAX_ENTRIES, what) }, read);
  const entries = of(most);
  if (entries.length > MAX_ENTRIES) throw new BinaryError(LINK_CHECKS.tooMany(what));
  return [...entries];
}

interface OfRun {
  readonly arm: string;
  readonly seed: number;
}

/** The planned runs of a study. */
const runPlan = ({ config: { arms, seeds } }: Pick<StudyResult, 'config'>): Plan<OfRun> => ({
  arms: arms.length,
  of: (most) => arms.flatMap(({ id }) => seeds.slice(0, most).map((seed) => ({ arm: id, seed }))),
});

export function writeRunList(writer: Writer, result: StudyResult, entries: readonly OfRun[]): void {
  const runs = entries.map(({ arm, seed }) => ({ arm, seed }));
  writePlanned(writer, runs, runPlan(result), ({ arm, seed }) => {
    writeArm(writer, result, arm);
    writer.varint(seed);
  });
}

export const readRunList = (reader: Reader, known: Pick<StudyResult, 'config'>, what: string): OfRun[] =>
  readPlanned(reader, what, runPlan(known), () => ({ arm: readArm(reader, known), seed: reader.varint('a seed') }));
