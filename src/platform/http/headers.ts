/** Reads response headers. */

/** Retry-After: seconds or a date. */
export function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** "bytes 10-99/1234" → 10 or 1234; null when hidden or unknown. */
function inRange(headers: Headers, what: 'begin' | 'total'): number | null {
  const match = /^bytes (?<begin>\d+)-\d+\/(?<total>\d+|\*)$/.exec(headers.get('content-range') ?? '');
  const value = Number(match?.groups?.[what] ?? NaN);
  return Number.isNaN(value) ? null : value;
}

/** Where a part begins in its file. */
export const beginOf = (headers: Headers): number | null => inRange(headers, 'begin');

/** Bytes of the whole file of which this is a part. */
export const totalOf = (headers: Headers): number | null => inRange(headers, 'total');

/**
 * The server's version of a file: a strong ETag, otherwise its modification time; null if the server sends neither or hides them from other
 * sites.
 */
export function versionOf(headers: Headers): string | null {
  const tag = headers.get('etag');
  return tag?.startsWith('"') ? tag : headers.get('last-modified');
}

/** Bytes of the body as announced; null when unknown. With a content encoding the length is that of the compressed body. */
export function lengthOf(headers: Headers): number | null {
  const announced = headers.get('content-length');
  const length = announced === null || headers.has('content-encoding') ? NaN : Number(announced);
  return Number.isSafeInteger(length) ? length : null;
}
