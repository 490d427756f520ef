import { useMemo } from 'react';
import { ago } from './format.ts';

/** How long ago something was when the page first showed it. @param iso ISO 8601 */
export function useAgo(iso: string): string {
  const now = useMemo(() => new Date(), [iso]);
  return ago(new Date(iso), now);
}
