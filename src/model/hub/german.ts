/** What the workers of models and adapters say, in German: they fetch and keep files with the code of the platform. */
import { byArea } from '../../core/language/by-area.ts';

export const HUB_WORKER_DE = byArea(
  Object.values(import.meta.glob('../../{core,model,platform}/**/*.de.ts', { eager: true })),
);
