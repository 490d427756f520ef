/** Writes files to a repository of a model hub, under the reader's own token. */
import { commitIter, createRepo, HubApiError } from '@huggingface/hub';
import { withHeadOf } from '../adapter/card-head.ts';
import { SHARE_CHECKS } from '../words.ts';

export interface Publication {
  /** Address of the hub, without a slash at its end. */
  readonly hub: string;
  /** Used for this publication alone: it is neither stored nor sent anywhere but to the hub. */
  readonly token: string;
  /** owner/name; made if there is none yet. */
  readonly repo: string;
  /** Whether a repository that is made now is private. */
  readonly isPrivate: boolean;
  /** Of the commit. */
  readonly title: string;
  /** File name → bytes. Files of the same name are replaced; others in the repository stay. */
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

export interface Published {
  readonly repo: string;
  readonly commit: string;
  /** Address of the repository at this commit. */
  readonly address: string;
}

/** A publication that failed; the message says what to do. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

const REPOSITORY = /^[\w][\w.-]{0,95}\/[\w][\w.-]{0,95}$/;

/** @throws PublishError when the name or the token cannot be one */
export function checkPublication({ token, repo }: Pick<Publication, 'token' | 'repo'>): void {
  if (!REPOSITORY.test(repo)) throw new PublishError(SHARE_CHECKS.noRepository(repo));
  if (!/^hf_\w+$/.test(token)) throw new PublishError(SHARE_CHECKS.noToken);
}

const hasStatus = (error: unknown, ...codes: readonly number[]): boolean =>
  error instanceof HubApiError && codes.includes(error.statusCode);

/** What a refusal means and what to do about it. */
function explained(error: unknown, { hub, repo }: Publication): Error {
  const host = new URL(hub).host;
  if (!(error instanceof HubApiError))
    return new PublishError(SHARE_CHECKS.noReach(host, error instanceof Error ? error.message : String(error)));
  switch (error.statusCode) {
    case 401:
      return new PublishError(SHARE_CHECKS.tokenRefused(host));
    case 403:
      return new PublishError(SHARE_CHECKS.mayNotWrite(host, repo));
    case 404:
      return new PublishError(SHARE_CHECKS.notSeen(host, repo));
    case 412:
      return new PublishError(SHARE_CHECKS.changedMeanwhile(repo));
    case 429:
      return new PublishError(SHARE_CHECKS.tooMany(host));
    default:
      return new PublishError(SHARE_CHECKS.refused(host, error.statusCode, error.message));
  }
}

/** A fetch that sends the token to the hub alone, and tells nobody which page it comes from. */
function guardedFetch({ hub, token }: Publication, signal: AbortSignal): typeof fetch {
  const { origin } = new URL(hub);
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const sent = new Headers(init.headers).get('Authorization') ?? '';
    if (sent.includes(token) && url.origin !== origin)
      return Promise.reject(new Error(`the token is not sent to ${url.host}`));
    return fetch(input, { ...init, signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  };
}

const CARD = 'README.md';

/** The card of the repository; null if it has none. */
async function cardOf({ hub, token, repo }: Publication, request: typeof fetch): Promise<string | null> {
  const address = `${hub}/${repo}/resolve/main/${CARD}`;
  const response = await request(address, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' });
  if (response.ok) return response.text();
  // Whoever may not read here is told by the commit what they may not.
  if ([401, 403, 404].includes(response.status)) return null;
  throw new HubApiError(address, response.status);
}

/** The files, with what the head of the card says that they replace: hubs keep the licence there. */
async function withOldHead(publication: Publication, request: typeof fetch): Promise<Publication['files']> {
  const { files } = publication;
  const before = Object.hasOwn(files, CARD) ? await cardOf(publication, request) : null;
  if (before === null) return files;
  const card = withHeadOf(new TextDecoder().decode(files[CARD]), before);
  return { ...files, [CARD]: new TextEncoder().encode(card) };
}

/**
 * Makes the repository if there is none, and writes the files in one commit: all of them, or none. A card that is replaced leaves its head.
 * @param onProgress receives the file and its share that is sent, 0 to 1
 * @throws PublishError with what to do; the signal's reason when aborted
 */
export async function publish(
  publication: Publication,
  onProgress: (file: string, share: number) => void,
  signal: AbortSignal,
): Promise<Published> {
  checkPublication(publication);
  const { hub, token, repo, isPrivate, title } = publication;
  const request = guardedFetch(publication, signal);
  const access = { hubUrl: hub, accessToken: token, fetch: request };
  let refusal: unknown = null;
  let isNew = true;
  try {
    await createRepo({
      ...access,
      repo: { type: 'model', name: repo },
      visibility: isPrivate ? 'private' : 'public',
    }).catch((error: unknown) => {
      isNew = false;
      // A token that makes no repositories may write to this one, if it is there.
      if (hasStatus(error, 403)) refusal = error;
      // It is there already.
      else if (!hasStatus(error, 409)) throw error;
    });
    const files = isNew ? publication.files : await withOldHead(publication, request);
    const operations = Object.entries(files).map(([path, bytes]) => ({
      operation: 'addOrUpdate' as const,
      path,
      content: new Blob([bytes]),
    }));
    const commit = commitIter({
      ...access,
      repo: { type: 'model', name: repo },
      title,
      operations,
      abortSignal: signal,
    });
    for (;;) {
      const { done, value } = await commit.next();
      if (done) {
        if (!value) throw new Error('the hub names no commit');
        return { repo, commit: value.commit.oid, address: `${hub}/${repo}/tree/${value.commit.oid}` };
      }
      if (value.event === 'fileProgress' && value.state === 'uploading') onProgress(value.path, value.progress);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw explained(refusal !== null && hasStatus(error, 403, 404) ? refusal : error, publication);
  }
}
