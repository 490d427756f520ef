/** The page in German. */
import { byArea } from '../core/language/by-area.ts';

export const DE = byArea(Object.values(import.meta.glob('../**/*.de.ts', { eager: true })));
