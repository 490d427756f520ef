/** Adapters that were fetched from a hub, as files that the readers of adapters open. */
import type { AdapterManifest } from '../../model/hub/adapters/adapter-manifest.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import { folderOf, type ModelShelf } from '../../model/hub/storage.ts';
import { SHARE_CHECKS } from '../words.ts';
import type { OpenedFile } from './find.ts';

/** The last folder of the name, which becomes the adapter's name when its files are opened. */
const shortName = (id: string): string => (splitModelId(id)?.name ?? id).split('/').at(-1) ?? id;

/**
 * The files of an adapter in a folder of its name below its id, which the adapter's provenance keeps.
 * @throws Error when a file is gone
 */
export const storedAdapterFiles = (storage: ModelShelf, { id, files }: AdapterManifest): Promise<OpenedFile[]> =>
  Promise.all(
    files.map(async ({ name }) => {
      const bytes = await storage.read(folderOf(id), name);
      if (!bytes) throw new Error(SHARE_CHECKS.adapterFileGone(name, id));
      return { path: `${id}/${shortName(id)}/${name}`, blob: new Blob([bytes]) };
    }),
  );
