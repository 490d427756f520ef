/** What is said of data sets that are kept on the device. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';

const megabytes = (count: number): string => `${integer(count)} MB`;

export const STORED_WORDS = catalogue('dataStored', {
  gone: 'This data set is no longer on the device: another tab or the browser deleted it.',
  damaged: 'This data set was kept incompletely or is damaged. Delete it and drop its files again.',
  /** In megabytes; `free` is null if unknown. */
  noRoom: (needed: number, free: number | null) =>
    `Keeping these images needs ${megabytes(needed)}, and ${free === null ? 'the device has too little room' : `only ${megabytes(free)} are free for this page`}. Delete data sets or models that are kept here, or leave out classes, and try again.`,
  /** @param why the beginning of a sentence */
  noStorage: (why: string) => `${why}, so data sets cannot be kept.`,
  noOtherLabels: 'Only its own files can tell other labels: drop them again.',
  enlarged: (images: number, from: number, to: number) =>
    `${counted(images, 'image')} ${images === 1 ? 'was' : 'were'} kept at ${from} × ${from} pixels and ${images === 1 ? 'is' : 'are'} enlarged to ${to} × ${to} for this backbone. Drop the files again for sharper ones.`,
});
