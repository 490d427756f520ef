/** What adapters are called that nobody has given a name. */
import { catalogue } from '../../core/language/catalogue.ts';

export const ADAPTER_NAMES = catalogue('adapterNames', {
  run: (arm: string, seed: number) => `${arm} · seed ${seed}`,
  mergeBy: (method: string) => `Merge by ${method}`,
});
