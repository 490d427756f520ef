/** What is said of data sets at addresses and on hubs. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import type { SourceWords } from '../../platform/http/words.ts';

export const DATA_WORDS = catalogue<SourceWords>('dataSource', {
  thing: 'data set',
  instead: 'drop it here',
  check: 'Check the address.',
  damaged: 'Download it and drop it here.',
  later: 'Try again later, or download the data set and drop it here.',
  again: 'Open it again.',
});

export const ADDRESS_WORDS = catalogue('dataAddresses', {
  noAddress: (text: string) => `“${text}” is no web address. It must begin with https://.`,
  /** @param damaged of SourceWords: a sentence */
  tooLarge: (host: string, damaged: string) =>
    `The file at ${host} is larger than 2 GB and its server does not give it in parts. ${damaged}`,
  emptyFile: (host: string, path: string) =>
    `${host} gives an empty file for ${path}. Open the address in a tab of a browser to see what it has.`,
  /** @param type as the server names it: text/html; null if it does not */
  otherContent: (host: string, path: string, type: string | null) =>
    `${host} gives something else for ${path}: a text${type === null ? '' : ` (${type})`}, such as a page that asks for a sign-in or says what is wrong. Open the address in a tab of a browser to see it.`,
  noHubId: (text: string) => `“${text}” is no data set of the Hub. Write it as owner/name.`,
  /** @param instead of SourceWords: what to do, an imperative without an object */
  noParquet: (id: string, instead: string) =>
    `The Hub lists no parquet files for “${id}”. It converts public data sets only; download it and ${instead}.`,
  noVersion: (id: string, version: string, known: string) => `“${id}” has no version “${version}”; it has ${known}.`,
  shards: (read: number, all: number) =>
    `The data set has ${counted(all, 'file')}, of which ${read} are read, the first ones of every split.`,
  missing: (id: string, host: string) => `There is no data set “${id}” on ${host} (404). Check the spelling.`,
});
