import { printable } from './one-line.ts';
import { shortened } from './shortened.ts';

/** The message of a thrown value, for people: no longer than a message is read, and nothing that steers a terminal, whatever was quoted in it. */
export const errorText = (thrown: unknown): string =>
  printable(shortened(thrown instanceof Error ? thrown.message : String(thrown)));

/** The message as a part of another sentence: without its full stop. */
export const reasonText = (thrown: unknown): string => errorText(thrown).replace(/\.$/, '');

/** A thrown value as an error: libraries throw strings too. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
