/** What people read when a model or an adapter is named or kept: the part of the hub's words that the page starts with. */
import { catalogue } from '../../core/language/catalogue.ts';

const EXAMPLE =
  'Write owner/name (for example WinKawaks/vit-tiny-patch16-224), with @revision if you like, or an https address.';

export const HUB_REF_WORDS = catalogue('modelRefs', {
  noName: (repo: string) => `“${repo}” is not the name of a model. ${EXAMPLE}`,
  noRevision: (revision: string) => `“${revision}” is not a revision: use a branch, a tag or a commit.`,
  noAddress: (text: string) => `“${text}” is not an address. ${EXAMPLE}`,
  brokenPath: (path: string) =>
    `“${path}” holds a % with no character’s number behind it: the address was cut off or changed. Copy it again, or write owner/name.`,
  /** @param why the beginning of a sentence */
  noStorage: (what: 'models' | 'adapters', why: string) => `${why}, so ${what} cannot be kept.`,
  modelWorkerStopped: 'The model could not be fetched: its worker stopped. Reload the page and try again.',
  adapterWorkerStopped: 'The adapter could not be fetched: its worker stopped. Reload the page and try again.',
});
