/** Messages between the page and the decode worker. One worker does one job and is then ended. */
import type { DecodedImages } from './decode-all.ts';
import type { ListedFile } from './plan.ts';
import type { Problem } from './problem.ts';

/** Files as dropped, or members of a zip archive by their paths. */
export type ImageSource =
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly blobs: readonly Blob[] }
  | { readonly kind: 'archive'; readonly paths: readonly string[]; readonly archive: Blob };

export type DecodeJob =
  | { readonly type: 'list'; readonly archive: Blob }
  | { readonly type: 'decode'; readonly source: ImageSource; readonly imageSize: number };

export type DecodeReply =
  | { readonly type: 'listed'; readonly files: readonly ListedFile[]; readonly problems: readonly Problem[] }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'decoded'; readonly images: DecodedImages }
  | { readonly type: 'failed'; readonly message: string };
