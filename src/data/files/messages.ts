/** What is wrong with files, and how several problems are said as one. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';

/** What can be left out of a data set. */
export type LeftOut = 'archive' | 'array' | 'class folder' | 'file' | 'image' | 'label file' | 'row' | 'table';

export const FILE_WORDS = catalogue('dataFiles', {
  /** What may be decoded; nominative and accusative, without an article. */
  imageKinds: 'JPEG, PNG, WebP, AVIF, GIF, BMP or SVG images',
  /** Some names of a list, and how many more there are. */
  more: (names: string, count: number) => `${names} and ${integer(count)} more`,
  /** @param isMore there are more than `of` */
  first: (kind: 'images' | 'others', count: number, of: number, isMore: boolean) =>
    `Only the first ${integer(count)} of ${isMore ? 'more than ' : ''}${integer(of)} ${kind === 'images' ? 'images' : 'files that are no images'} are looked at. Drop fewer to use all.`,
  /** @param why a clause */
  leftOutOne: (name: string, why: string) => `“${name}” left out: ${why}.`,
  leftOut: (count: number, what: LeftOut, some: string, why: string) =>
    `${counted(count, what)} left out (${some}): ${why}.`,
  /** Files that are left out one by one for the same reason. */
  leftOutAlike: (count: number, why: string) => `${counted(count, 'file')} left out: ${why}.`,
  /** Clauses: why a file is not read. */
  larger: (megabytes: number) => `it is larger than ${megabytes} MB`,
  damaged: 'it is cut off or damaged',
  unpacksToMore: (megabytes: number) => `it unpacks to more than ${megabytes} MB`,
  unpacksToTimes: (ratio: number) => `it unpacks to more than ${ratio} times its size`,
});
