/** Why a frame of a classroom is no message: words behind a colon. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const FRAME_WORDS = catalogue('studyFrames', {
  wrongLength: (bytes: number) => `it has ${counted(bytes, 'byte')}`,
  cutHead: 'its head does not fit into it',
  cutNumber: 'it ends within a number',
  noJson: 'its head is no JSON',
  otherVersion: (why: string) => `its head is none of this version: ${why}`,
  needlessNumbers: 'numbers follow a head that has none',
  /** What a device says of itself, likewise. */
  problems: {
    /** @param missing classes of the study; empty if the device only has others besides */
    otherClasses: (missing: readonly string[]) =>
      `its own images have other classes than the study${missing.length > 0 ? ` (missing: ${missing.map((name) => `“${name}”`).join(', ')})` : ''}: give the classes the names that the study has, and leave the others out`,
    needsOwn: 'this study is of images that only the leading device has: join with images of your own',
    otherStudy: 'it was asked for something that this study does not have',
    noImages: (client: number) => `client ${client} has no images`,
  },
});
