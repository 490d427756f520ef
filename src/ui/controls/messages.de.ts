/** The words of controls in German. */
import type { CONTROL_WORDS } from './messages.ts';

export const controls: typeof CONTROL_WORDS = {
  about: (topic) => `Erklärung: ${topic}`,
  default: (value) => `Standard: ${value}`,
  reset: (label, value) => `${label} zurücksetzen auf ${value}`,
};
