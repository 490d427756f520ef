/** Section 5: pruned adapters. */
import { sameJson } from '../../../core/same-json.ts';
import { areaUnderCurve } from '../../../copra/pruning/unstructured.ts';
import type { PruningResult } from '../../../study/analyses/pruning/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { firstEntries, withoutEntries } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { isArray } from '../../link/value.ts';
import {
  imageCounts,
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readName,
  readRunList,
  readShare,
  readTables,
  writeRunList,
  writeTables,
} from '../../link/sections/context.ts';
import { gainBasis, readGains, writeGains, type GainBasis } from '../../link/sections/gains.ts';
import { readNumbers, writeMeasures } from '../../link/sections/measures.ts';
import { readScores, writeScores, type Scores } from '../../link/sections/scores.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** By position in the link: append only. */
const SCOPES = ['factors', 'update', 'tensors'] as const;
const MAX_LABEL = 40;

type Parts = readonly { label: string; kept: number; of: number }[];
type Known = Pick<StudyResult, 'config' | 'task'>;

/** The bases of the gains; null entries if there is nothing to retain. */
function gainBases(structured: readonly { label: string; accuracy: number }[], { task }: Known): (GainBasis | null)[] {
  const full = structured.find(({ label }) => label === 'all');
  return structured.map(({ accuracy }) => (full ? gainBasis(task, accuracy, full.accuracy) : null));
}

function writeParts(writer: CodedWriter, parts: Parts): void {
  writer.varint(parts.length);
  for (const { label, kept, of } of parts) {
    writeValue(writer, label.slice(0, MAX_LABEL));
    writer.varint(kept);
    writer.varint(of);
  }
}

function readParts(reader: Reader): Parts {
  return Array.from({ length: reader.count(MAX_POINTS, 'the number of pruned adapters') }, () => {
    const label = readValue(reader);
    if (typeof label !== 'string' || label.length > MAX_LABEL) throw new BinaryError(LINK_CHECKS.prunedName);
    return { label, kept: reader.varint('a number of parts'), of: reader.varint('a number of parts') };
  });
}

const areThose = (sparsities: readonly number[], { config }: Pick<StudyResult, 'config'>): boolean =>
  sameJson(sparsities, config.analyses.pruning.sparsities);

function readSparsities(reader: Reader, { config }: Known): number[] {
  const values = readValue(reader);
  if (values === null && reader.format === 2) return [...config.analyses.pruning.sparsities];
  if (!isArray(values) || values.length > MAX_POINTS || !values.every((value) => typeof value === 'number')) {
    throw new BinaryError(LINK_CHECKS.sparsities);
  }
  return [...values];
}

/** Bars for random masks are means over several of them, so their counts have a smaller unit. */
const isMean = (label: string): boolean => label.startsWith('random');
const KINDS = [false, true] as const;

/** Indices of the curves, scope by scope: curves of one scope are alike. */
const byScope = (curves: readonly { readonly scope: PruningResult['unstructured'][number]['scope'] }[]): number[] =>
  curves
    .map(({ scope }, place) => ({ scope: SCOPES.indexOf(scope), place }))
    .sort((a, b) => a.scope - b.scope || a.place - b.place)
    .map(({ place }) => place);

/** All curves of a run start at its whole adapter. @param owners the run of every curve */
function sharedStarts(owners: readonly number[]) {
  const first = new Map<number, number>();
  return owners.map((owner, curve) => {
    const before = first.get(owner);
    if (before === undefined) first.set(owner, curve);
    return new Map<number, readonly [number, number]>(before === undefined ? [] : [[0, [before, 0]]]);
  });
}

const areaOf = ({
  sparsities,
  accuracy,
}: {
  readonly sparsities: readonly number[];
  readonly accuracy: readonly number[];
}) => (sparsities.length > 0 && sparsities.length === accuracy.length ? areaUnderCurve(sparsities, accuracy) : 0);

const AREA_ROUNDING = 2e-5;

function writePruning(writer: CodedWriter, result: StudyResult): void {
  const { pruning } = result;
  const sizes = imageCounts(result);
  const curves = pruning.flatMap(({ unstructured }, owner) => unstructured.map((curve) => ({ ...curve, owner })));
  const parts = pruning.map(({ structured }) => structured);
  writeRunList(writer, result, pruning);
  writeTables(
    writer,
    pruning.map(({ unstructured }) => unstructured.map(({ scope }) => scope)),
    (scopes) => {
      writer.varint(scopes.length);
      for (const scope of scopes) writer.u8(SCOPES.indexOf(scope));
    },
  );
  writeTables(
    writer,
    parts.map((entries) => entries.map(({ label, kept, of }) => ({ label, kept, of }))),
    (table) => writeParts(writer, table),
  );
  writeTables(
    writer,
    curves.map(({ sparsities }) => sparsities),
    // Null means those of the settings.
    (sparsities) => writeValue(writer, areThose(sparsities, result) ? null : sparsities),
  );
  for (const mean of KINDS) {
    const bars = parts.map((entries) => entries.filter(({ label }) => isMean(label) === mean));
    writeScores(
      writer,
      {
        accuracy: bars.map((entries) => entries.map(({ accuracy }) => accuracy)),
        loss: bars.map((entries) => entries.map(({ loss }) => loss)),
      },
      { sizes, accuracy: 'figure', loss: 'table' },
    );
  }
  writeGains(
    writer,
    parts.flatMap((entries) => entries.map((entry) => entry.retainedGain)),
    parts.flatMap((entries) => gainBases(entries, result)),
  );
  const ordered = byScope(curves).map((place) => curves[place]);
  writeScores(
    writer,
    { accuracy: ordered.map(({ accuracy }) => accuracy), loss: ordered.map(({ loss }) => loss) },
    { sizes, accuracy: 'curve', loss: 'table', twins: sharedStarts(ordered.map(({ owner }) => owner)) },
  );
  writeMeasures(
    writer,
    curves.map(({ area }) => area),
    curves.map(areaOf),
    AREA_ROUNDING,
  );
}

interface Head {
  readonly arm: string;
  readonly seed: number;
  readonly curves: readonly { readonly scope: (typeof SCOPES)[number]; readonly area: number }[];
}

const readScopes = (reader: Reader) =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of pruning curves') }, () => ({
    scope: readName(reader, SCOPES, 'A scope'),
    // In format 2 they follow the curves.
    area: reader.format === 1 ? readShare(reader, 'an area') : 0,
  }));

function readHeads(reader: Reader, known: Known): Head[] {
  const runs = readRunList(reader, known, 'the number of pruned runs');
  const scopes = readTables(reader, runs.length, () => readScopes(reader));
  return runs.map((run, i) => ({ ...run, curves: scopes[i] }));
}

const readOldHeads = (reader: Reader, known: Known): Head[] =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of pruned runs') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    curves: readScopes(reader),
  }));

type Bars = Pick<Scores, 'accuracy' | 'loss'>;

function readBars(reader: Reader, parts: readonly Parts[]): Bars {
  const read = (lists: readonly Parts[]) =>
    readScores(
      reader,
      lists.map((list) => list.length),
      'of pruned adapters',
    );
  if (reader.format === 1) return read(parts);
  const kinds = KINDS.map((mean) => read(parts.map((list) => list.filter(({ label }) => isMean(label) === mean))));
  const merged = (of: keyof Bars) =>
    parts.map((list, i) => {
      const next = [0, 0];
      return list.map(({ label }) => {
        const kind = isMean(label) ? 1 : 0;
        return kinds[kind][of][i][next[kind]++];
      });
    });
  return { accuracy: merged('accuracy'), loss: merged('loss') };
}

function readWeights(reader: Reader, heads: readonly Head[], lengths: readonly number[]): Bars {
  if (reader.format === 1) return readScores(reader, lengths, 'of the pruning curves');
  const curves = heads.flatMap((head, owner) => head.curves.map(({ scope }) => ({ scope, owner })));
  const order = byScope(curves);
  const ordered = readScores(
    reader,
    order.map((place) => lengths[place]),
    'of the pruning curves',
    sharedStarts(order.map((place) => curves[place].owner)),
  );
  const places = order.map((place, at) => ({ place, at })).sort((a, b) => a.place - b.place);
  return {
    accuracy: places.map(({ at }) => ordered.accuracy[at]),
    loss: places.map(({ at }) => ordered.loss[at]),
  };
}

function readPruning(reader: Reader, known: Known): PruningResult[] {
  const heads = reader.format === 1 ? readOldHeads(reader, known) : readHeads(reader, known);
  const parts = readTables(reader, heads.length, () => readParts(reader));
  const drawn = heads.flatMap(({ curves }) => curves);
  const sparsities = readTables(reader, drawn.length, () => readSparsities(reader, known));
  const bars = readBars(reader, parts);
  const entries = parts.map((table, i) =>
    table.map((part, j) => ({ ...part, accuracy: bars.accuracy[i][j], loss: bars.loss[i][j] })),
  );
  const gainCount = entries.flat().length;
  const gains = readGains(reader, gainCount, () => entries.flatMap((list) => gainBases(list, known)));
  const weights = readWeights(
    reader,
    heads,
    sparsities.map((list) => list.length),
  );
  const curves = drawn.map((curve, i) => ({
    ...curve,
    sparsities: sparsities[i],
    accuracy: weights.accuracy[i].slice(),
    loss: weights.loss[i].slice(),
  }));
  const areas =
    reader.format === 1 ? curves.map(({ area }) => area) : readNumbers(reader, curves.length, () => curves.map(areaOf));
  let nextGain = 0;
  let nextCurve = 0;
  return heads.map(({ arm, seed, curves: { length } }, i) => ({
    arm,
    seed,
    structured: entries[i].map((entry) => ({ ...entry, retainedGain: gains[nextGain++] })),
    unstructured: Array.from({ length }, () => {
      const at = nextCurve++;
      return { ...curves[at], area: areas[at] };
    }),
  }));
}

const withoutWeights = (result: StudyResult): StudyResult =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? { ...result, pruning: result.pruning.map((entry) => ({ ...entry, unstructured: [] })) }
    : result;

export const PRUNING_SECTION: Section = {
  tag: 5,
  holds: ({ pruning }) => pruning.length > 0,
  from: ({ pruning }) => pruning,
  details: ['figure', 'curve', 'table'],
  reductions: [
    { code: 46, worth: 570, figure: 'asked', apply: withoutWeights },
    { code: 47, worth: 620, figure: 'asked', apply: withoutEntries('pruning') },
  ],
  ofFirstSeeds: firstEntries('pruning', ({ arm }) => arm),
  write: writePruning,
  read: (reader, known) => ({ pruning: readPruning(reader, known) }),
};
