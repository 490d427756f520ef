/** Parses a model name as people write it into the location of its files. */
import { isThisMachine } from '../../platform/http/page-addresses.ts';
import { parsedUrl } from '../../platform/http/parsed-url.ts';
import { SourceError } from '../../platform/http/source-error.ts';
import { HUB_REF_WORDS } from './ref-words.ts';

export const DEFAULT_HUB = 'https://huggingface.co';

/** A model that cannot be fetched; the message says what is wrong and what to do. */
export class ModelSourceError extends SourceError {
  override readonly name = 'ModelSourceError';
}

export type ModelRef =
  /** A repository of a model hub. */
  | { readonly kind: 'hub'; readonly hub: string; readonly repo: string; readonly revision: string }
  /** A folder on any server. */
  | {
      readonly kind: 'url';
      readonly folder: string;
      /** Expected content digest (sha256.ts); null accepts any. */
      readonly digest: string | null;
    };

const NAME = /^[\w][\w.-]{0,95}\/[\w][\w.-]{0,95}$/;
const COMMIT = /^[0-9a-f]{40}$/;

export const isCommit = (revision: string): boolean => COMMIT.test(revision);

function hubRef(hub: string, repo: string, revision: string): ModelRef {
  if (!NAME.test(repo)) throw new ModelSourceError(HUB_REF_WORDS.noName(repo));
  if (revision === '' || /[\s\\?#]|\.\./.test(revision)) throw new ModelSourceError(HUB_REF_WORDS.noRevision(revision));
  return { kind: 'hub', hub, repo, revision };
}

/** @throws ModelSourceError for a "%" that begins no character, as when an address was cut off. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ModelSourceError(HUB_REF_WORDS.brokenPath(path));
  }
}

function addressRef(text: string, hub: string): ModelRef {
  const url = parsedUrl(text);
  if (!url) throw new ModelSourceError(HUB_REF_WORDS.noAddress(text));
  const origin = new URL(hub);
  if (url.origin === origin.origin && url.pathname.startsWith(origin.pathname.replace(/\/$/, ''))) {
    const path = decodedPath(url.pathname.slice(origin.pathname.replace(/\/$/, '').length));
    const match =
      /^\/([^/]+\/[^/]+?)(?:\/(?:tree|blob|resolve)\/(refs\/(?:pr|heads|tags)\/[^/]+|[^/]+)(?:\/.*)?)?\/?$/.exec(path);
    if (match) return hubRef(hub, match[1], match[2] ?? 'main');
  }
  const [, path, digest = null] = /^(.*?)(?:@([0-9a-f]{64}))?$/.exec(url.pathname) ?? [];
  // The address of a file in the folder counts as the folder.
  const folder = `${url.origin}${path.replace(/[^/]+\.(json|safetensors)$/, '').replace(/\/*$/, '/')}`;
  return { kind: 'url', folder, digest };
}

/** "example.org/a/b@SHA-256", as studies and links name a model of any server → its address; null for anything else. */
export function addressOfId(text: string): string | null {
  const { name, revision } = splitModelId(text) ?? { name: '', revision: '' };
  const [host] = name.split('/');
  if (!isContentDigest(revision) || !/[.:]/.test(host)) return null;
  return `${isThisMachine(host) ? 'http' : 'https'}://${text}`;
}

/**
 * Reads "owner/name", "owner/name@revision", the address of a repository of the hub, or of any folder with the files of a model, which
 * "@" and their SHA-256 may follow. With these, "https://" may be missing: so a study names it.
 * @param hub address of the model hub. @throws ModelSourceError when it is none of these.
 */
export function parseModelRef(text: string, hub: string = DEFAULT_HUB): ModelRef {
  const trimmed = text.trim();
  const base = hub.replace(/\/+$/, '');
  const address = /^https?:\/\//i.test(trimmed) ? trimmed : addressOfId(trimmed);
  if (address !== null) return addressRef(address, base);
  const at = trimmed.indexOf('@');
  return at < 0 ? hubRef(base, trimmed, 'main') : hubRef(base, trimmed.slice(0, at), trimmed.slice(at + 1));
}

/** Address of a file of a repository. A revision may contain slashes (refs/pr/3), which the hub requires to be encoded. */
export function fileAddress(ref: ModelRef, file: string): string {
  return ref.kind === 'url'
    ? new URL(file, ref.folder).href
    : `${ref.hub}/${ref.repo}/resolve/${encodeURIComponent(ref.revision)}/${file}`;
}

/** For people: where the files come from. */
export const describeRef = (ref: ModelRef): string => (ref.kind === 'hub' ? ref.repo : ref.folder);

/** As ids name it: "https://example.org/a/b/" → "example.org/a/b" */
export const nameOfRef = (ref: ModelRef): string =>
  describeRef(ref)
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');

/** Whether a revision is the SHA-256 of a model's files: of any server, or of a folder. */
export const isContentDigest = (revision: string): boolean => /^[0-9a-f]{64}$/.test(revision);

/** Whether a name without revision is owner/name of a hub, as a dropped folder's is not. */
export const isHubName = (name: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(name) && !name.startsWith('local/');

export interface InstalledName {
  /** Without the revision: "owner/name", "host/folder" or "local/folder". */
  readonly name: string;
  /** A commit, or the SHA-256 of the files. */
  readonly revision: string;
}

/** "owner/name@revision" → its parts; null for the id of a bundled backbone. */
export function splitModelId(id: string): InstalledName | null {
  const at = id.lastIndexOf('@');
  return at > 0 ? { name: id.slice(0, at), revision: id.slice(at + 1) } : null;
}
