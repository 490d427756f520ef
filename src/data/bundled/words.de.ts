/** What can be wrong with the bundled artwork, in German. */
import type { ARTWORK_WORDS } from './words.ts';

const REBUILD = 'Lade die Seite neu. In einer Kopie des Projekts: Führ „node scripts/build-atlases.mjs“ aus.';

export const dataArtwork: typeof ARTWORK_WORDS = {
  noJson: `Das Verzeichnis der mitgelieferten Bilder, atlas.json, ist kein JSON. ${REBUILD}`,
  version: (version, read) =>
    `Die mitgelieferten Bilder haben die Version ${version}, dieses Programm liest Version ${read}. ${REBUILD}`,
  noStyle: (style, known) => `Die mitgelieferten Bilder haben keinen Stil „${style}“, nur ${known}.`,
  size: (file, bytes, expected) => `${file} ergibt entpackt ${bytes} Bytes statt ${expected}. ${REBUILD}`,
  damaged: (file) => `${file} ist beschädigt und lässt sich nicht entpacken. ${REBUILD}`,
  noDomains: (task) =>
    `Die mitgelieferten Bilder lassen sich hier nicht lesen, darum hat „${task}“ keine anderen Domänen.`,
  noTask: (id, known) => `Eine mitgelieferte Aufgabe „${id}“ gibt es nicht. Wähle eine von diesen: ${known}.`,
};
