import type { FilesOf } from '../../share/python/bundled-files.ts';

/** What the worker of test pictures is asked for, and its answer. */
export interface PicturesRequest {
  /** Id of a bundled task. */
  readonly task: string;
  /** Number of images, in the order of the test images. */
  readonly images: number;
  /** Address of the page. */
  readonly page: string;
}

/** What the worker that gathers the files of a study is asked for. */
export interface BundledFilesRequest {
  readonly study: FilesOf;
  /** Address of the page. */
  readonly page: string;
}

export interface TestPictures {
  /** Side of a picture, in pixels. */
  readonly size: number;
  /** Test images by their place: [size, size, 3] uint8 RGB; null where there is none. */
  readonly at: (place: number) => Uint8Array | null;
}

/** [count, size, size, 3] uint8 RGB. */
export interface DrawnImages {
  readonly count: number;
  readonly pixels: Uint8Array;
}
