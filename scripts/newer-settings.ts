import { APP_VERSION } from '../src/core/version.ts';
import { listed } from '../src/core/listed.ts';

/** Of an address or a file of a later version, with settings that this one would leave out. */
export const newerSettings = (source: string, kind: 'study' | 'map'): Error =>
  new Error(
    `A newer version of this project made ${source}, with settings that this one does not know: without them it would be another ${kind}. Update first.`,
  );

/** Of settings that somebody may have typed. @param unknown their paths */
export const unknownSettings = (source: string, kind: 'study' | 'map', unknown: readonly string[]): Error =>
  new Error(
    `${source} has settings that this version (${APP_VERSION}) does not know: ${listed(unknown.map((path) => `"${path}"`))}. Without them it would be another ${kind}. docs/settings.md lists all settings: correct these, or update if a newer version wrote the file.`,
  );
