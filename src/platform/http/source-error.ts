/** Errors of file sources; the messages say what to do. */
import { HTTP_WORDS, type SourceWords } from './words.ts';

/** A problem with the source of a file; the message says what to do. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError';
}

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
export const truncated = (url: string, words: SourceWords): string =>
  HTTP_WORDS.truncated(pathOf(url), hostOf(url), words);

/** Message for a permanent refusal; null if the status is fine or transient. */
export function refusal(status: number, url: string, words: SourceWords): string | null {
  const host = hostOf(url);
  switch (status) {
    case 204:
    case 205:
      return HTTP_WORDS.noContent(host, status, pathOf(url), words);
    case 401:
      return HTTP_WORDS.signIn(host, words);
    case 403:
      return HTTP_WORDS.forbidden(host, words);
    case 404:
      return HTTP_WORDS.noFile(host, pathOf(url), words);
    case 416:
      return truncated(url, words);
    default:
      return status >= 400 && status !== 408 && status !== 429 && status < 500
        ? HTTP_WORDS.refused(host, status, words)
        : null;
  }
}

/** The file was replaced after reading began. */
export const replaced = (url: string, words: SourceWords): SourceError =>
  new SourceError(HTTP_WORDS.replaced(pathOf(url), hostOf(url), words));
