/**
 * Between the address bar and the page: settings travel in the query, where people can read and edit them, a result in the fragment,
 * which browsers never send to a server (result-address.ts).
 */
import { configToQuery, withoutConfig } from '../../share/config/config-query.ts';
import type { StudyConfig } from '../../study/config/config.ts';

/** Also when a chat program percent-encoded the fragment. */
const HOLDS_RESULT = /^(#|%23)*r\d+(\.|%2e)/i;

export const holdsResult = (hash: string): boolean => HOLDS_RESULT.test(hash);

/** The query for the base of all settings, which differs from itself in nothing. */
export const BASE_NAME = 'v=1';

/** A query with the settings replaced; with null they go. Begins with "?" unless it is empty. */
export function queryFor(search: string, config: StudyConfig | null, base: string = BASE_NAME): string {
  const own = config && (configToQuery(config) || base);
  const query = [withoutConfig(search), own].filter(Boolean).join('&');
  return query ? `?${query}` : '';
}
