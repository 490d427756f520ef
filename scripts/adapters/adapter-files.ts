/** Files on disk among which adapters may be. */
import { openAsBlob } from 'node:fs';
import type { OpenedFile } from '../../src/share/adapter/find.ts';
import { placesOnDisk } from '../data/files-on-disk.ts';

/**
 * The files of the given places, by the names that the page knows them by.
 * @throws Error naming a path that does not exist
 */
export async function adapterFiles(given: readonly string[]): Promise<OpenedFile[]> {
  const places = await placesOnDisk(given);
  return Promise.all(
    places
      .filter(({ isFolder }) => !isFolder)
      .map(async ({ path, onDisk }) => ({ path, blob: await openAsBlob(onDisk) })),
  );
}
