/** What people read when a model or an adapter is named or kept, in German. */
import type { HUB_REF_WORDS } from './ref-words.ts';

const EXAMPLE =
  'Schreibe owner/name (zum Beispiel WinKawaks/vit-tiny-patch16-224), wenn du magst mit @revision, oder eine https-Adresse.';

export const modelRefs: typeof HUB_REF_WORDS = {
  noName: (repo) => `„${repo}“ ist kein Name eines Modells. ${EXAMPLE}`,
  noRevision: (revision) => `„${revision}“ ist keine Revision: Nimm einen Branch, einen Tag oder einen Commit.`,
  noAddress: (text) => `„${text}“ ist keine Adresse. ${EXAMPLE}`,
  brokenPath: (path) =>
    `„${path}“ enthält ein %, hinter dem nicht die Nummer eines Zeichens steht: Die Adresse wurde abgeschnitten oder geändert. Kopiere sie noch einmal, oder schreibe owner/name.`,
  noStorage: (what, why) =>
    `${why}. Deshalb lassen sich ${what === 'models' ? 'Modelle' : 'Adapter'} nicht aufbewahren.`,
  modelWorkerStopped:
    'Das Modell ließ sich nicht holen: Sein Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
  adapterWorkerStopped:
    'Der Adapter ließ sich nicht holen: Sein Worker ist stehen geblieben. Lade die Seite neu und versuche es noch einmal.',
};
