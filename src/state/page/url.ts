/**
 * Encodes the page's state in the address: settings in the query, where people can read and edit them, and a result in the fragment, which
 * browsers never send to a server (result-address.ts).
 */
import { configToQuery, withoutConfig } from '../../share/config/config-query.ts';
import type { StudyConfig } from '../../study/config/config.ts';

/** Also matches fragments that a chat program percent-encoded. */
const HOLDS_RESULT = /^(#|%23)*r\d+(\.|%2e)/i;

export const holdsResult = (hash: string): boolean => HOLDS_RESULT.test(hash);

/** The same of a measurement of a device (src/share/measurement/link.ts). */
const HOLDS_MEASUREMENT = /^(#|%23)*m\d+(\.|%2e)/i;

export const holdsMeasurement = (hash: string): boolean => HOLDS_MEASUREMENT.test(hash);

/** The query for the base settings, which have no differences to list. */
export const BASE_NAME = 'v=1';

/** Replaces the settings in a query, or removes them (null). Begins with "?" unless empty. */
export function queryFor(search: string, config: StudyConfig | null, base: string = BASE_NAME): string {
  const own = config && (configToQuery(config) || base);
  const query = [withoutConfig(search), own].filter(Boolean).join('&');
  return query ? `?${query}` : '';
}
