/** A result from a file. */
import { existsSync, openAsBlob } from 'node:fs';
import { errorText } from '../../src/core/error-text.ts';
import { readStudy } from '../../src/share/study-file/read-study.ts';
import { beginsLikeStudy } from '../../src/share/study-file/study-file-start.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

/** Of a saved result or a study file. @throws Error naming the file when there is no result in it */
export async function resultIn(file: string): Promise<StudyResult> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  try {
    const blob = await openAsBlob(file);
    const zip = beginsLikeStudy(new Uint8Array(await blob.slice(0, 64).arrayBuffer()));
    const found = await readStudy(zip ? 'zip' : 'json', blob);
    if (found && 'result' in found) return found.result;
  } catch (cause) {
    throw new Error(`${file}: ${errorText(cause)}`, { cause });
  }
  throw new Error(`${file} holds no result.`);
}
