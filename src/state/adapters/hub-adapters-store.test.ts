import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import { said, speak, speakEnglish } from '../../core/language/catalogue.ts';
import type { AdapterManifest } from '../../model/hub/adapters/adapter-manifest.ts';
import { folderOf, type ModelShelf } from '../../model/hub/storage.ts';
import type { TabNews } from '../../platform/tab-news.ts';
import { neighbours } from '../../platform/test-tab-news.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import { createHubAdaptersStore, type HubAdaptersStore } from './hub-adapters-store.ts';
import { adapterState } from './messages.de.ts';

const COMMIT = '0'.repeat(40);
const manifest = (name: string, baseModel: string | null, baseRevision: string | null = null): AdapterManifest => ({
  version: 1,
  id: `${name}@${COMMIT}`,
  source: `https://hub.example/${name}`,
  licence: null,
  baseModel,
  baseRevision,
  files: [{ name: 'adapter_config.json', bytes: 2, sha256: 'a'.repeat(64), confirmed: false }],
});

/** A shelf that holds what was put on it. */
function shelf() {
  const kept = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  const encode = (text: string) => new TextEncoder().encode(text);
  const storage: ModelShelf = {
    folders: () => Promise.resolve([...kept.keys()]),
    files: (folder) =>
      Promise.resolve([...(kept.get(folder) ?? [])].map(([name, { length }]) => ({ name, bytes: length }))),
    read: (folder, file) => Promise.resolve(kept.get(folder)?.get(file)?.slice().buffer ?? null),
    remove: (folder) => Promise.resolve(void kept.delete(folder)),
    use: () => Promise.resolve({ used: 0, free: null }),
  };
  const put = (adapter: AdapterManifest): void => {
    const files = { 'adapter_config.json': '{}', 'copra-adapter.json': JSON.stringify(adapter) };
    kept.set(folderOf(adapter.id), new Map(Object.entries(files).map(([name, text]) => [name, encode(text)])));
  };
  /** As a page that is closed while it fetches. */
  const leave = (id: string): void => void kept.set(folderOf(id), new Map([['adapter_config.json', encode('{}')]]));
  return { storage, put, leave };
}

describe('published adapters', () => {
  const published: Record<string, AdapterManifest> = {
    'a/one': manifest('a/one', 'someone/clip'),
    'a/two': manifest('a/two', 'someone/clip'),
    'a/other': manifest('a/other', 'openai/clip'),
    'a/pinned': manifest('a/pinned', 'openai/clip', 'b'.repeat(40)),
    'a/branch': manifest('a/branch', 'someone/clip', 'refs/pr/3'),
    'a/moved': manifest('a/moved', 'someone/clip', 'b'.repeat(40)),
    'a/large': manifest('a/large', 'openai/clip-vit-base-patch32'),
    'a/main': manifest('a/main', 'openai/clip-vit-base-patch32', 'main'),
    'a/silent': manifest('a/silent', null),
    'a/local': manifest('a/local', '/home/me/models/clip'),
    'a/dropped': manifest('a/dropped', 'local/clip'),
  };
  let opened: OpenedFile[];
  let backbone: string;
  let store: HubAdaptersStore;
  let fetchable: boolean;
  let isCancelled: boolean;
  /** The backbone that the study got while another one was fetched. */
  let meanwhile: string | null;
  let requests: string[];
  let leave: (id: string) => void;
  let files: ReturnType<typeof shelf>;
  /** Another tab of the page. */
  let other: TabNews;
  beforeEach(() => {
    files = shelf();
    const { storage, put } = files;
    ({ leave } = files);
    const [here, there] = neighbours();
    other = there;
    opened = [];
    backbone = `someone/clip@${COMMIT}`;
    fetchable = true;
    isCancelled = false;
    meanwhile = null;
    requests = [];
    store = createHubAdaptersStore({
      hub: () => 'https://hub.example',
      backbone: () => backbone,
      getBackbone: (request) => {
        requests.push(request);
        if (isCancelled) return Promise.resolve('cancelled');
        if (!fetchable) return Promise.resolve(null);
        const id = `${request.split('@')[0]}@${COMMIT}`;
        backbone = meanwhile ?? id;
        return Promise.resolve({ id });
      },
      openFiles: (files) => {
        opened.push(...files);
        return Promise.resolve();
      },
      storage,
      news: here,
      run: ({ text }, _, signal) => {
        signal.throwIfAborted();
        const adapter = published[text];
        if (!adapter) return Promise.reject(new Error(`There is no model “${text}”.`));
        put(adapter);
        return Promise.resolve([adapter]);
      },
    });
  });
  const shown = () => said(store.getState().errors);
  const paths = () => opened.map(({ path }) => path);

  it('are fetched and opened together, each under its own name', async () => {
    await store.open('a/one\na/two');
    expect(paths()).toEqual([`a/one@${COMMIT}/one/adapter_config.json`, `a/two@${COMMIT}/two/adapter_config.json`]);
    expect(store.getState()).toMatchObject({ transfer: null, otherBase: null, errors: [] });
    expect(store.getState().stored).toHaveLength(2);
  });

  it('are listed in other tabs as soon as one fetches or deletes them', async () => {
    await store.refresh();
    const { storage, put } = files;
    put(published['a/one']);
    other.tell();
    await vi.waitFor(() => expect(store.getState().stored).toHaveLength(1), PATIENT);
    const heard = vi.fn();
    other.follow(heard);
    await store.open('a/two');
    await store.remove(published['a/one'].id);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), PATIENT);
    expect(await storage.folders()).toHaveLength(1);
  });

  it('open at once where they do not name a published backbone', async () => {
    await store.open('a/silent a/local a/dropped');
    expect(opened).toHaveLength(3);
  });

  it('for another backbone wait for a decision: with theirs', async () => {
    await store.open('a/one a/other');
    expect(paths()).toEqual([`a/one@${COMMIT}/one/adapter_config.json`]);
    expect(store.getState().otherBase?.baseModel).toBe('openai/clip');
    await store.settle('theirs');
    expect(backbone).toBe(`openai/clip@${COMMIT}`);
    expect(opened).toHaveLength(2);
  });

  it('for several other backbones wait for a decision on each, and open with the one they were trained for', async () => {
    await store.open('a/other a/large a/one a/pinned');
    const asked = () => {
      const { otherBase } = store.getState();
      return otherBase && [otherBase.baseModel, otherBase.baseRevision, otherBase.adapters.length];
    };
    expect([opened.length, asked()]).toEqual([1, ['openai/clip', null, 1]]);
    await store.settle('theirs');
    expect([backbone, opened.length]).toEqual([`openai/clip@${COMMIT}`, 2]);
    expect(asked()).toEqual(['openai/clip-vit-base-patch32', null, 1]);
    await store.dismiss();
    expect([opened.length, asked()]).toEqual([2, ['openai/clip', 'b'.repeat(40), 1]]);
    await store.settle('chosen');
    expect([opened.length, asked()]).toEqual([3, null]);
  });

  it('for another backbone wait for a decision: with the study’s, or not at all', async () => {
    await store.open('a/other');
    await store.dismiss();
    expect([opened, store.getState().otherBase]).toEqual([[], null]);
    await store.open('a/other');
    await store.settle('chosen');
    expect([backbone, opened.length]).toEqual([`someone/clip@${COMMIT}`, 1]);
  });

  it.each([
    ['a/other', 'openai/clip'],
    ['a/pinned', `openai/clip@${'b'.repeat(40)}`],
    // Its main branch has no safetensors.
    ['a/large', 'openai/clip-vit-base-patch32@refs/pr/32'],
    ['a/main', 'openai/clip-vit-base-patch32@refs/pr/32'],
  ])('bring the backbone of their revision along, else the curated one: %s', async (adapter, request) => {
    await store.open(adapter);
    await store.settle('theirs');
    expect(requests).toEqual([request]);
  });

  it('for another commit of the study’s backbone wait for a decision', async () => {
    await store.open('a/moved');
    expect(store.getState().otherBase).toMatchObject({ baseModel: 'someone/clip', baseRevision: 'b'.repeat(40) });
    backbone = `someone/clip@${'b'.repeat(40)}`;
    await store.open('a/moved a/branch');
    expect([store.getState().otherBase, opened.length]).toEqual([null, 2]);
  });

  it('keep waiting where their backbone cannot be fetched', async () => {
    fetchable = false;
    await store.open('a/other');
    await store.settle('theirs');
    expect(store.getState().otherBase?.baseModel).toBe('openai/clip');
    expect(shown().join()).toMatch(/openai\/clip could not be fetched/);
    expect(opened).toEqual([]);
  });

  it('are asked of again where the study got another backbone while theirs came', async () => {
    await store.open('a/other');
    meanwhile = 'local/dropped';
    await store.settle('theirs');
    expect(backbone).toBe(meanwhile);
    expect(opened).toEqual([]);
    expect(store.getState()).toMatchObject({ otherBase: { baseModel: 'openai/clip' }, errors: [] });
  });

  it('that cannot be had say why, and the others open', async () => {
    await store.open('a/none');
    expect([opened, shown()]).toEqual([[], ['There is no model “a/none”.']]);
    await store.open('a/one a/none a/two a/gone');
    expect(paths()).toEqual([`a/one@${COMMIT}/one/adapter_config.json`, `a/two@${COMMIT}/two/adapter_config.json`]);
    expect(shown()).toEqual(['a/none: There is no model “a/none”.', 'a/gone: There is no model “a/gone”.']);
    expect(store.getState().stored).toHaveLength(2);
  });

  it('that could not be had stay named when the reader decides on another backbone', async () => {
    await store.open('a/none a/other');
    expect(store.getState().otherBase).not.toBeNull();
    await store.dismiss();
    expect([store.getState().otherBase, shown()]).toEqual([null, ['a/none: There is no model “a/none”.']]);
  });

  it.each(['dismiss', 'chosen', 'theirs'] as const)(
    'that could not be had stay named beside a backbone that cannot be fetched, which is said no longer than it is so: %s',
    async (decision) => {
      fetchable = false;
      await store.open('a/none a/other');
      await store.settle('theirs');
      await store.settle('theirs');
      const none = 'a/none: There is no model “a/none”.';
      expect(shown()).toEqual([none, expect.stringMatching(/^openai\/clip could not be fetched/)]);
      fetchable = true;
      await (decision === 'dismiss' ? store.dismiss() : store.settle(decision));
      expect([store.getState().otherBase, shown()]).toEqual([null, [none]]);
    },
  );

  it('say in the language of the page that their backbone cannot be fetched, also after it has changed', async () => {
    fetchable = false;
    await store.open('a/other');
    await store.settle('theirs');
    onTestFinished(speakEnglish);
    speak('de', (area) => (area === 'adapterState' ? adapterState : null));
    expect(shown()).toEqual([adapterState.backboneFailed('openai/clip')]);
  });

  it('whose backbone was cancelled ask again, and nothing failed', async () => {
    isCancelled = true;
    await store.open('a/other');
    const { otherBase } = store.getState();
    await store.settle('theirs');
    expect(store.getState()).toMatchObject({ otherBase, errors: [] });
    isCancelled = false;
    await store.settle('theirs');
    expect(paths()).toHaveLength(1);
  });

  it('that were being fetched when the reader cancelled are not opened', async () => {
    const fetching = store.open('a/one a/two');
    store.cancel();
    await fetching;
    expect([opened, shown(), store.getState().transfer]).toEqual([[], [], null]);
    await store.open('a/one');
    expect(opened).toHaveLength(1);
  });

  it('on this device, opened all at once, are asked of by backbone, too', async () => {
    await store.openStored(['a/one', 'a/other', 'a/large'].map((name) => published[name]));
    expect(store.getState().otherBase).toMatchObject({ baseModel: 'openai/clip', later: [published['a/large']] });
  });

  it('that were interrupted take space, which is told and can be freed', async () => {
    const id = `a/cut@${COMMIT}`;
    leave(id);
    await store.open('a/one');
    expect(store.getState().unfinished).toEqual([{ id, bytes: 2 }]);
    expect(store.getState().stored).toHaveLength(1);
    await store.remove(id);
    expect(store.getState().unfinished).toEqual([]);
  });

  it('are deleted, and one that is gone says so', async () => {
    await store.open('a/one');
    opened = [];
    await store.remove(`a/one@${COMMIT}`);
    expect(store.getState().stored).toEqual([]);
    await store.openStored([published['a/one']]);
    expect(shown().join()).toMatch(/not on this device any more/);
  });
});
