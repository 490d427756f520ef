/** Section 22: who took part in the rounds of a federation whose clients were devices of their own. Present only in links of such studies. */
import type { AttendanceRound } from '../../../study/analyses/federated/attendance.ts';
import type { FederatedResult } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import type { Section } from '../../link/section.ts';
import { MAX_ENTRIES, MAX_POINTS, readTables, writeTables } from '../../link/sections/context.ts';

const MAX_NAME = 200;

function writeList(writer: CodedWriter, values: readonly number[]): void {
  writer.varint(values.length);
  for (const value of values) writer.varint(value);
}

const readList = (reader: Reader, what: string): number[] =>
  Array.from({ length: reader.count(MAX_ENTRIES, what) }, () => reader.varint(what));

function writeNames(writer: CodedWriter, names: readonly string[]): void {
  writer.varint(names.length);
  for (const name of names) writer.text(name);
}

/** Per run of section 9 its number of rounds + 1, 0 without any; the names of clients; then the rounds. */
function writeAttendance(writer: CodedWriter, { federated }: Pick<StudyResult, 'federated'>): void {
  const runs = federated?.runs ?? [];
  for (const { attendance } of runs) writer.varint(attendance ? attendance.rounds.length + 1 : 0);
  const known = runs.flatMap(({ attendance }) => attendance ?? []);
  writeTables(
    writer,
    known.map(({ names }) => names),
    (names) => writeNames(writer, names),
  );
  for (const { asked, took, images, down, up } of known.flatMap(({ rounds }) => rounds)) {
    writeList(writer, asked);
    writeList(writer, took);
    for (const count of images) writer.varint(count);
    writer.varint(down);
    writer.varint(up);
  }
}

function readRound(reader: Reader): AttendanceRound {
  const asked = readList(reader, 'the clients that were asked');
  const took = readList(reader, 'the clients that took part');
  const images = took.map(() => reader.varint('a number of images'));
  return { asked, took, images, down: reader.varint('an amount of bytes'), up: reader.varint('an amount of bytes') };
}

/** @param federated the content of section 9 */
function readAttendance(reader: Reader, federated: FederatedResult): FederatedResult {
  const lengths = federated.runs.map(() => reader.count(MAX_POINTS + 1, 'the number of rounds'));
  const names = readTables(reader, lengths.filter((length) => length > 0).length, () =>
    Array.from({ length: reader.count(MAX_ENTRIES, 'the number of clients') }, () => reader.text(MAX_NAME)),
  );
  let next = 0;
  const runs = federated.runs.map((run, i) => {
    if (lengths[i] === 0) return run;
    const rounds = Array.from({ length: lengths[i] - 1 }, () => readRound(reader));
    return { ...run, attendance: { names: names[next++], rounds } };
  });
  return { ...federated, runs };
}

export const ATTENDANCE_SECTION: Section = {
  tag: 22,
  holds: ({ federated }) => federated?.runs.some(({ attendance }) => attendance) ?? false,
  from: ({ federated }) => federated,
  details: [],
  reductions: [],
  write: writeAttendance,
  // Without section 9 there is nothing that it could be of.
  read: (reader, { federated }) => (federated ? { federated: readAttendance(reader, federated) } : {}),
};
