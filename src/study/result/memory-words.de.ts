/** What people read about the memory a training needs, in German. */
import { germanCount } from '../../core/counted.ts';
import type { MEMORY_WORDS } from './memory-words.ts';

export const studyMemory: typeof MEMORY_WORDS = {
  needs: (amount) => `braucht ${amount} Speicher`,
  cut: ({ recomputed, images, runs }) =>
    [
      recomputed > 0 && `${germanCount(recomputed, 'Block', 'Blöcke')} mit Checkpointing`,
      images !== null && `je ${germanCount(images, 'Bild', 'Bilder')}`,
      runs !== null && `je ${germanCount(runs, 'Lauf', 'Läufe')}`,
    ]
      .filter(Boolean)
      .join(', '),
  instead: (cut, uncut) => `${cut}; alles auf einmal wären ${uncut}`,
};
