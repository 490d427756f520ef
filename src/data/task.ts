/** A task: class names (→ prompts) with train, validation and test images, decoded and at model size. */

/** Decoded images: uint8 RGB, [count, height, width, 3], row-major, with one label per image. */
export interface LabelledImages {
  readonly count: number;
  readonly pixels: Uint8Array;
  /** [count], index into Task.classes. */
  readonly labels: Int32Array;
  /**
   * [count]: images with the same number show one motif: an emoji in several styles, or look-alikes. Numbers mean the same in all images of a task, and in all bundled
   * tasks. Absent: nobody knows.
   */
  readonly motifs?: Int32Array;
}

/** Artwork styles of the training images, if the task knows them. */
export interface TaskStyles {
  readonly names: readonly string[];
  /** [train.count], index into names. */
  readonly train: Int32Array;
}

/** Test images of a task's classes in another domain than its own. */
export interface OtherImages {
  readonly name: string;
  /** Any prefix is a fair sample. */
  readonly images: LabelledImages;
}

/** What a study trains on: images with classes and prompts, split in three. */
export interface Task {
  readonly id: string;
  readonly name: string;
  readonly classes: readonly string[];
  /** One prompt per class, e.g. "a picture of food drink". */
  readonly prompts: readonly string[];
  readonly imageSize: number;
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
  readonly styles?: TaskStyles;
  /** Domains that came with the images; absent: none. Nothing in them is trained or validated on. */
  readonly others?: readonly OtherImages[];
}
