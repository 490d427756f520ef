/** Why the browser keeps no files for the page. */
import { catalogue } from '../core/language/catalogue.ts';

export const ORIGIN_WORDS = catalogue('originFiles', {
  /** Beginnings of sentences, without a full stop. */
  insecure: 'This page is not served over https',
  blocked: 'This browser keeps no data for this page (site data is blocked, or the window is private)',
  unwritable: 'This browser writes no files for a page (Safari does from version 26)',
  /** Sentences. */
  busy: 'Another tab is writing this at the moment. Wait for it, or close that tab.',
  full: 'This device has no more room for this page.',
});
