/** What people read about the memory a training needs, in German. */
import { germanCount } from '../../core/counted.ts';
import type { MEMORY_WORDS } from './memory-words.ts';

export const MEMORY_WORDS_DE: typeof MEMORY_WORDS = {
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
  tooMuch: (least, weights, limit, kind) =>
    `Ein Trainingsschritt braucht mindestens ${least} Speicher, davon ${weights} für die Gewichte, und ${
      kind === 'chosen'
        ? `du erlaubst ${limit}`
        : kind === 'addressable'
          ? `dieses Gerät kann ${limit} adressieren`
          : `dieses Gerät bekommt ${limit}, die Hälfte des Speichers, den der Browser meldet`
    }. Versucht wird es trotzdem. Ein kleineres Modell oder kleinere Bilder brauchen weniger.`,
  tensorTooLarge: (tensor, limit) =>
    `Ein einzelner Tensor eines Trainingsschritts belegt selbst bei einem Bild auf einmal ${tensor}, und dieses Gerät nimmt höchstens ${limit} am Stück. Ein kleineres Modell oder kleinere Bilder brauchen weniger.`,
};
