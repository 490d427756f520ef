/** Gzip, unpacked as it is read: nothing is held but the piece at hand. */
import type { ByteFile, Bytes } from './byte-file.ts';

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 8192 * MEGABYTE;
/** Deflate reaches 1032 : 1 on zeros; raw digits reach 10, so what exceeds this for long is a bomb. */
const MAX_RATIO = 250;
const SMALL = 64 * MEGABYTE;

export interface GunzipLimits {
  readonly bytes: number;
  readonly ratio: number;
  /** Below so many bytes a high ratio does no harm. */
  readonly small: number;
}

/** @throws on reading: Error when the file is damaged, cut off, or explodes beyond the limits */
export function gunzipped(
  file: ByteFile,
  limits: GunzipLimits = { bytes: MAX_BYTES, ratio: MAX_RATIO, small: SMALL },
): ByteFile {
  return { size: null, slice: null, stream: (signal) => unpack(file, limits, signal) };
}

async function* unpack(
  file: ByteFile,
  limits: GunzipLimits,
  signal?: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  let [packed, unpacked] = [0, 0];
  const chunks = file.stream(signal);
  const input = new ReadableStream<Bytes>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) return controller.close();
      packed += value.length;
      controller.enqueue(value);
    },
    cancel: async () => {
      await chunks.return();
    },
  });
  const reader = input.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      unpacked += value.length;
      if (unpacked > limits.bytes) throw new Error(`it unpacks to more than ${Math.round(limits.bytes / MEGABYTE)} MB`);
      if (unpacked > limits.small && unpacked > limits.ratio * packed)
        throw new Error(`it unpacks to more than ${limits.ratio} times its size`);
      signal?.throwIfAborted();
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // what failed has said so already
  }
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}
