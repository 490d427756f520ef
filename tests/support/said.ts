/** Sentences that are worded when they are shown, as they are now. */
import type { Said } from '../../src/core/language/catalogue.ts';

export const said = (sentences: readonly Said[]): string[] => sentences.map((say) => say());
