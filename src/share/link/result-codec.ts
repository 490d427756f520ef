/** A StudyResult as the sections of a link. Readers skip sections with unknown tags. docs/links.md specifies every byte. */
import * as v from 'valibot';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import { withoutDoubtfulVariances } from '../../study/result/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../../study/result/measures/shown.ts';
import { NOTHING_FOUND, type StudyResult } from '../../study/result/result.ts';
import { SECTIONS } from './all-sections.ts';
import { BinaryError, ByteReader, type Reader } from './binary.ts';
import { CodedReader, CodedWriter, TooLargeError } from './coded-io.ts';
import { TABLE_TAG } from './container-1.ts';
import type { Section as StoredSection } from './container.ts';
import { describeIssues } from '../config/describe-issues.ts';
import { FINE, type Fidelity } from './fidelity.ts';
import { LINK_WORDS } from './messages.ts';
import { doubtVariances } from './reductions.ts';
import type { Section } from './section.ts';
import { readMeta, writeMeta } from './sections/meta.ts';

const META = 1;

const KNOWN = new Set<number>([META, TABLE_TAG, ...SECTIONS.map(({ tag }) => tag)]);

/** Display name of a section's content. */
export function sectionName(tag: number): string {
  const names: Readonly<Record<number, string | undefined>> = LINK_WORDS.sections;
  return names[tag] ?? LINK_WORDS.laterSection;
}

interface Written {
  readonly from: unknown;
  readonly precision: string;
  readonly content: Uint8Array;
}

/** Encodes results that are variants of one another, such as shorter and shorter ones. Unchanged parts are not written again. */
export class ResultEncoder {
  readonly #written = new Map<number, Written[]>();

  /**
   * Null if a section would hold more than readers accept.
   * @param leftOut codes of reductions.ts that were applied to the result, or that the fidelity stands for
   */
  encode(result: StudyResult, fidelity: Fidelity, leftOut: readonly number[]): StoredSection[] | null {
    const description = new CodedWriter(FINE);
    try {
      writeMeta(description, result, leftOut);
      return [
        { tag: META, content: description.finish() },
        ...SECTIONS.filter(({ holds }) => holds(result)).map((section) => this.#section(section, result, fidelity)),
      ];
    } catch (error) {
      if (error instanceof TooLargeError) return null;
      throw error;
    }
  }

  #section({ tag, from, details, write }: Section, result: StudyResult, fidelity: Fidelity): StoredSection {
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
  /** Number of skipped sections of a later version. */
  readonly skipped: number;
}

/**
 * Builds a result from the sections present; lists whose section is missing are empty.
 * @throws BinaryError when the description of the study is missing, a section is not what a writer of that format writes, or the result does not pass the
 * schema.
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
  let result: StudyResult = { ...meta, ...NOTHING_FOUND };
  for (const { tag, read } of SECTIONS) {
    const reader = open(tag);
    if (reader) result = { ...result, ...read(reader, result) };
  }
  const runs = result.runs.map((run) => {
    const end = diverged.find(({ arm, seed }) => arm === run.arm && seed === run.seed);
    return end ? { ...run, diverged: end.step } : run;
  });
  const parsed = v.safeParse(ForeignResultSchema, { ...result, runs });
  if (!parsed.success) throw new BinaryError(`The result is not acceptable (${describeIssues(parsed.issues)}).`);
  const skipped = [...sections.keys()].filter((tag) => !KNOWN.has(tag)).length;
  const found = asEnded(parsed.output);
  return {
    result: doubtVariances(leftOut) ? withoutDoubtfulVariances(found, SHOWN_MEASURES) : found,
    leftOut,
    skipped,
  };
}
