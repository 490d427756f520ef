/** Shows a picture of the reader's in Try your own. */
import { askAbout, showNextPicture } from '../../../state/own/own-store.ts';
import { readingKey } from '../../../state/own/picture-keys.ts';
import type { StudyConfig } from '../../../study/config/config.ts';
import type { Asks } from '../../../worker/client.ts';
import { OWN_WORDS } from './messages.ts';
import { decodable } from './picture-source.ts';

/** As it is called in the language of the page. */
const nameOf = (file: Blob): (() => string) => {
  const name = file instanceof File ? file.name : '';
  return () => name || OWN_WORDS.pasted;
};

/**
 * @param config of the result whose adapters are asked
 * @returns whether it is shown: not where something else was asked for meanwhile
 * @throws Error saying what to do when the file is no picture
 */
export async function askAboutFile(
  predictor: Asks<'read-picture'>,
  config: StudyConfig,
  file: Blob | Promise<Blob>,
): Promise<boolean> {
  const isNewest = showNextPicture();
  try {
    const picture = await file;
    const input = await predictor.ask('read-picture', { config, file: await decodable(picture) });
    if (input.kind !== 'square' || !isNewest()) return false;
    askAbout({ input, name: nameOf(picture), file: picture, truth: null, key: readingKey(config) });
    return true;
  } catch (error) {
    if (isNewest()) throw error;
    return false;
  }
}
