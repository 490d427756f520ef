/** Models for the local hub: the project's own small ones under the names people would use. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface HubModel {
  readonly commit: string;
  readonly licence?: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** Every file of a folder below the project's root. */
export function folderModel(folder: string, licence?: string): HubModel {
  const root = path.resolve(import.meta.dirname, '../../..', folder);
  if (!existsSync(root)) throw new Error(`${folder} is missing.`);
  const files = readdirSync(root).map((name) => [name, new Uint8Array(readFileSync(path.join(root, name)))] as const);
  return { commit: COMMIT, licence, files: Object.fromEntries(files) };
}
