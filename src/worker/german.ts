/** What the study worker says, in German: the texts of all layers whose code it runs. */
import { byArea } from '../core/language/by-area.ts';

export const WORKER_DE = byArea(
  Object.values(
    import.meta.glob(
      [
        '../{core,engine,worker}/*.de.ts',
        '../copra/**/*.de.ts',
        '../{data,model,platform,study}/**/*.de.ts',
        // Only the page explains settings and offers presets.
        '!../study/{config/settings/help,presets,presets/descriptions}/*.de.ts',
      ],
      { eager: true },
    ),
  ),
);
