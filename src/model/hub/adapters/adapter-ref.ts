/** Parses the name of a published adapter as people write it into the location of its files. */
import { decodedPath, parseModelRef, splitModelId, type ModelRef } from '../model-id.ts';

export interface AdapterRef {
  /** The repository of a hub, or the folder on any server. */
  readonly ref: ModelRef;
  /** A folder of the repository, without slashes at its ends; '' means every folder that holds an adapter. Always '' for a server. */
  readonly folder: string;
}

const trimmedPath = (path: string): string => path.replace(/^\/+|\/+$/g, '');

/** "…/owner/name/tree/main/a/b" → "a/b"; the file names of an adapter at its end are left out. */
function folderOfAddress(address: string): string {
  const [, path = ''] = /\/(?:tree|blob|resolve)\/(?:refs\/(?:pr|heads|tags)\/[^/]+|[^/]+)\/(.+)$/.exec(address) ?? [];
  return trimmedPath(decodedPath(path).replace(/[^/]+\.(json|safetensors)$/, ''));
}

/**
 * Reads "owner/name", "owner/name@revision", either with folders behind the name ("owner/name/task-1@revision"), the address of a repository or of one
 * of its folders, or of a folder on any server.
 * @param hub address of the model hub
 * @throws ModelSourceError when it is none of these
 */
export function parseAdapterRef(text: string, hub: string): AdapterRef {
  const trimmed = text.trim();
  if (/^https?:\/\//i.test(trimmed)) {
    const ref = parseModelRef(trimmed, hub);
    return { ref, folder: ref.kind === 'hub' ? folderOfAddress(new URL(trimmed).pathname) : '' };
  }
  const [, repo, folder, revision] = /^([^/@\s]+\/[^/@\s]+)((?:\/[^@]*)?)(@.*)?$/.exec(trimmed) ?? [
    trimmed,
    trimmed,
    '',
    '',
  ];
  // The id of an adapter from a server, "host/folder@SHA-256", is an address without its scheme.
  const ref = parseModelRef(folder === '' || isServerId(trimmed) ? trimmed : `${repo}${revision ?? ''}`, hub);
  return { ref, folder: ref.kind === 'hub' ? trimmedPath(folder) : '' };
}

const isServerId = (text: string): boolean => /^[0-9a-f]{64}$/.test(splitModelId(text)?.revision ?? '');

/** The names that people separate by spaces, commas, semicolons or lines. */
export const adapterNames = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((name) => name !== '')),
];
