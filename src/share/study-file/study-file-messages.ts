/** Messages between the page and the study file worker. One request at a time. */
import type { FoundStudy } from './read-study.ts';
import type { StudyFile } from './study-file.ts';

export type StudyFileRequest =
  | { readonly type: 'read'; readonly kind: 'zip' | 'json'; readonly file: Blob }
  | { readonly type: 'pack'; readonly study: StudyFile };

export type StudyFileReply =
  | { readonly type: 'read'; readonly found: FoundStudy | null }
  | { readonly type: 'packed'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly message: string };
