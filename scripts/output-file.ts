/** Whether a file can be written, asked before hours of work and not after them. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../src/core/error-text.ts';

/**
 * Makes the folder in which a file is to lie.
 * @param option how the file was named, such as --out
 * @throws Error when a folder has its name, or its folder cannot be made
 */
export async function prepareOutput(option: string, file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory()) throw new Error(`${option} takes the name of a file; "${file}" is a folder.`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (cause) {
    throw new Error(`${option}: nothing can be written to "${file}": ${errorText(cause)}`, { cause });
  }
}
