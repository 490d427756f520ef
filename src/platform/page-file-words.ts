/** Why a file that comes with the page is not there. */
import { catalogue } from '../core/language/catalogue.ts';

export const PAGE_FILE_WORDS = catalogue('pageFile', {
  /** @param file path relative to the page */
  unreachable: (file: string) =>
    `${file}, a file of this page, could not be fetched: there is no connection to the page’s server. Try again when there is one.`,
  refused: (file: string, status: number) =>
    `${file}, a file of this page, could not be fetched: the page’s server answered ${status}. Try again later.`,
  damaged: (file: string) =>
    `${file}, a file of this page, came damaged or cut off, or is of another version of the page. Load the page anew.`,
  missing: (file: string) =>
    `${file}, a file of this page, is not on the page’s server: that may have a newer version by now, or this network asks you to log in first. Load the page anew.`,
});
