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
});
