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
  problems: {
    otherClasses: (missing) =>
      `Seine eigenen Bilder haben andere Klassen als die Studie${missing.length > 0 ? ` (es ${missing.length === 1 ? 'fehlt' : 'fehlen'}: ${missing.map((name) => `„${name}“`).join(', ')})` : ''}: Gib den Klassen die Namen der Studie und lass die übrigen weg`,
    needsOwn: 'Die Bilder dieser Studie hat nur das leitende Gerät: Tritt mit eigenen Bildern bei',
    otherStudy: 'Es wurde nach etwas gefragt, das diese Studie nicht hat',
    noImages: (client) => `Client ${client} hat keine Bilder`,
  },
};
