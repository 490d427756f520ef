/** Random access to the bytes of a file, in memory, on disk or in the browser's private file system. */

/** Reading is synchronous, so a checkpoint is read tensor by tensor and never held twice. In a browser this requires a worker. */
export interface ByteSource {
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes begin to end, in a buffer of their own. @throws Error when the file ends before, or cannot be read. */
  read(begin: number, end: number): Uint8Array<ArrayBuffer>;
}

/** A file that is in memory as a whole. */
export function memoryBytes(file: ArrayBuffer | Uint8Array): ByteSource {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  // A fresh copy is aligned, whatever the offset in the file was.
  return { size: bytes.length, read: (begin, end) => new Uint8Array(bytes.subarray(begin, end)) };
}

/** A dropped file or one of the private file system; only in a worker, where FileReaderSync exists. */
export function blobBytes(blob: Blob): ByteSource {
  const reader = new FileReaderSync();
  return {
    size: blob.size,
    read(begin, end) {
      const bytes = new Uint8Array(reader.readAsArrayBuffer(blob.slice(begin, end)));
      if (bytes.length !== end - begin)
        throw new Error(`The file ends at byte ${begin + bytes.length}; ${end} bytes were expected.`);
      return bytes;
    },
  };
}
