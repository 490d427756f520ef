/** The reader's choice of a precision, kept in the browser: a panel of the page writes it, the worker reads it when a study begins. */
import * as v from 'valibot';
import { objectStore } from '../../platform/indexed-db.ts';
import { PRECISION_CHOICES, type PrecisionChoice } from './study-precision.ts';

const KEY = 'precision';
const KeptSchema = v.object({ key: v.literal(KEY), choice: v.picklist(PRECISION_CHOICES) });

export interface PrecisionSetting {
  /** float32 where nothing is kept. */
  load(): Promise<PrecisionChoice>;
  /** Rejects where the browser keeps no data. */
  save(choice: PrecisionChoice): Promise<void>;
}

export function browserPrecision(factory: IDBFactory): PrecisionSetting {
  const use = objectStore(factory, 'copra-precision', 'settings');
  return {
    async load() {
      try {
        const kept = v.safeParse(KeptSchema, await use<unknown>('readonly', (store) => store.get(KEY)));
        return kept.success ? kept.output.choice : 'f32';
      } catch {
        return 'f32';
      }
    },
    save: async (choice) => void (await use('readwrite', (store) => store.put({ key: KEY, choice }))),
  };
}
