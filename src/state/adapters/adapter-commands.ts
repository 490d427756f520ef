/** Commands of the adapters panel. What they do is loaded on first use (adapter-work.ts). */
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { StudyController } from '../study/study-controller.ts';
import { leaveEvaluation } from '../study/replace-shown.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { AdapterClient, AdapterWork } from './adapter-work.ts';
import { withAdapters, type AdaptersStore } from './adapters-store.ts';

export interface AdapterCommands extends AdapterWork {
  remove(id: string): void;
  /** Shows the study's result again. */
  restore(): void;
}

/** @param digestOf SHA-256 of a backbone's weights */
export function createAdapterCommands(
  store: AdaptersStore,
  study: StudyStore,
  controller: StudyController,
  client: AdapterClient,
  digestOf: (backbone: string) => Promise<readonly OriginDigest[]>,
): AdapterCommands {
  let made: AdapterWork | null = null;
  const work = async (): Promise<AdapterWork> => {
    const { createAdapterWork } = await import('./adapter-work.ts');
    return (made ??= createAdapterWork(store, study, controller, client, digestOf));
  };
  return {
    open: async (files) => (await work()).open(files),
    merge: async (adapters, request) => (await work()).merge(adapters, request),
    remove(id) {
      store.setState((state) => withAdapters(state, { extras: state.extras.filter((extra) => extra.id !== id) }));
    },
    exportFolder: async (adapter, naming) => (await work()).exportFolder(adapter, naming),
    publish: async (...request) => (await work()).publish(...request),
    exportModel: async (adapter) => (await work()).exportModel(adapter),
    evaluate: async (adapters, dataset) => (await work()).evaluate(adapters, dataset),
    scoreGates: async (...question) => (await work()).scoreGates(...question),
    restore: () => leaveEvaluation({ study, adapters: store }),
  };
}
