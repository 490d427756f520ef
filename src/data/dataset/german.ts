/** What the dataset worker says, in German: it fetches files with the code of the platform, and prepares images with that of models. */
import { byArea } from '../../core/language/by-area.ts';

export const DATASET_WORKER_DE = byArea(
  Object.values(import.meta.glob('../../{core,data,model,platform}/**/*.de.ts', { eager: true })),
);
