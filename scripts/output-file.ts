/** Places that commands write to: asked for before hours of work and not after them, and written whole. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { errorText } from '../src/core/error-text.ts';
import { describeIssues } from '../src/platform/describe-issues.ts';
import { renamed } from '../src/platform/rename-node.ts';

/** @throws Error when the folder cannot be made, or nothing can be written into it */
async function prepare(option: string, named: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    // Rights alone do not tell: Windows has other ones, and root has all of them where nothing can be made.
    await rmdir(await mkdtemp(path.join(folder, '.copra-')));
  } catch (cause) {
    throw new Error(`${option}: nothing can be written to "${named}": ${errorText(cause)}`, { cause });
  }
}

/**
 * Makes the folder in which a file is to lie.
 * @param option how the file was named, such as --out
 * @throws Error when a folder has its name, or its folder cannot be made or written to
 */
export async function prepareOutput(option: string, file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory()) throw new Error(`${option} takes the name of a file; "${file}" is a folder.`);
  await prepare(option, file, path.dirname(file));
}

/**
 * Makes a folder of which files are to lie.
 * @param option how it was named, such as --adapters
 * @throws Error when a file has its name, or it cannot be made or written to
 */
export async function prepareFolder(option: string, folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there && !there.isDirectory()) throw new Error(`${option} takes the name of a folder; "${folder}" is a file.`);
  await prepare(option, folder, folder);
}

/**
 * What the file of an output holds from before; null when there is none.
 * @param what it is to hold, such as "result of a map"
 * @throws Error naming the file when it holds something else
 */
export async function heldBefore<T>(
  file: string,
  schema: v.GenericSchema<unknown, T>,
  what: string,
): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // What is no JSON is nothing of ours either.
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  throw new Error(`${file} holds no ${what} (${describeIssues(parsed.issues)}). Give another --out.`);
}

/** Writes a file whole or not at all: an interrupted write leaves what was there. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file); // a link stays one
  const there = await stat(target).catch(() => null);
  if (there && !there.isFile()) return writeFile(target, content); // a pipe or a terminal cannot be replaced
  const part = `${target}.${randomUUID()}.part`; // process ids of other machines and containers may be equal
  try {
    await writeFile(part, content);
    await renamed(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Writes what took long to find.
 * @param content what the file holds; the text itself, unless given
 * @throws Error when that fails; the text is then printed, so that it is not lost
 */
export async function writeOrPrint(
  file: string,
  text: string,
  content: () => string | Promise<Uint8Array> = () => text,
): Promise<void> {
  try {
    await writeWhole(file, await content());
  } catch (cause) {
    console.log(text);
    throw new Error(`"${file}" could not be written, so it is printed above: ${errorText(cause)}`, { cause });
  }
}
