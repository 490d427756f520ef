/** What adapters are called that nobody has given a name. */
import { catalogue } from '../../core/language/catalogue.ts';

export const ADAPTER_NAMES = catalogue('adapterNames', {
  run: (arm: string, seed: number) => `${arm} · seed ${seed}`,
  runs: (arm: string, seeds: readonly number[]) => `${arm} · seeds ${seeds.join(', ')}`,
  mergeBy: (method: string) => `Merge by ${method}`,
});
