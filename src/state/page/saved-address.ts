/** The address of a saved result. Loaded only when one is shared. */
import { NO_TEACHING, printTeachingLink } from '../../lessons/teaching-link.ts';
import type { Shown } from '../study/shown.ts';
import { savedPresetOf } from './saved-results.ts';

/** Where every page shows the result on this one in full, because it is a saved one; null: it is none. */
export function savedAddress({ source, result }: Pick<Shown, 'source' | 'result'>, page: string): string | null {
  const preset = source === 'saved' && result ? savedPresetOf(result.config) : null;
  return preset && `${page.replace(/[#?].*$/s, '')}?${printTeachingLink({ ...NO_TEACHING, preset: preset.id })}`;
}
