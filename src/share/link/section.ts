/** A section of a link: one kind of content with its own bytes. docs/links.md specifies every byte. */
import type { StudyResult } from '../../study/result/result.ts';
import type { Reader } from './binary.ts';
import type { CodedWriter } from './coded-io.ts';
import type { Detail } from './fidelity.ts';
import type { SectionTag } from './messages.ts';
import type { Reduction } from './reduction.ts';

/** How one kind of content is written to a link and read from it. */
export interface Section {
  /** Stored in links: never reuse one. Its words for people: messages.ts. */
  readonly tag: SectionTag;
  readonly holds: (result: StudyResult) => boolean;
  /** The part of the result that, besides the settings, determines its content. */
  readonly from: (result: StudyResult) => unknown;
  readonly details: readonly Detail[];
  /** Every figure stands without it: a link in which it cannot be read opens all the same, and says so. */
  readonly supplement?: boolean;
  /** What of it a link that is too long leaves out. */
  readonly reductions: readonly Reduction[];
  /** Keeps what it holds of the first `most` seeds (pairs) of every arm; the same result when there are no more. Absent: it holds few numbers of a seed. */
  readonly ofFirstSeeds?: (result: StudyResult, most: number) => StudyResult;
  readonly write: (writer: CodedWriter, result: StudyResult) => void;
  /**
   * Reads its parts of the result.
   * @param known the description of the study, with the content of earlier sections
   * @throws BinaryError when the bytes are not what a writer of that format writes
   */
  readonly read: (reader: Reader, known: StudyResult) => Partial<StudyResult>;
}
