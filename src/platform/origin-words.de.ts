/** Why the browser keeps no files for the page, in German. */
import type { ORIGIN_WORDS } from './origin-words.ts';

export const originFiles: typeof ORIGIN_WORDS = {
  insecure: 'Diese Seite wird nicht über https ausgeliefert',
  blocked:
    'Dieser Browser speichert keine Daten für diese Seite (Websitedaten sind blockiert, oder das Fenster ist privat)',
  unwritable: 'Dieser Browser schreibt keine Dateien für eine Seite (Safari kann es ab Version 26)',
  busy: 'Ein anderer Tab schreibt das gerade. Warte auf ihn oder schließe ihn.',
  full: 'Dieses Gerät hat keinen Platz mehr für diese Seite.',
};
