/** Commands of the adapters panel. What they do is loaded on first use (adapter-work.ts). */
import type { MergeMethod } from '../../copra/merging/method-ids.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { Naming } from '../../model/peft/names.ts';
import type { Publication, Published } from '../../share/hub/publish.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import type { GateScores } from '../../study/run/gates-bench.ts';
import type { StudyWorkerClient } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { ListedAdapter } from './adapter-list.ts';
import type { AdapterWork } from './adapter-work.ts';
import type { AdaptersStore, StoredAdapter } from './adapters-store.ts';
import type { StudyController } from '../study/study-controller.ts';
import type { StudyStore } from '../study/study-store.ts';

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface MergeRequest {
  readonly method: MergeMethod;
  /** One per adapter, not all zero; normalised to a sum of 1. */
  readonly weights: readonly number[];
  readonly density: number;
}

/** Where to publish an adapter, and with what. */
export interface PublishRequest extends Pick<Publication, 'hub' | 'token' | 'repo' | 'isPrivate'> {
  readonly naming: Naming;
  /** Whether the study on the page goes along as a file that opens it again, without any picture. */
  readonly withStudy: boolean;
}

export interface AdapterCommands {
  /** @throws Error saying what cannot be read or does not fit the backbone. */
  open(files: Promise<readonly OpenedFile[]> | readonly OpenedFile[]): Promise<void>;
  /** Rejects with a RangeError when the adapters do not fit together. */
  merge(adapters: readonly ListedAdapter[], request: MergeRequest): Promise<void>;
  remove(id: string): void;
  /** The PEFT folder as a zip. */
  exportFolder(adapter: ListedAdapter, naming: Naming): Promise<SavedFile>;
  /**
   * Writes the PEFT folder, its card and the study to a hub.
   * @throws PublishError with what to do; the signal's reason when aborted
   */
  publish(
    adapter: ListedAdapter,
    request: PublishRequest,
    onProgress: (file: string, share: number) => void,
    signal: AbortSignal,
  ): Promise<Published>;
  /** The backbone with the adapter merged in: weights, and config.json if it changes. */
  exportModel(adapter: ListedAdapter): Promise<SavedFile[]>;
  /** Evaluates adapters on the configured task; the displayed result is shelved. */
  evaluate(adapters: readonly ListedAdapter[], dataset: DroppedDataset | null): Promise<void>;
  /** Accuracies of runs with layers off (keys of prune-by-hand.ts); null when superseded by a newer request or while a study runs. */
  scoreGates(adapters: readonly StoredAdapter[], off: ReadonlySet<string>): Promise<GateScores | null>;
  /** Shows the study's result again. */
  restore(): void;
}

/** @param digestOf SHA-256 of a backbone's weights */
export function createAdapterCommands(
  store: AdaptersStore,
  study: StudyStore,
  controller: StudyController,
  client: StudyWorkerClient,
  digestOf: (backbone: string) => Promise<readonly OriginDigest[]>,
): AdapterCommands {
  let loaded: Promise<AdapterWork> | null = null;
  const work = (): Promise<AdapterWork> =>
    (loaded ??= import('./adapter-work.ts').then(({ createAdapterWork }) =>
      createAdapterWork(store, study, controller, client, digestOf),
    ));
  return {
    open: async (files) => (await work()).open(files),
    merge: async (adapters, request) => (await work()).merge(adapters, request),
    remove(id) {
      store.setState((state) => ({ extras: state.extras.filter((extra) => extra.id !== id) }));
    },
    exportFolder: async (adapter, naming) => (await work()).exportFolder(adapter, naming),
    publish: async (...request) => (await work()).publish(...request),
    exportModel: async (adapter) => (await work()).exportModel(adapter),
    evaluate: async (adapters, dataset) => (await work()).evaluate(adapters, dataset),
    scoreGates: async (adapters, off) => (await work()).scoreGates(adapters, off),
    restore() {
      const { shelved } = store.getState();
      if (!shelved || study.getState().status !== 'idle') return;
      study.setState({ ...shelved, progress: null, error: null });
      store.setState({ shelved: null });
    },
  };
}
