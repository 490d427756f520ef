/**
 * Files that come with the page: artwork, backbones, kernels, saved results. Browsers say of a lost connection no more than "Failed to fetch", in English and
 * each in its own words; people read which file is missing and what to do.
 */
import { PAGE_FILE_WORDS } from './page-file-words.ts';

/**
 * @param file path relative to the page
 * @param page its address
 * @returns null where the server has no such file (404)
 * @throws Error in words when it cannot be fetched whole
 */
export async function pageFile(file: string, page: string | URL): Promise<ArrayBuffer | null> {
  const answer = await fetch(new URL(file, page))
    .then(async (response) => (response.ok ? response.arrayBuffer() : response.status))
    .catch((cause: unknown) => {
      throw new Error(PAGE_FILE_WORDS.unreachable(file), { cause });
    });
  if (typeof answer !== 'number') return answer;
  if (answer === 404) return null;
  throw new Error(PAGE_FILE_WORDS.refused(file, answer));
}

/** JSON of the page; null where it has none. @throws Error for what cannot be fetched or is no JSON */
export async function pageJson(file: string, page: string | URL): Promise<unknown> {
  const bytes = await pageFile(file, page);
  if (bytes === null) return null;
  const text = new TextDecoder().decode(bytes);
  // Some hosts answer with their start page where there is no file.
  return text.trimStart().startsWith('<') ? null : JSON.parse(text);
}

/** As `pageFile`. @throws Error also where there is no such file */
export async function neededPageFile(file: string, page: string | URL): Promise<ArrayBuffer> {
  const bytes = await pageFile(file, page);
  if (bytes === null) throw new Error(PAGE_FILE_WORDS.missing(file));
  return bytes;
}
