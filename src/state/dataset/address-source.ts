/** Parses what the reader typed into a data set source. */
import type { DatasetSource } from '../../data/dataset/source.ts';
import { isDataFile } from '../../data/files/endings.ts';
import { hubId } from '../../data/remote/hub.ts';
import { parsedUrl } from '../../platform/http/parsed-url.ts';

/** Path of a data set's page on the hub: /datasets/owner/name and subpages. A file below such a path counts as a file. */
const PAGE = /^\/datasets\/[^/]+(\/[^/]+)?(\/(tree|viewer|blob)\/.*)?\/?$/;

/**
 * "https://…" is an address, unless it is a data set's page on a hub; "owner/name" and "owner/name@version" are data sets on the hub. Null for
 * anything else.
 *
 * @param hub address of the hub
 */
export function sourceOf(text: string, hub: string): DatasetSource | null {
  const clean = text.trim();
  if (/^https?:\/\//i.test(clean)) {
    const url = parsedUrl(clean);
    const id = url && PAGE.test(url.pathname) && !isDataFile(url.pathname) ? hubId(clean) : null;
    return url && id !== null ? { kind: 'hub', id, base: url.origin } : { kind: 'address', url: clean };
  }
  const [name, config] = clean.split('@');
  const id = hubId(name);
  return id === null ? null : { kind: 'hub', id, base: hub, ...(config ? { config } : {}) };
}
