/** Why a frame of a classroom is no message, in German. */
import { germanCount } from '../../core/counted.ts';
import type { FRAME_WORDS } from './frame-words.ts';

export const studyFrames: typeof FRAME_WORDS = {
  wrongLength: (bytes) => `Die Nachricht hat ${germanCount(bytes, 'Byte', 'Bytes')}`,
  cutHead: 'Der Kopf der Nachricht passt nicht hinein',
  cutNumber: 'Die Nachricht endet mitten in einer Zahl',
  noJson: 'Der Kopf der Nachricht ist kein JSON',
  otherVersion: (why) => `Der Kopf der Nachricht ist keiner dieser Version: ${why}`,
  needlessNumbers: 'Auf einen Kopf ohne Zahlen folgen Zahlen',
};
