/** What people read about the memory a training needs. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';

/** How a step is cut; 0 and null: not in this way. */
export interface CutWords {
  /** Blocks computed again. */
  readonly recomputed: number;
  /** Images of a run, and runs, that take their turn together; null: all. */
  readonly images: number | null;
  readonly runs: number | null;
}

export const MEMORY_WORDS = catalogue('studyMemory', {
  /** "needs 1.9 GB of memory" @param amount with its unit */
  needs: (amount: string) => `needs ${amount} of memory`,
  /** How, where it does not fit as it is. */
  cut: ({ recomputed, images, runs }: CutWords) =>
    [
      recomputed > 0 && `${counted(recomputed, 'block')} checkpointed`,
      images !== null && `${counted(images, 'image')} at a time`,
      runs !== null && `${counted(runs, 'run')} at a time`,
    ]
      .filter(Boolean)
      .join(', '),
  /** @param uncut with its unit */
  instead: (cut: string, uncut: string) => `${cut}; all at once it would be ${uncut}`,
});
