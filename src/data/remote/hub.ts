/**
 * Data sets of the Hugging Face Hub by their id. The Hub converts public data sets to parquet and lists the files at
 * /api/datasets/{id}/parquet: {config: {split: [address, …]}}. Only the row groups that are needed are loaded from them.
 */
import * as v from 'valibot';
import type { SourceFile } from '../files/file-tree.ts';
import { warning, type Problem } from '../files/problem.ts';
import { getWhole } from '../../platform/http/get-file.ts';
import { HttpRefusal } from '../../platform/http/source-error.ts';
import { contentType, httpOptions, openAddress, type AddressOptions } from './address.ts';
import { ADDRESS_WORDS, DATA_WORDS } from './messages.ts';

export const HUB = 'https://huggingface.co';
/** Bytes of the list of files. */
const MAX_LIST = 4 * 1024 * 1024;
/** Maximum number of files read: their directories and labels are read when the data set is opened. */
const MAX_SHARDS = 32;

const Addresses = v.record(v.string(), v.record(v.string(), v.array(v.pipe(v.string(), v.url(), v.maxLength(2000)))));

export interface HubDataset {
  /** "owner/name", or "name". */
  readonly id: string;
  /** Address of a server with the same interface. */
  readonly base?: string;
  /** One of several versions of the data set; the first, or "default", when absent. */
  readonly config?: string;
}

/** Reads "owner/name", also from the address of its page; null if it is neither. */
export function hubId(text: string): string | null {
  const id = text
    .trim()
    .replace(/^https?:\/\/[^/]+\/datasets\//, '')
    .replace(/\/(tree|viewer|blob)\/.*$/, '')
    .replace(/[/?#]+$/, '');
  return /^[\w-][\w.-]{0,95}(\/[\w-][\w.-]{0,95})?$/.test(id) ? id : null;
}

/** The files of a data set that are read, and what is not. */
interface HubFiles {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

/** @throws Error with a full sentence when there is no such data set or it has no parquet files */
export async function hubFiles(
  { id, base = HUB, config }: HubDataset,
  options: AddressOptions = {},
): Promise<HubFiles> {
  const clean = hubId(id);
  if (!clean) throw new Error(ADDRESS_WORDS.noHubId(id.slice(0, 200)));
  const parsed = v.safeParse(Addresses, await listOf(base, clean, options));
  if (!parsed.success || Object.keys(parsed.output).length === 0)
    throw new Error(ADDRESS_WORDS.noParquet(clean, (options.words ?? DATA_WORDS).instead));
  const configs = parsed.output;
  const chosen = config ?? ('default' in configs ? 'default' : Object.keys(configs)[0]);
  const splits = configs[chosen];
  if (!splits) throw new Error(ADDRESS_WORDS.noVersion(clean, chosen, Object.keys(configs).join(', ')));
  const wanted = Object.entries(splits).flatMap(([split, urls]) =>
    urls.map((url, i) => ({ url, path: `${split}/${i}.parquet`, i })),
  );
  // every split gives its first file before any gives its second
  const shards = wanted.toSorted((a, b) => a.i - b.i).slice(0, MAX_SHARDS);
  const left = wanted.length - shards.length;
  return {
    files: await Promise.all(shards.map(async ({ url, path }) => ({ ...(await openAddress(url, options)), path }))),
    problems: left > 0 ? [warning(null, ADDRESS_WORDS.shards(shards.length, wanted.length), left)] : [],
  };
}

/** @throws Error saying that there is no such data set, or that the answer is no list; SourceError when the server cannot be asked */
async function listOf(base: string, id: string, options: AddressOptions): Promise<unknown> {
  const list = `${base.replace(/\/$/, '')}/api/datasets/${id}/parquet`;
  const { host, pathname } = new URL(list);
  const { bytes, headers } = await getWhole(list, MAX_LIST, httpOptions(options)).catch((error: unknown) => {
    if (!(error instanceof HttpRefusal && error.status === 404)) throw error;
    throw new Error(ADDRESS_WORDS.missing(id, host), { cause: error });
  });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error(ADDRESS_WORDS.otherContent(host, pathname, contentType(headers)));
  }
}
