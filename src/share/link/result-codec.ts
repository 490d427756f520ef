/** A StudyResult as the sections of a link. Readers skip sections with unknown tags. docs/links.md specifies every byte. */
import * as v from 'valibot';
import { sameContent } from '../../core/same-content.ts';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import { withoutDoubtfulVariances } from '../../study/result/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../../study/result/measures/shown.ts';
import { NOTHING_FOUND, type StudyResult } from '../../study/result/result.ts';
import { SECTIONS } from './all-sections.ts';
import { BinaryError, ByteReader, type Reader } from './binary.ts';
import { CodedReader, CodedWriter, TooLargeError } from './coded-io.ts';
import { CurveBits } from './coding/curve-bits.ts';
import { TABLE_TAG } from './container-1.ts';
import { leastTable, type StoredSection } from './container.ts';
import { describeIssues } from '../../platform/describe-issues.ts';
import { FINE, type Detail, type Fidelity } from './fidelity.ts';
import { LINK_WORDS } from './messages.ts';
import { doubtVariances } from './reductions.ts';
import type { Section } from './section.ts';
import { readMeta, writeMeta } from './sections/meta.ts';
import { SHARE_CHECKS } from '../words.ts';
import { LINK_CHECKS } from './words.ts';
import { runOf } from '../../study/result/run-names.ts';

const META = 1;

const KNOWN = new Set<number>([META, TABLE_TAG, ...SECTIONS.map(({ tag }) => tag)]);

/** Display name of a section's content. */
export function sectionName(tag: number): string {
  const names: Readonly<Record<number, string | undefined>> = LINK_WORDS.sections;
  return names[tag] ?? LINK_WORDS.laterSection;
}

/** The purposes of the numbers that a link to a result holds. */
export const detailsOf = (result: StudyResult): ReadonlySet<Detail> =>
  new Set(SECTIONS.filter(({ holds }) => holds(result)).flatMap(({ details }) => details));

/** A section as it is to be written, and what its content follows from. */
interface Draft {
  readonly section: Section;
  readonly from: unknown;
  readonly precision: string;
}

interface Written extends Draft {
  readonly content: Uint8Array;
}

/** Encodes results that are variants of one another, such as shorter and shorter ones. Unchanged parts are not written again. */
export class ResultEncoder {
  readonly #written = new Map<Section, Written[]>();
  readonly #curveBits = new CurveBits();

  /**
   * Null if a section would hold more than readers accept, or the container would be longer than `most` bytes.
   * @param leftOut codes of reductions.ts that were applied to the result, or that the fidelity stands for
   */
  encode(result: StudyResult, fidelity: Fidelity, leftOut: readonly number[], most = Infinity): StoredSection[] | null {
    const drafts = SECTIONS.filter(({ holds }) => holds(result)).map((section): Draft => {
      const precision = JSON.stringify(section.details.map((detail) => fidelity[detail]));
      return { section, from: section.from(result), precision };
    });
    const contents = new Map(drafts.map((draft) => [draft.section, this.#known(draft)]));
    let room = most - leastTable(1 + drafts.length);
    for (const content of contents.values()) room -= content?.length ?? 0;
    try {
      const description = new CodedWriter(FINE, this.#curveBits, room);
      writeMeta(description, result, leftOut);
      const meta = description.finish();
      room -= meta.length;
      for (const draft of drafts) {
        if (contents.get(draft.section)) continue;
        const writer = new CodedWriter(fidelity, this.#curveBits, room);
        draft.section.write(writer, result);
        const content = writer.finish();
        room -= content.length;
        contents.set(draft.section, content);
        this.#written.set(draft.section, [...(this.#written.get(draft.section) ?? []), { ...draft, content }]);
      }
      return [
        { tag: META, content: meta },
        ...drafts.map(({ section }) => ({ tag: section.tag, content: contents.get(section)! })),
      ];
    } catch (error) {
      if (error instanceof TooLargeError) return null;
      throw error;
    }
  }

  #known({ section, from, precision }: Draft): Uint8Array | undefined {
    return this.#written
      .get(section)
      ?.find((written) => written.precision === precision && sameContent(written.from, from))?.content;
  }
}

export interface DecodedResult {
  readonly result: StudyResult;
  /** Codes of reductions.ts. */
  readonly leftOut: readonly number[];
  /** Number of skipped sections of a later version. */
  readonly skipped: number;
  /** Tags of supplements that could not be read. */
  readonly unread: readonly number[];
}

/**
 * Builds a result from the sections present; lists whose section is missing are empty.
 * @throws BinaryError when the description of the study is missing, a section that is no supplement is not what a writer of that format writes, or the result does not pass the
 * schema.
 */
export function assemble(sections: ReadonlyMap<number, Uint8Array>, format: Reader['format']): DecodedResult {
  const open = (tag: number): Reader | null => {
    const content = sections.get(tag);
    if (!content) return null;
    return format === 1 ? new ByteReader(content) : new CodedReader(content);
  };
  const description = open(META);
  if (!description) throw new BinaryError(LINK_CHECKS.noDescription);
  const { meta, leftOut, diverged } = readMeta(description);
  let result: StudyResult = { ...meta, ...NOTHING_FOUND };
  const unread: number[] = [];
  for (const { tag, read, supplement } of SECTIONS) {
    const reader = open(tag);
    if (!reader) continue;
    try {
      result = { ...result, ...read(reader, result) };
    } catch (error) {
      if (!(supplement && error instanceof BinaryError)) throw error;
      unread.push(tag);
    }
  }
  const runs = result.runs.map((run) => {
    const end = runOf(diverged, run.arm, run.seed);
    return end ? { ...run, diverged: end.step } : run;
  });
  const parsed = v.safeParse(ForeignResultSchema, { ...result, runs });
  if (!parsed.success) throw new BinaryError(SHARE_CHECKS.result(describeIssues(parsed.issues)));
  const skipped = [...sections.keys()].filter((tag) => !KNOWN.has(tag)).length;
  const found = asEnded(parsed.output);
  return {
    result: doubtVariances(leftOut) ? withoutDoubtfulVariances(found, SHOWN_MEASURES) : found,
    leftOut,
    skipped,
    unread,
  };
}
