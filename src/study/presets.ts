/** Ready-made studies, in the order in which they are offered; the first is the default. One more is one file in presets/ and one line here. */
import { full } from './presets/full.ts';
import { merge } from './presets/merge.ts';
import type { Preset } from './presets/preset.ts';
import { quick } from './presets/quick.ts';

export const PRESETS: readonly Preset[] = [quick, full, merge];
