/** A StudyResult as the sections of a link. Readers skip sections whose tag they do not know. docs/links.md specifies every byte. */
import * as v from 'valibot';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { BinaryError, ByteReader, type Reader } from './binary.ts';
import { CodedReader, CodedWriter, TooLargeError } from './coded-io.ts';
import { TABLE_TAG } from './container-1.ts';
import type { Section } from './container.ts';
import { describeIssues } from '../config/describe-issues.ts';
import { FINE, type Detail, type Fidelity } from './fidelity.ts';
import { readFederated, writeFederated } from './sections/federated.ts';
import { readGeometry, writeGeometry } from './sections/geometry.ts';
import { hasImageVariances, readImageVariances, writeImageVariances } from './sections/image-variances.ts';
import { readLandscapes } from './sections/landscape.ts';
import {
  hasMoreLandscapes,
  hasPlainLandscapes,
  readMoreLandscapes,
  writeMoreLandscapes,
  writePlainLandscapes,
} from './sections/landscape-more.ts';
import { attachLosses, writeLosses } from './sections/losses.ts';
import { readMerging, writeMerging } from './sections/merging.ts';
import { readMeta, writeMeta } from './sections/meta.ts';
import { readMultitask, writeMultitask } from './sections/multitask.ts';
import { readPlanes, writePlanes } from './sections/planes.ts';
import { readPruning, writePruning } from './sections/pruning.ts';
import { readRuns, writeRuns } from './sections/runs.ts';
import { readShapley, writeShapley } from './sections/shapley.ts';

const META = 1;
const RUNS = 2;
const LANDSCAPE = 3;
const SHAPLEY = 4;
const PRUNING = 5;
const LOSSES = 6;
const MERGING = 8;
const FEDERATED = 9;
const MORE_LANDSCAPES = 10;
const PLANES = 11;
const MULTITASK = 12;
const GEOMETRY = 13;
const IMAGE_VARIANCES = 14;

interface SectionKind {
  readonly tag: number;
  /** For people. */
  readonly name: string;
  readonly holds: (result: StudyResult) => boolean;
  /** What its content follows from besides the settings. */
  readonly from: (result: StudyResult) => unknown;
  readonly details: readonly Detail[];
  readonly write: (writer: CodedWriter, result: StudyResult) => void;
}

/** Behind the description, what matters most first: a link that is cut off loses the last ones. */
const SECTIONS: readonly SectionKind[] = [
  {
    tag: LANDSCAPE,
    name: 'the landscape',
    holds: hasPlainLandscapes,
    from: ({ landscape }) => landscape,
    details: ['path'],
    write: writePlainLandscapes,
  },
  {
    tag: SHAPLEY,
    name: 'the Shapley values',
    holds: ({ shapley }) => shapley.length > 0,
    from: ({ shapley }) => shapley,
    details: ['bar', 'error', 'table'],
    write: writeShapley,
  },
  {
    tag: RUNS,
    name: 'the test and validation figures',
    holds: ({ runs }) => runs.length > 0,
    from: ({ runs }) => runs,
    details: ['figure', 'curve', 'table'],
    write: writeRuns,
  },
  {
    tag: PRUNING,
    name: 'the pruning curves',
    holds: ({ pruning }) => pruning.length > 0,
    from: ({ pruning }) => pruning,
    details: ['figure', 'curve', 'table'],
    write: writePruning,
  },
  {
    tag: MERGING,
    name: 'the merges',
    holds: ({ merging }) => merging !== undefined,
    from: ({ merging }) => merging,
    details: ['figure', 'table'],
    write: writeMerging,
  },
  {
    tag: FEDERATED,
    name: 'the federated training',
    holds: ({ federated }) => federated !== undefined,
    from: ({ federated }) => federated,
    details: ['figure', 'curve'],
    write: writeFederated,
  },
  {
    tag: MULTITASK,
    name: 'the merges across tasks',
    holds: ({ multitask }) => multitask !== undefined,
    from: ({ multitask }) => multitask,
    details: ['merge'],
    write: writeMultitask,
  },
  {
    tag: MORE_LANDSCAPES,
    name: 'aligned paths and training images',
    holds: hasMoreLandscapes,
    from: ({ landscape }) => landscape,
    details: ['path'],
    write: writeMoreLandscapes,
  },
  {
    tag: PLANES,
    name: 'the planes',
    holds: ({ planes }) => planes !== undefined,
    from: ({ planes }) => planes,
    details: ['path', 'curve'],
    write: writePlanes,
  },
  {
    tag: GEOMETRY,
    name: 'the distances between adapters',
    holds: ({ geometry }) => geometry !== undefined,
    from: ({ geometry }) => geometry,
    details: ['distance'],
    write: writeGeometry,
  },
  {
    tag: IMAGE_VARIANCES,
    name: 'the intervals over images',
    holds: hasImageVariances,
    from: ({ imageVariances }) => imageVariances,
    details: [],
    write: writeImageVariances,
  },
  {
    tag: LOSSES,
    name: 'the loss curves',
    holds: ({ runs }) => runs.some(({ losses }) => losses.length > 0),
    from: ({ runs }) => runs,
    details: ['curve'],
    write: writeLosses,
  },
];

const KNOWN = new Set<number>([META, TABLE_TAG, ...SECTIONS.map(({ tag }) => tag)]);

/** What a section holds, for people. */
export const sectionName = (tag: number): string =>
  tag === META
    ? 'the settings'
    : (SECTIONS.find((section) => section.tag === tag)?.name ?? 'a part of a later version');

interface Written {
  readonly from: unknown;
  readonly precision: string;
  readonly content: Uint8Array;
}

/** Encodes results that are variants of one another, such as shorter and shorter ones: what did not change is not written again. */
export class ResultEncoder {
  readonly #written = new Map<number, Written[]>();

  /**
   * Null when a section would hold more than readers take.
   * @param leftOut codes of reductions.ts that were applied to the result before, or that the fidelity stands for
   */
  encode(result: StudyResult, fidelity: Fidelity, leftOut: readonly number[]): Section[] | null {
    const description = new CodedWriter(FINE);
    writeMeta(description, result, leftOut);
    try {
      return [
        { tag: META, content: description.finish() },
        ...SECTIONS.filter(({ holds }) => holds(result)).map((kind) => this.#section(kind, result, fidelity)),
      ];
    } catch (error) {
      if (error instanceof TooLargeError) return null;
      throw error;
    }
  }

  #section({ tag, from, details, write }: SectionKind, result: StudyResult, fidelity: Fidelity): Section {
    const source = from(result);
    const precision = JSON.stringify(details.map((detail) => fidelity[detail]));
    const known = this.#written.get(tag) ?? [];
    const before = known.find((written) => written.from === source && written.precision === precision);
    if (before) return { tag, content: before.content };
    const writer = new CodedWriter(fidelity);
    write(writer, result);
    const content = writer.finish();
    this.#written.set(tag, [...known, { from: source, precision, content }]);
    return { tag, content };
  }
}

export interface DecodedResult {
  readonly result: StudyResult;
  /** Codes of reductions.ts. */
  readonly leftOut: readonly number[];
  /** Sections of a later version that were skipped. */
  readonly skipped: number;
}

/**
 * A result from the sections that are there; lists whose section is missing are empty.
 * @throws BinaryError when the description of the study is missing, a section is not what a writer of that format writes, or the result does
 *   not pass the schema.
 */
export function assemble(sections: ReadonlyMap<number, Uint8Array>, format: Reader['format']): DecodedResult {
  const open = (tag: number): Reader | null => {
    const content = sections.get(tag);
    if (!content) return null;
    return format === 1 ? new ByteReader(content) : new CodedReader(content);
  };
  const description = open(META);
  if (!description) throw new BinaryError('The description of the study is missing.');
  const { meta, leftOut, diverged } = readMeta(description);
  const read = <T>(tag: number, from: (reader: Reader) => T): T | null => {
    const reader = open(tag);
    return reader && from(reader);
  };
  const runs = (read(RUNS, (reader) => readRuns(reader, meta)) ?? []).map((run) => {
    const end = diverged.find(({ arm, seed }) => arm === run.arm && seed === run.seed);
    return end ? { ...run, diverged: end.step } : run;
  });
  const landscape = read(LANDSCAPE, (reader) => readLandscapes(reader, meta)) ?? [];
  const parsed = v.safeParse(ForeignResultSchema, {
    ...meta,
    runs: (runs.length > 0 && read(LOSSES, (reader) => attachLosses(reader, runs))) || runs,
    landscape: read(MORE_LANDSCAPES, (reader) => readMoreLandscapes(reader, { ...meta, landscape })) ?? landscape,
    shapley: read(SHAPLEY, (reader) => readShapley(reader, meta)) ?? [],
    pruning: read(PRUNING, (reader) => readPruning(reader, meta)) ?? [],
    ...where(
      'multitask',
      read(MULTITASK, (reader) => readMultitask(reader, meta)),
    ),
    ...where(
      'merging',
      read(MERGING, (reader) => readMerging(reader, meta)),
    ),
    ...where(
      'federated',
      read(FEDERATED, (reader) => readFederated(reader, meta)),
    ),
    ...where(
      'planes',
      read(PLANES, (reader) => readPlanes(reader, meta)),
    ),
    ...where(
      'imageVariances',
      read(IMAGE_VARIANCES, (reader) => readImageVariances(reader, meta)),
    ),
    ...where(
      'geometry',
      read(GEOMETRY, (reader) => readGeometry(reader, meta)),
    ),
  });
  if (!parsed.success) throw new BinaryError(`The result is not acceptable (${describeIssues(parsed.issues)}).`);
  const skipped = [...sections.keys()].filter((tag) => !KNOWN.has(tag)).length;
  return { result: parsed.output, leftOut, skipped };
}

const where = (part: string, value: unknown) => (value === null ? {} : { [part]: value });
