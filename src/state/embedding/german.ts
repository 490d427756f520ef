/** What the worker of points says, in German. */
import { byArea } from '../../core/language/by-area.ts';

export const EMBEDDING_WORKER_DE = byArea(Object.values(import.meta.glob('../../core/*.de.ts', { eager: true })));
