/** What can be wrong with the bundled artwork. */
import { catalogue } from '../../core/language/catalogue.ts';

/** Readers have a published page; a copy of the project has files that its own scripts make. */
const REBUILD = 'Load the page anew. In a copy of the project, run “node scripts/build-atlases.mjs”.';

export const ARTWORK_WORDS = catalogue('dataArtwork', {
  noJson: `The index of the bundled artwork, atlas.json, is not JSON. ${REBUILD}`,
  /** @param read that this program reads */
  version: (version: string, read: number) =>
    `The bundled artwork has version ${version}, this program reads version ${read}. ${REBUILD}`,
  noStyle: (style: string, known: string) => `The bundled artwork has no style “${style}”; it has ${known}.`,
  size: (file: string, bytes: number, expected: number) =>
    `${file} unpacks to ${bytes} bytes instead of ${expected}. ${REBUILD}`,
  damaged: (file: string) => `${file} is damaged: it cannot be unpacked. ${REBUILD}`,
  noDomains: (task: string) => `The bundled artwork cannot be read here, so “${task}” has no other domains.`,
  noTask: (id: string, known: string) => `There is no bundled task “${id}”. Choose one of ${known}.`,
});
