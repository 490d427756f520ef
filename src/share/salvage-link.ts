/** What a damaged link still holds: the sections that arrived whole. Never throws. */
import type { StudyResult } from '../study/result.ts';
import { base64UrlLength, fromBase64Url } from './base64url.ts';
import { BinaryError } from './binary.ts';
import { assemble, HEADER_BYTES, sectionName, type DecodedResult, type Header } from './result-codec.ts';
import { salvageSections } from './section-table.ts';

export interface SalvagedResult {
  /** Lists whose section did not arrive are empty. */
  readonly result: StudyResult;
  /** Names of the sections that did not arrive, for people; null when the link is of a kind that cannot tell. */
  readonly missing: readonly string[] | null;
  /** Codes of reductions.ts. */
  readonly leftOut: readonly number[];
}

/** Characters that do not belong there spoil their section, not the whole. */
const bytesOf = (text: string): Uint8Array => fromBase64Url(text.replace(/[^A-Za-z0-9_-]/g, 'A'), true);

/**
 * Null when nothing can be read, or nothing of it believed.
 * @param payload what is there of the characters behind the version
 */
export function salvageLink(payload: string, header: Header): SalvagedResult | null {
  const expected = base64UrlLength(header.length);
  // Where characters are missing or were added, what is behind that place lies right when counted from the end.
  const fromStart = bytesOf(payload.slice(0, expected).padEnd(expected, 'A'));
  const fromEnd = bytesOf(payload.slice(-expected).padStart(expected, 'A'));
  const received = Math.floor((Math.min(payload.length, expected) * 3) / 4) - HEADER_BYTES;
  const readings = [fromStart, fromEnd].map((bytes) => bytes.subarray(HEADER_BYTES, header.length));
  const { sections, lost } = salvageSections(readings, Math.max(0, received));
  // Without a table nothing tells an altered section from a whole one; only what lies before a cut can be believed.
  if (lost === null && payload.length >= expected) return null;
  const decoded = assembleMost(new Map(sections));
  return decoded && { result: decoded.result, leftOut: decoded.leftOut, missing: lost && lost.map(sectionName) };
}

/** Leaves out sections from the end until the rest can be read. */
function assembleMost(sections: Map<number, Uint8Array>): DecodedResult | null {
  for (const tag of [...sections.keys()].toReversed()) {
    try {
      return assemble(sections);
    } catch (error) {
      if (!(error instanceof BinaryError)) throw error;
      sections.delete(tag);
    }
  }
  return null;
}
