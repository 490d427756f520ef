/** Adapters by their names on a hub, fetched once and kept, as files that the readers of adapters open. */
import { existsSync } from 'node:fs';
import { publishedBaseOf } from '../src/model/hub/adapters/adapter-manifest.ts';
import { fetchAdapters } from '../src/model/hub/adapters/fetch-adapters.ts';
import { diskStorage } from '../src/model/hub/storage-node.ts';
import type { OpenedFile } from '../src/share/adapter/find.ts';
import { storedAdapterFiles } from '../src/share/adapter/stored-adapters.ts';
import { requestOf } from '../src/state/models/curated-backbones.ts';
import { ADAPTER_WORDS } from '../src/model/hub/words.ts';
import { IN_TERMINAL, lookOnHub } from './hub-names.ts';
import { fetchedFolder, withTransferBar } from './hub-transfer.ts';

const WORDS = {
  ...ADAPTER_WORDS,
  ...IN_TERMINAL,
  instead: 'name its folder',
  later: 'Try again later, or download the adapter and name its folder.',
};

/** Whether a name is no file or folder here, but owner/name or an address. */
export const isOnHub = (name: string): boolean =>
  !existsSync(name) && (/^https?:\/\//i.test(name) || /^\w[\w.-]*\/\w[\w.-]*/.test(name));

export interface HubAdapterFiles {
  readonly files: readonly OpenedFile[];
  /** What to fetch for the backbones of a hub that the adapters name, each once. */
  readonly backbones: readonly string[];
}

/** @throws Error with what is wrong and what to do */
export async function hubAdapterFiles(names: readonly string[]): Promise<HubAdapterFiles> {
  const storage = diskStorage(fetchedFolder('adapters'));
  const files: OpenedFile[] = [];
  const backbones = new Set<string>();
  for (const text of names) {
    lookOnHub(text);
    const fetched = await withTransferBar(text, (options) =>
      fetchAdapters(text, storage, { ...options, words: WORDS }),
    );
    for (const manifest of fetched) {
      const base = publishedBaseOf(manifest);
      if (base) backbones.add(requestOf(base));
      files.push(...(await storedAdapterFiles(storage, manifest)));
    }
  }
  return { files, backbones: [...backbones] };
}
