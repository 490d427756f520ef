import { nearest } from '../src/share/config/nearest-word.ts';

/** What an option names, of what it can be. @throws Error when it is none of these, with the one that may be meant */
export function choiceOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  const meant = nearest(text, choices);
  throw new Error(
    `--${option} is one of ${choices.join(', ')}, not "${text}".${meant === null ? '' : ` "${meant}" may be meant.`}`,
  );
}
