/** Messages between the page and the models worker. One worker does one job and is then ended. */
import type { ModelManifest } from './manifest.ts';
import type { TransferProgress } from './progress.ts';

export type ModelsJob =
  /** @property text owner/name, owner/name@revision or an address */
  | { readonly type: 'fetch'; readonly text: string; readonly hub: string }
  /** @property files of a dropped folder, by name */
  | { readonly type: 'keep'; readonly folder: string; readonly files: readonly (readonly [string, Blob])[] };

export type ModelsRequest = ModelsJob | { readonly type: 'abort' };

export type ModelsReply =
  | { readonly type: 'progress'; readonly progress: TransferProgress }
  | { readonly type: 'done'; readonly manifest: ModelManifest }
  | { readonly type: 'failed'; readonly message: string };
