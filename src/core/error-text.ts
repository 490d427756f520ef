import { CODE_WORDS, MEMORY_WORDS } from './messages.ts';
import { printable } from './one-line.ts';
import { shortened } from './shortened.ts';

/** What browsers throw that find no memory: Chromium and Safari a RangeError, Firefox a text. */
const NO_MEMORY = /allocation failed|allocate memory|out of memory/i;

/** What browsers, in this order Chromium and Firefox, Safari, and the loader of style sheets say of code that they cannot fetch. */
const NO_CODE = /dynamically imported module|^Importing a module script|^Unable to preload/;

/** Code that is loaded when it is first used does not come, which browsers say nothing of. */
export class CodeMissing extends Error {}

/** Whether code could not be fetched that is loaded when it is first used. */
export const isCodeMissing = (thrown: unknown): boolean =>
  thrown instanceof CodeMissing || (thrown instanceof Error && NO_CODE.test(thrown.message));

/** An error without a message, as graphics drivers throw them, has a name at least. */
const plain = (thrown: unknown): string => (thrown instanceof Error ? thrown.message || thrown.name : String(thrown));

function withAdvice(thrown: unknown): string {
  if (isCodeMissing(thrown)) return CODE_WORDS.missing;
  const message = plain(thrown);
  const isMemory = (thrown instanceof RangeError || typeof thrown === 'string') && NO_MEMORY.test(message);
  return isMemory ? MEMORY_WORDS.none(message) : message;
}

const shownText = (message: string): string => printable(shortened(message));

/** The message of a thrown value, for people: no longer than a message is read, and nothing that steers a terminal, whatever was quoted in it. What browsers say of memory and of code that is missing gets what to do. */
export const errorText = (thrown: unknown): string => shownText(withAdvice(thrown));

/** The message as a part of another sentence: without its full stop. */
export const reasonText = (thrown: unknown): string => shownText(plain(thrown)).replace(/\.$/, '');

/** A thrown value as an error: libraries throw strings too. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
