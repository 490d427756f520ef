/** Which addresses the page may load from. */
import { parsedUrl } from './parsed-url.ts';
import { SourceError } from './source-error.ts';
import { HTTP_WORDS } from './words.ts';

/** This machine, with or without a port: pages may load over http from it too. */
export const isThisMachine = (host: string): boolean => /^(localhost|127\.0\.0\.1)(:|$)/.test(host);

/** Null in Node. */
const ownOrigin = (): string | null => (globalThis as { readonly location?: Location }).location?.origin ?? null;

/**
 * Whether the page may load from an address: over https, from this machine, or from where the page itself comes from. Its own policy refuses others (connect-src in vite.config.ts), and so does a browser on an
 * https page. Node may load from any.
 */
export function pageMayLoad(address: string, own: string | null = ownOrigin()): boolean {
  const url = parsedUrl(address);
  return (
    url?.protocol === 'https:' || (url?.protocol === 'http:' && (isThisMachine(url.hostname) || url.origin === own))
  );
}

/** What a reader of the page writes for a file or a repository. @throws SourceError for an address that the page may not load from */
export function writtenOnPage(text: string): string {
  const url = parsedUrl(text.trim());
  if (url?.protocol === 'http:' && !pageMayLoad(url.href)) throw new SourceError(HTTP_WORDS.plainHttp(url.host));
  return text;
}
