/** Helpers of the data tests: files in memory, and everything that a data set holds. */
import type { SourceFile } from './files/file-tree.ts';
import type { ByteFile } from './files/byte-file.ts';
import { openReader, type DatasetReader } from './dataset/reader.ts';
import type { DroppedFile } from './files/walk.ts';
import type { ImageContent } from './formats/records.ts';

export type Content = Uint8Array | string;

export const bytesOf = (content: Content): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);

export function dropped(files: Readonly<Record<string, Content>>): DroppedFile[] {
  return Object.entries(files).map(([name, content]) => {
    const blob = new Blob([bytesOf(content)]);
    return { path: name, size: blob.size, blob };
  });
}

/** Files without a Blob, whose every read takes its time. */
export function memoryFiles(files: Readonly<Record<string, Content>>): SourceFile[] {
  return Object.entries(files).map(([name, content]) => {
    const all = bytesOf(content);
    const slice = async (begin: number, end: number) => all.slice(begin, end);
    const bytes: ByteFile = {
      size: all.length,
      slice,
      async *stream() {
        if (all.length > 0) yield all.slice();
      },
    };
    return { path: name, size: all.length, bytes };
  });
}

export const openDropped = (
  files: Readonly<Record<string, Content>>,
  labelColumn: string | null = null,
): Promise<DatasetReader> => openReader({ kind: 'files', files: dropped(files) }, { labelColumn });

/** Contents by record; errors by their message. */
export async function contents(
  reader: DatasetReader,
  wanted: readonly number[] = reader.plan.images.map(({ record }) => record),
): Promise<Map<number, ImageContent | string>> {
  const found = new Map<number, ImageContent | string>();
  for await (const outcome of reader.read(wanted)) {
    if (found.has(outcome.at)) throw new Error(`image ${outcome.at} came twice`);
    found.set(outcome.at, 'error' in outcome ? outcome.error.message : outcome.value);
  }
  return found;
}

export const messagesOf = ({ plan }: DatasetReader): string => plan.problems.map(({ message }) => message).join('\n');

/** Text of an image file, for the fakes that tests use as images. */
export const textOf = (content: ImageContent | string | undefined): string =>
  content instanceof Uint8Array ? new TextDecoder().decode(content) : JSON.stringify(content);

/** `count` fake images per class, each with its own path as content. */
export function fakeTree(classes: readonly string[], count = 4, extension = 'png'): Record<string, string> {
  const entries = classes.flatMap((name) =>
    Array.from({ length: count }, (_, i) => [`${name}/${i}.${extension}`, `${name} ${i}`] as const),
  );
  return Object.fromEntries(entries);
}
