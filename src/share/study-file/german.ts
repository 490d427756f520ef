/** What the study file worker says, in German: the texts of all layers whose code it runs. */
import { byArea } from '../../core/language/by-area.ts';

export const STUDY_FILE_DE = byArea(
  Object.values(
    import.meta.glob(
      [
        '../../core/*.de.ts',
        '../../copra/**/*.de.ts',
        '../../platform/issue-words.de.ts',
        '../../{data,model,study}/**/*.de.ts',
        // Only the page explains settings and offers presets.
        '!../../study/{config/settings/help,presets}/*.de.ts',
        '../*.de.ts',
        '../config/*.de.ts',
      ],
      { eager: true },
    ),
  ),
);
