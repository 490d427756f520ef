/** What studies would need of the device's memory on backbones by their facts, and the reader's bound on it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { without } from '../../core/without.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { PrecisionChoice } from '../../study/kernels/study-precision.ts';
import type { MemoryNote } from '../../study/result/memory-note.ts';
import type { Asks, StudyWorkerClient } from '../../worker/client.ts';
import { forget, remember, remembered, type Keeper } from '../page/keeper.ts';

export interface MemoryPlansState {
  /** By `keyOf`; null where the settings adapt nothing of a backbone. */
  readonly notes: Readonly<Record<string, MemoryNote | null>>;
  /** Bytes; null: the device decides. */
  readonly limit: number | null;
  /** The precision that was chosen in this visit; null: the one of before holds. */
  readonly precision: PrecisionChoice | null;
}

export interface MemoryPlans extends StoreApi<MemoryPlansState> {
  /** Plans what is not planned yet. @param device its name: another one allocates otherwise */
  plan(device: string, config: StudyConfig, facts: readonly ModelFacts[]): Promise<void>;
  /** @param bytes null: the device decides */
  setLimit(bytes: number | null): void;
  /** Of plans from now on: the worker reads the choice where it is kept. */
  notePrecision(precision: PrecisionChoice): void;
}

export interface MemorySurroundings {
  readonly client: Asks<'plan-memory'> & Pick<StudyWorkerClient, 'limitMemory'>;
  readonly settings: (Keeper & Pick<Storage, 'removeItem'>) | null;
}

const KEY = 'copra:memory';

/** Of a plan: what it depends on, but for device, bound and precision. Names of arms are typed, and need no other plan. */
export const memoryKey = ({ arms, seeds, training }: StudyConfig, facts: ModelFacts): string =>
  JSON.stringify([arms.map((arm) => without(arm, 'name')), seeds.length, training.batchSize, facts]);

function keptLimit(settings: MemorySurroundings['settings']): number | null {
  const bytes = Number(remembered(settings, KEY));
  return bytes > 0 && Number.isFinite(bytes) ? bytes : null;
}

export function createMemoryPlans({ client, settings }: MemorySurroundings): MemoryPlans {
  const limit = keptLimit(settings);
  const store = createStore<MemoryPlansState>(() => ({ notes: {}, limit, precision: null }));
  if (limit !== null) client.limitMemory(limit);
  let plannedOn: string | null = null;
  return {
    ...store,
    async plan(device, config, facts) {
      const { limit: bound, precision } = store.getState();
      const circumstances = `${device} ${bound} ${precision}`;
      if (plannedOn !== circumstances) store.setState({ notes: {} });
      plannedOn = circumstances;
      const missing = facts.filter((one) => !(memoryKey(config, one) in store.getState().notes));
      if (missing.length === 0) return;
      try {
        const notes = await client.ask('plan-memory', { config, facts: missing });
        if (plannedOn !== circumstances) return;
        const found = Object.fromEntries(missing.map((one, i) => [memoryKey(config, one), notes[i]]));
        store.setState((state) => ({ notes: { ...state.notes, ...found } }));
      } catch {
        // Without a plan the page shows an estimate; failures of the engine are told where it is opened.
      }
    },
    setLimit(bytes) {
      if (bytes === null) forget(settings, KEY);
      else remember(settings, KEY, String(bytes));
      client.limitMemory(bytes);
      store.setState({ limit: bytes });
    },
    notePrecision: (precision) => store.setState({ precision }),
  };
}
