/** Numbers that are given as options of commands. */
import { UsageError } from './options.mjs';

/** NaN for what is no number: a blank is none, and no zero. */
export const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

/** @throws UsageError when the text of an option is no whole number of at least `least` */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = numberOf(text);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`--${option} takes a whole number of at least ${least}, not "${text}".`);
  return value;
}

/** The threads that --threads asks for; absent: as many as the device takes by itself. @throws UsageError when it is no number of threads */
export const threadsOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : wholeNumber('threads', text, 1);
