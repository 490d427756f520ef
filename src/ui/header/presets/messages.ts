/** The words of the menu of ready-made studies: loaded with it. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const PRESET_LIST_WORDS = catalogue('presetList', {
  presets: 'Presets',
  note: 'A preset opens at once with its saved result. The times say how long the whole study takes to run anew on a processor; a graphics card is faster.',
  /** While the reader's own images are the task. */
  noteOnOwn:
    'Your images stay the task, with their backbone and prompts. A preset sets everything else; nothing runs until you start it. The times are those with its own images. A preset that does not use yours says so, and they stay under Task.',
  /** Behind what a preset asks. */
  leavesOwn: 'It does not use your images.',
  maps: 'Many studies, one figure',
});
