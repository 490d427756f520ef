/** Compresses text for browsers, once per version of a file. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSORS = {
  // Far smaller than gzip, at a negligible cost in time.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 6 }),
};
const COMPRESSIBLE = /^(?:text\/|image\/svg|application\/(?:json|wasm|manifest))/;
const WORTHWHILE_BYTES = 1000;

const kept = new Map();

/**
 * @param {string} file
 * @param {{ mtimeMs: number, size: number }} info
 * @param {string} type its MIME type
 * @param {string} accepted the Accept-Encoding header of the request
 * @returns {Promise<{ encoding: string, bytes: Buffer } | null>} null where it is best sent uncompressed
 */
export async function compressed(file, info, type, accepted) {
  const encoding = Object.keys(COMPRESSORS).find((name) => accepted.split(/[,;]\s*/).includes(name));
  if (!encoding || info.size < WORTHWHILE_BYTES || !COMPRESSIBLE.test(type)) return null;
  const key = `${encoding} ${file}`;
  const version = `${info.mtimeMs} ${info.size}`;
  if (kept.get(key)?.version !== version) {
    kept.set(key, { version, bytes: readFile(file).then(COMPRESSORS[encoding]) });
  }
  return { encoding, bytes: await kept.get(key).bytes };
}
