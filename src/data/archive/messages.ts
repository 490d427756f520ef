/** What is wrong with archives. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { fixed } from '../../core/number-format.ts';

export const ARCHIVE_WORDS = catalogue('dataArchives', {
  /** Where a tar archive ends early; clauses. */
  headerDamaged: 'a header is damaged',
  endsInHeader: 'it ends within a header',
  endsInFile: 'it ends within a file',
  unreadable: (why: string) => `The archive cannot be read: ${why}. Pack the folder again.`,
  noTar: (why: string) =>
    `The archive cannot be read: it is no tar file, cut off or damaged (${why}). Pack the folder again.`,
  noZip: (why: string) =>
    `The archive cannot be read: it is no zip file, cut off or damaged (${why}). Pack the folder again.`,
  cut: (entries: number, why: string) =>
    `The archive is cut off or damaged after ${counted(entries, 'entry', 'entries')} (${why}). What comes before is used.`,
  tooLarge: (gigabytes: number, most: number) =>
    `The archive would unpack to ${fixed(gigabytes, 1)} GB; at most ${most} GB are read. Pack fewer images.`,
  /** Why a member is left out; clauses. */
  hostile: 'a path in an archive must not be absolute, contain “..” or control characters',
  special: 'links and special files are not read',
  encrypted: 'encrypted, unpack it with its password first',
  repeated: 'the archive holds another file of this name',
  larger: (megabytes: number) => `larger than ${megabytes} MB`,
  unpacksToTimes: (ratio: number) => `it would unpack to more than ${ratio} times its size`,
  endsWithinIt: 'the archive ends within it',
  longerThanSaid: 'it is larger than the archive says',
  shorterThanSaid: 'it is shorter than the archive says',
  zipInPacked: 'a zip inside of a packed file is not read',
});
