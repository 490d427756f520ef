/** Section 17: spectra of updates. Present only in links of studies with them. */
import type { Projection } from '../../../core/adapter-layout.ts';
import { significant } from '../../../core/number-format.ts';
import type { SpectraResult } from '../../../study/analyses/spectra/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import {
  MAX_ENTRIES,
  readName,
  readRunList,
  readTables,
  writeRunList,
  writeTables,
} from '../../link/sections/context.ts';

/** By position in the link: append only. */
const TOWERS = ['vision', 'text'] as const;
/** By position in the link: append only. */
const PROJECTIONS = ['q', 'k', 'v', 'o', 'fc1', 'fc2'] as const satisfies readonly Projection[];
/** Higher than any adapter's; limits what a forged link can make us allocate. */
const MAX_RANK = 1024;

const INTRUDERS = 1;
const CONDITION = 2;

type Maps = SpectraResult['maps'];

function writeMaps(writer: CodedWriter, maps: Maps): void {
  writer.varint(maps.length);
  for (const { tower, layer, projection } of maps) {
    writer.u8(TOWERS.indexOf(tower));
    writer.varint(layer);
    writer.u8(PROJECTIONS.indexOf(projection));
  }
}

const readMaps = (reader: Reader): Maps =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of projections') }, () => ({
    tower: readName(reader, TOWERS, 'A tower'),
    layer: reader.varint('a layer'),
    projection: readName(reader, PROJECTIONS, 'A projection'),
  }));

/** Condition numbers are at least 1; 0 is written where there is none. They span decades, so their logarithms are stored. */
const logOf = (condition: number | null): number => (condition === null ? -1 : Math.log10(condition));
/** Rounded: browsers differ in the last digit of a power. */
const conditionOf = (log: number): number | null => (log < -0.5 ? null : significant(10 ** log));

function writeSpectra(writer: CodedWriter, result: StudyResult): void {
  const { spectra = [] } = result;
  writeRunList(writer, result, spectra);
  writeTables(
    writer,
    spectra.map(({ maps }) => maps),
    (maps) => writeMaps(writer, maps),
  );
  for (const { maps, singular, intruders, condition } of spectra) {
    writer.varint(maps.length > 0 ? Math.round(singular.length / maps.length) : 0);
    writer.u8((intruders ? INTRUDERS : 0) | (condition ? CONDITION : 0));
  }
  writeCurves(
    writer,
    spectra.map(({ singular }) => singular),
    'bar',
  );
  writeCurves(
    writer,
    spectra.map(({ intruders = [] }) => intruders),
    'bar',
  );
  writeCurves(
    writer,
    spectra.map(({ condition = [] }) => condition.map(logOf)),
    'bar',
  );
}

function readSpectra(reader: Reader, known: Pick<StudyResult, 'config'>): SpectraResult[] {
  const runs = readRunList(reader, known, 'the number of spectra');
  const tables = readTables(reader, runs.length, () => readMaps(reader));
  const kinds = runs.map(() => ({ rank: reader.count(MAX_RANK, 'a rank'), flags: reader.u8('a spectrum') }));
  const lengths = (of: (map: number) => number) => tables.map((maps, i) => maps.length * of(i));
  const has = (flag: number) => lengths((i) => (kinds[i].flags & flag ? 1 : 0));
  const singular = readCurves(
    reader,
    lengths((i) => kinds[i].rank),
    'the singular values',
  );
  const intruders = readCurves(reader, has(INTRUDERS), 'the intruders');
  const condition = readCurves(reader, has(CONDITION), 'the condition numbers');
  return runs.map((run, i) => ({
    ...run,
    maps: tables[i],
    singular: singular[i],
    ...(kinds[i].flags & INTRUDERS && { intruders: intruders[i] }),
    ...(kinds[i].flags & CONDITION && { condition: condition[i].map(conditionOf) }),
  }));
}

export const SPECTRA_SECTION: Section = {
  tag: 17,
  holds: ({ spectra }) => spectra !== undefined,
  from: ({ spectra }) => spectra,
  details: ['bar'],
  reductions: [{ code: 66, worth: 510, figure: 'asked', apply: withoutPart('spectra') }],
  write: writeSpectra,
  read: (reader, known) => ({ spectra: readSpectra(reader, known) }),
};
