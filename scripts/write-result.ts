/** The file of a result. What was stopped never takes the place of what is complete. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { readTaskSamples } from '../src/data/bundled/task-samples.ts';
import type { DroppedDataset } from '../src/data/dataset/dropped.ts';
import { fileAdapters, packStudy, RESULT } from '../src/share/study-file/study-file.ts';
import { beginsLikeStudy } from '../src/share/study-file/study-file-start.ts';
import { classPictures } from '../src/state/pictures/class-pictures.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import type { RunAdapter } from '../src/study/result/run-adapter.ts';
import { readAtlasFile } from './headless.ts';
import { writeOrPrint } from './output-file.ts';

/** What is written of a study. */
export interface FinishedStudy {
  readonly result: StudyResult;
  readonly adapters: readonly RunAdapter[];
  /** Its own images; null: a bundled task. */
  readonly dataset: DroppedDataset | null;
}

/** Whether a result is written as the study file of the page, with its adapters, and not as JSON. */
export const isStudyFile = (file: string): boolean => /\.zip$/i.test(file);

/** The JSON of the result in a file, or of what the file is. */
async function resultTextIn(file: string): Promise<string> {
  const bytes = await readFile(file);
  if (!beginsLikeStudy(bytes)) return bytes.toString('utf8');
  return strFromU8(unzipSync(bytes, { filter: ({ name }) => name === RESULT })[RESULT]);
}

/** Whether a file holds a result that is complete. */
async function isComplete(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    const known: unknown = JSON.parse(await resultTextIn(file));
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

/** As the page saves it. @throws StudyFileError when the page could not open it again */
async function packed({ result, adapters, dataset }: FinishedStudy): Promise<Uint8Array> {
  const loadTask = (task: Parameters<typeof readTaskSamples>[0]) => readTaskSamples(task, readAtlasFile);
  return packStudy({
    result,
    adapters: fileAdapters(adapters, result.config),
    thumbnails: await classPictures(result, { dataset, kept: [], loadTask }),
  });
}

/**
 * Returns where the result lies: beside `out`, if it was stopped and `out` holds a complete one.
 * @throws Error when it cannot be written; the result is then printed
 */
export async function writeResult(out: string, study: FinishedStudy): Promise<string> {
  const { result } = study;
  const file = result.status !== 'complete' && (await isComplete(out)) ? besideOf(out) : out;
  const text = `${JSON.stringify(result)}\n`;
  await writeOrPrint(file, text, isStudyFile(out) ? () => packed(study) : undefined);
  return file;
}
