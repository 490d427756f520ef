/** The words of controls: what they add to the names that they are given. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CONTROL_WORDS = catalogue('controls', {
  /** @param topic that is explained */
  about: (topic: string) => `About ${topic}`,
  /** @param value in words */
  default: (value: string) => `Default: ${value}`,
  /** @param label of a setting @param value its default, in words */
  reset: (label: string, value: string) => `Reset ${label} to ${value}`,
});
