/** What ready-made studies and maps are called and run, and the words for how long that takes (preset-time.ts). */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import type { ArmConfig } from '../config/config.ts';

export const PRESET_WORDS = catalogue('presets', {
  /** @param name of a study or map in files and documents */
  called: (name: string): string => name,
  /** What an arm of a ready-made study is called. @param arm its id, and its name in data: one that somebody wrote stays */
  arm: ({ name }: Pick<ArmConfig, 'id' | 'name'>): string => name,
  /** The name of a search for a schedule. */
  search: (regime: string) => `Schedule search: ${regime}`,
  groups: {
    comparison: 'Start here: LoRA against CopRA',
    figure: 'One question of the papers each',
    behind: 'Why it is so',
  },
  /** As long as its saved result took. */
  took: (time: string, threads: number) => `It took ${time} on ${counted(threads, 'processor core')}.`,
  /** Where nothing was measured. */
  mayTake: (time: string, threads: number) =>
    `Without a saved result: it takes about ${time} on ${counted(threads, 'processor core')}.`,
  minutes: (count: number) => counted(count, 'minute'),
  hours: (count: number) => counted(count, 'hour'),
});
