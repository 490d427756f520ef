/** Why points are not arranged, in German. */
import type { EMBEDDING_WORDS } from './messages.ts';

export const embedding: typeof EMBEDDING_WORDS = {
  workerStopped:
    'Die Punkte konnten nicht angeordnet werden: Ihr Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
};
