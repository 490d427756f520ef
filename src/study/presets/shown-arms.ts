/**
 * Arms as people read them: those of ready-made studies are called in the language of the page. Results, links and files have the names that are in data, which
 * are the English ones: what is written or compared is read `inEnglish`.
 */
import type { StudyConfig } from '../config/config.ts';
import type { StudyResult } from '../result/result.ts';
import { PRESET_WORDS } from './messages.ts';

const copies = new WeakMap<object, object>();

/** The copy of an object, which is made once. */
function copyOf<T extends object>(of: T, make: () => T): T {
  const copy = (copies.get(of) as T | undefined) ?? make();
  copies.set(of, copy);
  return copy;
}

/** The same settings, of which each arm is called in the language that is spoken when its name is read. */
export const withShownArms = (config: StudyConfig): StudyConfig =>
  copyOf(config, () => ({
    ...config,
    arms: config.arms.map((arm) => ({
      ...arm,
      get name() {
        return PRESET_WORDS.arm(arm);
      },
    })),
  }));

/** The result whose settings these are. */
export const ofShownArms = (result: StudyResult): StudyResult =>
  copyOf(result, () => ({ ...result, config: withShownArms(result.config) }));
