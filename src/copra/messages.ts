/** What intervals are over, in words. */
import { catalogue } from '../core/language/catalogue.ts';
import type { IntervalScope } from '../core/crossed-interval.ts';

/** The scope of an interval, shown after it. Figures that depend on no images vary over seeds alone. */
export const SCOPE_WORDS = catalogue<Readonly<Record<IntervalScope | 'seeds alone', string>>>('scopes', {
  'seeds and images': 'over seeds and images',
  seeds: 'over seeds, on these images alone',
  images: 'over images, for these seeds alone',
  'seeds alone': 'over seeds',
});
