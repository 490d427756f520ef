/** Who is right about test pictures, and why pictures are missing, in German. */
import type { PICTURE_STATE_WORDS } from './messages.ts';

export const pictureState: typeof PICTURE_STATE_WORDS = {
  backbone: 'Backbone',
  score: (right, known) => `${right} von ${known}`,
  filesStopped:
    'Die Dateien der Studie konnten nicht geschrieben werden: Ihr Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
  workerStopped:
    'Die Bilder konnten nicht gezeichnet werden: Ihr Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
};
