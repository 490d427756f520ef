import { nearest } from '../src/share/config/nearest-word.ts';
import { UsageError } from './options.mjs';

/** What an option names, of what it can be. @throws UsageError when it is none of these, with the one that may be meant */
export function choiceOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  const meant = nearest(text, choices);
  throw new UsageError(
    `--${option} is one of ${choices.join(', ')}, not "${text}".${meant === null ? '' : ` "${meant}" may be meant.`}`,
  );
}
