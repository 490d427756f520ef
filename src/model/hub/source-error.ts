/** Errors of file sources; the messages say what to do. */

/** A problem with the source of a file; the message says what to do. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError';
}

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
}

export const MODEL_WORDS: SourceWords = {
  thing: 'model',
  instead: 'drop its folder here',
  check: 'Check the name and the revision.',
  damaged: 'Choose another revision or model.',
  later: 'What has arrived is kept: try again to go on from there, or drop the folder of the model here.',
  again: 'Get it again.',
};

export const ADAPTER_WORDS: SourceWords = {
  thing: 'adapter',
  instead: 'open its folder here',
  check: 'Check the name and the revision.',
  damaged: 'Choose another revision or adapter.',
  later: 'What has arrived is kept: try again to go on from there, or open the folder of the adapter here.',
  again: 'Open it again.',
};

/** A status that a retry cannot change. */
export class HttpRefusal extends SourceError {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const hostOf = (url: string): string => new URL(url).host;

const pathOf = (url: string): string => {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname; // a lone "%" is allowed in an address
  }
};

/** A file ends before its own header says. */
export const truncated = (url: string, { damaged }: SourceWords): string =>
  `${pathOf(url)} on ${hostOf(url)} is shorter than its header says: the file is damaged at its source. ${damaged}`;

/** Message for a permanent refusal; null if the status is fine or transient. */
export function refusal(status: number, url: string, words: SourceWords): string | null {
  const host = hostOf(url);
  const { thing, instead, check } = words;
  switch (status) {
    case 401:
      return `${host} asks for a sign-in (401): the ${thing} is private or gated, or its name is misspelt. No credentials are sent; download the ${thing} with your account and ${instead}.`;
    case 403:
      return `${host} forbids access (403): the ${thing} is gated or its host allows no downloads from here. Download it with your account and ${instead}.`;
    case 404:
      return `There is no such file on ${host} (404): ${pathOf(url)}. ${check}`;
    case 416:
      return truncated(url, words);
    default:
      return status >= 400 && status !== 408 && status !== 429 && status < 500
        ? `${host} refuses the request (${status}). Download the ${thing} yourself and ${instead}.`
        : null;
  }
}

/** The file was replaced after reading began. */
export const replaced = (url: string, { again }: SourceWords): SourceError =>
  new SourceError(`${pathOf(url)} on ${hostOf(url)} changed while it was read. ${again}`);
