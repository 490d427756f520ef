/**
 * Files that come with the page: artwork, backbones, kernels, saved results. Browsers say of a lost connection no more than "Failed to fetch", in English and
 * each in its own words; people read which file is missing and what to do.
 */
import * as v from 'valibot';
import { isPage } from './is-page.ts';
import { PAGE_FILE_WORDS } from './page-file-words.ts';
import { unlessSilent } from './unless-silent.ts';

/** The bytes, or the status of a refusal. Rejects when they do not come whole. */
async function fetched(address: URL): Promise<ArrayBuffer | number> {
  const link = new AbortController();
  try {
    const { ok, status, body } = await unlessSilent(fetch(address, { signal: link.signal }));
    if (!ok || !body) return status;
    const reader = body.getReader();
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (;;) {
      const { done, value } = await unlessSilent(reader.read());
      if (done) return await new Blob(pieces).arrayBuffer();
      pieces.push(value);
    }
  } finally {
    link.abort(); // of what is not wanted, or does not come
  }
}

/**
 * @param file path relative to the page
 * @param page its address
 * @returns null where the server has no such file
 * @throws Error in words when it cannot be fetched whole
 */
export async function pageFile(file: string, page: string | URL): Promise<ArrayBuffer | null> {
  const answer = await fetched(new URL(file, page)).catch((cause: unknown) => {
    throw new Error(PAGE_FILE_WORDS.unreachable(file), { cause });
  });
  if (typeof answer !== 'number') return isPage(answer) ? null : answer;
  if (answer === 404) return null;
  throw new Error(PAGE_FILE_WORDS.refused(file, answer));
}

/** JSON of the page; null where it has none. @throws Error in words for what cannot be fetched or is no JSON */
export async function pageJson(file: string, page: string | URL): Promise<unknown> {
  const bytes = await pageFile(file, page);
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error(PAGE_FILE_WORDS.damaged(file), { cause });
  }
}

/** Such JSON of a form. @throws Error in words also where there is none, or one of another form */
export async function neededPageJson<Schema extends v.GenericSchema>(
  schema: Schema,
  file: string,
  page: string | URL,
): Promise<v.InferOutput<Schema>> {
  const json = await pageJson(file, page);
  if (json === null) throw new Error(PAGE_FILE_WORDS.missing(file));
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw new Error(PAGE_FILE_WORDS.damaged(file), { cause: parsed.issues });
  return parsed.output;
}

/** As `pageFile`. @throws Error also where there is no such file */
export async function neededPageFile(file: string, page: string | URL): Promise<ArrayBuffer> {
  const bytes = await pageFile(file, page);
  if (bytes === null) throw new Error(PAGE_FILE_WORDS.missing(file));
  return bytes;
}
