/** The texts of the data layer in German, for the page and for its workers. */
import { ARCHIVE_WORDS_DE } from './archive/messages.de.ts';
import { TASK_WORDS_DE } from './bundled/messages.de.ts';
import { ARTWORK_WORDS_DE } from './bundled/words.de.ts';
import { PLAN_WORDS_DE } from './dataset/messages.de.ts';
import { FILE_WORDS_DE } from './files/messages.de.ts';
import { LAYOUT_WORDS_DE } from './formats/messages.de.ts';
import { FORMAT_WORDS_DE } from './formats/words.de.ts';
import { IMAGE_WORDS_DE } from './image/messages.de.ts';
import { ADDRESS_WORDS_DE, DATA_WORDS_DE } from './remote/messages.de.ts';
import { STORED_WORDS_DE } from './stored/messages.de.ts';

export const DATA_DE = {
  'data-addresses': ADDRESS_WORDS_DE,
  'data-archives': ARCHIVE_WORDS_DE,
  'data-artwork': ARTWORK_WORDS_DE,
  'data-files': FILE_WORDS_DE,
  'data-formats': FORMAT_WORDS_DE,
  'data-images': IMAGE_WORDS_DE,
  'data-plan': PLAN_WORDS_DE,
  'data-source': DATA_WORDS_DE,
  'data-stored': STORED_WORDS_DE,
  layouts: LAYOUT_WORDS_DE,
  tasks: TASK_WORDS_DE,
};
