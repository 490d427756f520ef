/** Salvages the intact sections of a damaged link. Never throws. */
import type { StudyResult } from '../../study/result/result.ts';
import { base64UrlLength, fromBase64Url } from './base64url.ts';
import { BinaryError, type Reader } from './binary.ts';
import type { Outline } from './container.ts';
import { assemble, sectionName, type DecodedResult } from './result-codec.ts';

export interface SalvagedResult {
  /** Lists whose section did not arrive are empty. */
  readonly result: StudyResult;
  /** Names of the sections that did not arrive, for people; null if links of this kind cannot tell. */
  readonly missing: readonly string[] | null;
  /** Codes of reductions.ts. */
  readonly leftOut: readonly number[];
}

/** Invalid characters spoil their section, not the whole link. */
const bytesOf = (text: string): Uint8Array => fromBase64Url(text.replace(/[^A-Za-z0-9_-]/g, 'A'), true);

/**
 * Null if nothing can be read or trusted.
 * @param payload the characters present after the version
 */
export function salvageLink(payload: string, outline: Outline, format: Reader['format']): SalvagedResult | null {
  const expected = base64UrlLength(outline.length);
  // If characters are missing or were added, everything after that place is aligned when counted from the end.
  const fromStart = bytesOf(payload.slice(0, expected).padEnd(expected, 'A'));
  const fromEnd = bytesOf(payload.slice(-expected).padStart(expected, 'A'));
  const received = Math.floor((Math.min(payload.length, expected) * 3) / 4);
  const readings = [fromStart, fromEnd].map((bytes) => bytes.subarray(0, outline.length));
  const { sections, lost } = outline.salvage(readings, received);
  const decoded = assembleMost(new Map(sections), format);
  return (
    decoded && {
      result: decoded.result,
      leftOut: decoded.leftOut,
      missing: lost && [...lost, ...decoded.unread].map(sectionName),
    }
  );
}

/** Drops sections from the end until the rest can be read. */
function assembleMost(sections: Map<number, Uint8Array>, format: Reader['format']): DecodedResult | null {
  for (const tag of [...sections.keys()].toReversed()) {
    try {
      return assemble(sections, format);
    } catch (error) {
      if (!(error instanceof BinaryError)) throw error;
      sections.delete(tag);
    }
  }
  return null;
}
