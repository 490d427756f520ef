/** What adapters are called that nobody has given a name, in German. */
import type { ADAPTER_NAMES } from './messages.ts';

export const adapterNames: typeof ADAPTER_NAMES = {
  run: (arm, seed) => `${arm} · Seed ${seed}`,
  runs: (arm, seeds) => `${arm} · Seeds ${seeds.join(', ')}`,
  mergeBy: (method) => `Merge mit ${method}`,
};
