/** Why a file that comes with the page is not there, in German. */
import type { PAGE_FILE_WORDS } from './page-file-words.ts';

export const pageFile: typeof PAGE_FILE_WORDS = {
  unreachable: (file) =>
    `${file}, eine Datei dieser Seite, konnte nicht geholt werden: Es gibt keine Verbindung zum Server der Seite. Versuche es erneut, sobald es eine gibt.`,
  refused: (file, status) =>
    `${file}, eine Datei dieser Seite, konnte nicht geholt werden: Der Server der Seite antwortete mit ${status}. Versuche es später erneut.`,
  damaged: (file) =>
    `${file}, eine Datei dieser Seite, kam beschädigt oder abgeschnitten an oder gehört zu einer anderen Fassung der Seite. Lade die Seite neu.`,
  missing: (file) =>
    `${file}, eine Datei dieser Seite, liegt nicht auf dem Server der Seite: Vielleicht hat er inzwischen eine neuere Fassung, oder dieses Netz verlangt erst eine Anmeldung. Lade die Seite neu.`,
};
