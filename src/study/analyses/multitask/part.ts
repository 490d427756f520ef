import { without } from '../../../core/without.ts';
import { byArm, firstKnown, ofArms, runName, unitedRuns, type ResultPart } from '../../result/result-part.ts';
import { areMotifsOf, countMotifs, unitedMotifs } from '../../result/motifs.ts';
import { imagesOfTasks } from '../../result/tested-images.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import type { MultitaskResult } from './result.ts';

/** Merges across tasks, one entry per run. */
export const MULTITASK_PART: ResultPart<MultitaskResult> = {
  names: ({ runs }) => [['multitask.runs', runs.map(runName)]],
  runs: ({ runs }) => runs,
  lengths({ tasks, zeroShot, runs }) {
    const all = [zeroShot, ...runs.flatMap(({ single, ensemble, merges }) => [single, ensemble, ...merges])];
    return [['multitask', null, tasks.length, ...all.flatMap(({ own, joint }) => [own.length, joint.length])]];
  },
  contradiction: (part) =>
    part.motifs === undefined || areMotifsOf(part.motifs, imagesOfTasks(part)) ? null : RESULT_CHECKS.motifs,
  ofArms(part, arms) {
    const runs = ofArms(part.runs, arms);
    return runs === part.runs ? part : { ...part, runs };
  },
  united: (first, second, added) => ({
    ...firstKnown(first, second),
    ...unitedMotifs(first?.motifs, second?.motifs),
    runs: unitedRuns(first?.runs, second?.runs, added),
  }),
  ordered: (part, config) => ({
    ...part,
    runs: byArm(part.runs, config, ({ seed }) => [config.seeds.indexOf(seed)]),
  }),
  withoutAnswers: ({ zeroShot, runs, ...part }) => ({
    ...part,
    ...(part.motifs !== undefined && { motifs: countMotifs(part.motifs) }),
    zeroShot: without(zeroShot, 'correct'),
    runs: runs.map((run) => ({
      ...run,
      single: without(run.single, 'correct'),
      ensemble: without(run.ensemble, 'correct'),
      merges: run.merges.map((merge) => without(merge, 'correct')),
    })),
  }),
};
