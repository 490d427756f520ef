/** Images collected one by one into classes: from the camera, the clipboard, or files. They become a data set like a dropped folder. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DroppedFile } from '../../data/files/walk.ts';
import { COLLECT_WORDS } from './messages.ts';

export interface CollectedImage {
  readonly id: number;
  readonly blob: Blob;
}

export interface CollectedClass {
  readonly id: number;
  readonly name: string;
  readonly images: readonly CollectedImage[];
}

export interface CollectState {
  /** At least two. */
  readonly classes: readonly CollectedClass[];
  /** Id of the class that receives images. */
  readonly active: number;
  /** How many images the reader has brought last, and to which class; null: none. */
  readonly brought: { readonly images: number; readonly to: CollectedClass } | null;
  /** Those that were last made a data set of; null: none were. */
  readonly used: readonly CollectedClass[] | null;
  /** Incremented to open the panel when images are pasted while it is closed. */
  readonly shown: number;
}

export interface CollectStore extends StoreApi<CollectState> {
  show(): void;
  /** Makes a data set of the classes: its files. */
  use(): DroppedFile[];
  choose(id: number): void;
  rename(id: number, name: string): void;
  addClass(): void;
  removeClass(id: number): void;
  /** Adds images to the given class, or to the active one. */
  add(blobs: readonly Blob[], classId?: number): void;
  /** Adds images that were chosen, dropped or pasted, and says so. */
  bring(blobs: readonly Blob[], classId?: number): void;
  removeImage(classId: number, imageId: number): void;
  clear(): void;
}

const MAX_CLASSES = 50;

/** Slashes would create subfolders. */
const folderOf = (name: string): string =>
  name
    .replaceAll(/[/\\]+/g, ' ')
    .replace(/^[.\s]+/, '')
    .trim();

/** "class 3", or with the next number that leaves a name of its own. */
function freeName(number: number, taken: ReadonlySet<string>): string {
  const name = COLLECT_WORDS.class(number);
  return taken.has(name) ? freeName(number + 1, taken) : name;
}

/** The folder of every class: equal names form one class, and those without a name one each. */
function foldersOf(classes: readonly CollectedClass[]): string[] {
  const folders = classes.map(({ name }) => folderOf(name));
  const taken = new Set(folders);
  return folders.map((folder, i) => {
    const own = folder || freeName(i + 1, taken);
    taken.add(own);
    return own;
  });
}

export function createCollectStore(): CollectStore {
  let next = 0;
  const fresh = (others: readonly CollectedClass[]): CollectedClass => ({
    id: next++,
    name: freeName(1, new Set(foldersOf(others))),
    images: [],
  });
  const start = (): Pick<CollectState, 'classes' | 'active' | 'brought' | 'used'> => {
    const first = fresh([]);
    const classes = [first, fresh([first])];
    return { classes, active: classes[0].id, brought: null, used: null };
  };
  const store = createStore<CollectState>(() => ({ ...start(), shown: 0 }));
  const change = (id: number, edit: (old: CollectedClass) => CollectedClass): void =>
    store.setState(({ classes }) => ({ classes: classes.map((entry) => (entry.id === id ? edit(entry) : entry)) }));
  const add = (blobs: readonly Blob[], classId = store.getState().active): void => {
    const images = blobs.map((blob) => ({ id: next++, blob }));
    change(classId, (old) => ({ ...old, images: [...old.images, ...images] }));
  };
  return {
    ...store,
    add,
    bring(blobs, classId = store.getState().active) {
      add(blobs, classId);
      const to = store.getState().classes.find(({ id }) => id === classId);
      if (to && blobs.length > 0) store.setState({ brought: { images: blobs.length, to } });
    },
    show: () => store.setState(({ shown }) => ({ shown: shown + 1 })),
    use() {
      const { classes } = store.getState();
      store.setState({ used: classes });
      return collectedFiles(classes);
    },
    choose: (active) => store.setState({ active }),
    rename: (id, name) => change(id, (old) => ({ ...old, name })),
    addClass() {
      const { classes } = store.getState();
      if (classes.length >= MAX_CLASSES) return;
      const added = fresh(classes);
      store.setState({ classes: [...classes, added], active: added.id });
    },
    removeClass(id) {
      const { classes, active } = store.getState();
      if (classes.length <= 2) return;
      const left = classes.filter((entry) => entry.id !== id);
      store.setState({ classes: left, active: active === id ? left[0].id : active });
    },
    removeImage: (classId, imageId) =>
      change(classId, (old) => ({ ...old, images: old.images.filter(({ id }) => id !== imageId) })),
    clear: () => store.setState(start()),
  };
}

/** The newest picture, while there are fewer than `enough`; null: there is none, or there are enough to learn from. */
export function newestOfFew({ classes }: Pick<CollectState, 'classes'>, enough: number): Blob | null {
  const all = classes.flatMap(({ images }) => images);
  return all.length < enough ? (all.toSorted((a, b) => b.id - a.id).at(0)?.blob ?? null) : null;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/svg+xml': 'svg',
};

/** One folder per class. */
export function collectedFiles(classes: readonly CollectedClass[]): DroppedFile[] {
  const folders = foldersOf(classes);
  return classes.flatMap(({ images }, i) =>
    images.map(({ id, blob }) => ({
      path: `${COLLECT_WORDS.dataset}/${folders[i]}/${id}.${EXTENSIONS[blob.type] ?? 'jpg'}`,
      size: blob.size,
      blob,
    })),
  );
}
