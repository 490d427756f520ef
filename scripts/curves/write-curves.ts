/** Writes the curves of a study into a folder: a table, and a folder per run that TensorBoard opens. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { distinctNames } from '../../src/core/distinct-names.ts';
import { trainingCsv } from '../../src/share/csv/training-csv.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { eventFile } from './event-file.ts';
import { runScalars } from './run-scalars.ts';

/** `FOLDER/curves.csv` and `FOLDER/ARM-seed-N/events.out.tfevents.TIME.copra`. Existing files of the same study are replaced. */
export async function writeCurves(folder: string, result: StudyResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'curves.csv'), trainingCsv(result));
  // When a step was computed is not part of a result: all events have the time at which the study began.
  const time = Date.parse(result.provenance.date) / 1000;
  const names = distinctNames(result.runs.map(({ arm, seed }) => `${arm.replaceAll(/[^\w.-]/g, '_')}-seed-${seed}`));
  for (const [i, run] of result.runs.entries()) {
    const ofRun = path.join(folder, names[i]);
    await mkdir(ofRun, { recursive: true });
    const name = `events.out.tfevents.${Math.floor(time)}.copra`;
    await writeFile(path.join(ofRun, name), eventFile(runScalars(run), time));
  }
}
