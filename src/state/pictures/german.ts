/** What the worker of test pictures says, in German. */
import { byArea } from '../../core/language/by-area.ts';

export const PICTURES_WORKER_DE = byArea(
  Object.values(
    import.meta.glob(['../../{core,data}/**/*.de.ts', '../../platform/page-file-words.de.ts'], { eager: true }),
  ),
);
