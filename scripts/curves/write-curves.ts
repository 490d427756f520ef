/** Writes the curves of a study into a folder: a table, and a folder per run that TensorBoard opens. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { distinctNames } from '../../src/core/distinct-names.ts';
import { trainingCsv } from '../../src/share/csv/training-csv.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { eventFile } from './event-file.ts';
import { runScalars } from './run-scalars.ts';

const EVENT_FILE = /^events\.out\.tfevents\.\d+\.copra$/;

/** Event files of an earlier study: TensorBoard would draw them and those of this one as one curve. */
async function removeEventFiles(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => EVENT_FILE.test(name));
  await Promise.all(names.map((name) => rm(path.join(folder, name))));
}

/** `FOLDER/curves.csv` and `FOLDER/ARM-seed-N/events.out.tfevents.TIME.copra`. What was written there before is replaced. */
export async function writeCurves(folder: string, result: StudyResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'curves.csv'), trainingCsv(result));
  // When a step was computed is not part of a result: all events have the time at which the study began.
  const time = Date.parse(result.provenance.date) / 1000;
  const names = distinctNames(result.runs.map(({ arm, seed }) => `${arm.replaceAll(/[^\w.-]/g, '_')}-seed-${seed}`));
  for (const [i, run] of result.runs.entries()) {
    const ofRun = path.join(folder, names[i]);
    await mkdir(ofRun, { recursive: true });
    await removeEventFiles(ofRun);
    const name = `events.out.tfevents.${Math.floor(time)}.copra`;
    await writeFile(path.join(ofRun, name), eventFile(runScalars(run), time));
  }
}
