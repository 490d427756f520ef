/** The file of a result. What was stopped never takes the place of what is complete. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StudyResult } from '../src/study/result/result.ts';
import { writeOrPrint } from './output-file.ts';

/** Whether a file holds a result that is complete. */
async function isComplete(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    const known: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof known === 'object' && known !== null && 'status' in known && known.status === 'complete';
  } catch {
    return false; // there is none, or of another kind
  }
}

/** "runs/a.json" → "runs/a.stopped.json" */
function besideOf(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.stopped${ext}`);
}

/** Returns where the result lies: beside `out`, if it was stopped and `out` holds a complete one. @throws Error when it cannot be written; it is then printed */
export async function writeResult(out: string, result: StudyResult): Promise<string> {
  const file = result.status !== 'complete' && (await isComplete(out)) ? besideOf(out) : out;
  await writeOrPrint(file, `${JSON.stringify(result)}\n`);
  return file;
}
