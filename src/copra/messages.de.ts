/** What intervals are over, in German. */
import type { SCOPE_WORDS } from './messages.ts';

export const scopes: typeof SCOPE_WORDS = {
  'seeds and images': 'über Seeds und Bilder',
  seeds: 'über Seeds, nur für diese Bilder',
  images: 'über Bilder, nur für diese Seeds',
  'seeds alone': 'über Seeds',
};
