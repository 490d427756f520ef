/** Writes the adapters that come with the page: of the first runs of every arm, as a study file. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileAdapters, packStudy } from '../../src/share/study-file/study-file.ts';
import { savedAdaptersFile, SAVED_SEEDS } from '../../src/state/page/saved-adapters.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { NOTHING_FOUND, type StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';

/** The study of these runs alone, without what was found about more than one. */
function ofSeeds({ version, config, provenance, task, runs, status }: StudyResult, seeds: number[]): StudyResult {
  const { name, classes, train, validation, test, chance, zeroShot } = task;
  return {
    version,
    config: { ...config, seeds },
    provenance,
    task: { name, classes, train, validation, test, chance, zeroShot },
    ...NOTHING_FOUND,
    runs: runs.filter(({ seed }) => seeds.includes(seed)),
    status,
  };
}

/**
 * Values are stored in 16 bits: accuracies of the runs and predictions on the kept pictures stay what they are (tests/integration/saved-adapters.test.ts).
 * @returns the path and bytes of the file
 */
export async function writeSavedAdapters(
  preset: Preset,
  result: StudyResult,
  adapters: readonly RunAdapter[],
): Promise<{ readonly file: string; readonly bytes: number }> {
  const { arms, seeds: all } = result.config;
  const seeds = all.slice(0, SAVED_SEEDS);
  const chosen = adapters.filter(({ seed }) => seeds.includes(seed));
  if (chosen.length !== arms.length * seeds.length)
    throw new Error(
      `There are ${chosen.length} adapters of seeds ${seeds.join(' and ')}, not ${arms.length * seeds.length}.`,
    );
  const zip = packStudy({
    result: ofSeeds(result, seeds),
    adapters: fileAdapters(chosen, result.config),
    thumbnails: [],
    half: true,
  });
  const file = path.join('public', savedAdaptersFile(preset));
  await writeFile(file, zip);
  return { file, bytes: zip.length };
}
