/** A section of a link: one kind of content, with bytes of its own. docs/links.md specifies every byte. */
import type { StudyResult } from '../../study/result/result.ts';
import type { Reader } from './binary.ts';
import type { CodedWriter } from './coded-io.ts';
import type { Detail } from './fidelity.ts';

export interface Section {
  /** Stored in links: never reuse one. */
  readonly tag: number;
  /** For people. */
  readonly name: string;
  readonly holds: (result: StudyResult) => boolean;
  /** The part of the result that its content follows from, besides the settings. */
  readonly from: (result: StudyResult) => unknown;
  readonly details: readonly Detail[];
  readonly write: (writer: CodedWriter, result: StudyResult) => void;
  /**
   * Reads its parts of the result.
   * @param known the description of the study, with what earlier sections hold
   * @throws BinaryError when the bytes are not what a writer of that format writes
   */
  readonly read: (reader: Reader, known: StudyResult) => Partial<StudyResult>;
}
