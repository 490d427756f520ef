/** What people read when a file is fetched over HTTP. */
import { catalogue } from '../../core/language/catalogue.ts';

/** Words for the fetched thing in messages. */
export interface SourceWords {
  /** "model" */
  readonly thing: string;
  /** What to do with the files once they are here: "drop its folder here". */
  readonly instead: string;
  /** What to check when there is no such file. */
  readonly check: string;
  /** What to do when the file is damaged at its source. */
  readonly damaged: string;
  /** What to do after all retries failed. */
  readonly later: string;
  /** What to do when the file is replaced while it is read. */
  readonly again: string;
  /** Why a server may not be reached from a terminal, a sentence; absent: from a page. */
  readonly offline?: string;
}

export const HTTP_WORDS = catalogue('http', {
  plainHttp: (host: string) =>
    `${host} is asked for over http. The page loads over https, and over http from this machine alone: write https:// if the server has it, or drop the files here.`,

  truncated: (path: string, host: string, { damaged }: SourceWords) =>
    `${path} on ${host} is shorter than its header says: the file is damaged at its source. ${damaged}`,
  signIn: (host: string, { thing, instead }: SourceWords) =>
    `${host} asks for a sign-in (401): the ${thing} is private or gated, or its name is misspelt. No credentials are sent; download the ${thing} with your account and ${instead}.`,
  forbidden: (host: string, { thing, instead }: SourceWords) =>
    `${host} forbids access (403): the ${thing} is gated or its host allows no downloads from here. Download it with your account and ${instead}.`,
  noFile: (host: string, path: string, { check }: SourceWords) =>
    `There is no such file on ${host} (404): ${path}. ${check}`,
  noContent: (host: string, status: number, path: string, { check }: SourceWords) =>
    `${host} answers without a file (${status}): ${path}. ${check}`,
  refused: (host: string, status: number, { thing, instead }: SourceWords) =>
    `${host} refuses the request (${status}). Download the ${thing} yourself and ${instead}.`,
  replaced: (path: string, host: string, { again }: SourceWords) =>
    `${path} on ${host} changed while it was read. ${again}`,
  tooLarge: (url: string, limit: number, { thing }: SourceWords) =>
    `${url} is larger than ${limit} bytes, which no such file of a ${thing} is.`,
  noParts: (host: string, { thing, instead }: SourceWords) =>
    `${host} stopped giving the file in parts. Download the ${thing} and ${instead}.`,

  /** Reasons to try again, without a full stop. */
  cut: (host: string) => `The connection to ${host} was cut`,
  noAnswer: (host: string) => `${host} does not answer`,
  noReach: (host: string) => `${host} cannot be reached`,
  tooMany: (host: string) => `${host} allows no more requests for now (429)`,
  fault: (host: string, status: number) => `${host} has a fault (${status})`,
  silent: (host: string) => `${host} sends nothing any more`,
  tryingAgain: (reason: string, seconds: number) => `${reason}; trying again in ${seconds} s`,
  /** @param minutes for which the server asks to wait; null if it does not */
  givenUp: (reason: string, minutes: number | null, { later }: SourceWords) =>
    `${reason}.${minutes === null ? '' : ` It asks to wait ${minutes} minutes.`} ${later}`,
  unreached: (reason: string, host: string, { later, offline }: SourceWords) =>
    `${reason}. ${offline ?? `You may be offline, or the server ${host}, or one that it leads to, allows no other pages to read its files (CORS).`} ${later}`,
});
