import { without } from '../../../core/without.ts';
import { inPlaces, ofArms, runName, unitedRuns, type ResultPart } from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import { holdsNames, nameless } from './attendance.ts';
import type { FederatedResult } from './result.ts';

/** Partitions, one per seed, and rounds, one list per run and rule. */
export const FEDERATED_PART: ResultPart<FederatedResult> = {
  identity: ['arm', 'seed', 'rule'],
  names: ({ partitions, runs }) => [
    ['federated.runs', runs.map((run) => `${runName(run)}, ${run.rule}`)],
    ['federated.partitions', partitions.map(({ seed }) => RESULT_CHECKS.ofSeed(seed))],
  ],
  runs: ({ runs }) => runs,
  lengths: ({ partitions, runs }) => [
    ...partitions.map(
      ({ kinds, counts }) =>
        ['federated.partitions', null, kinds.length, ...counts.map(({ length }) => length)] as const,
    ),
    ...runs.flatMap((run) => [
      ['federated.runs', runName(run), run.accuracy.length, run.loss.length] as const,
      ...(run.attendance
        ? [
            ['federated.runs.attendance', runName(run), run.accuracy.length, run.attendance.rounds.length] as const,
            ...run.attendance.rounds.flatMap(({ asked, names = asked, took, images, own = images }) => [
              ['federated.runs.attendance.rounds', runName(run), took.length, images.length, own.length] as const,
              ['federated.runs.attendance.rounds.names', runName(run), asked.length, names.length] as const,
            ]),
          ]
        : []),
      ...(run.norms
        ? [
            [
              'federated.runs.norms',
              runName(run),
              run.error.length,
              run.norms.update.length,
              run.norms.error.length,
            ] as const,
          ]
        : []),
      ['federated.runs.error', runName(run), run.players.length, ...run.error.map(({ length }) => length)] as const,
    ]),
  ],
  ofArms(part, arms) {
    const runs = ofArms(part.runs, arms);
    return runs === part.runs ? part : { ...part, runs };
  },
  united: (first, second, added) => ({
    partitions: unitedRuns(first?.partitions, second?.partitions, added),
    runs: unitedRuns(first?.runs, second?.runs, added),
  }),
  // A federation runs seed by seed, every arm under every rule.
  ordered({ partitions, runs }, { arms, seeds, analyses }) {
    const rules = [...new Set(analyses.federated?.rules)];
    return {
      partitions: inPlaces(partitions, ({ seed }) => [seeds.indexOf(seed)]),
      runs: inPlaces(runs, ({ arm, seed, rule }) => [
        seeds.indexOf(seed),
        arms.findIndex(({ id }) => id === arm),
        rules.indexOf(rule),
      ]),
    };
  },
  withoutPeople(part) {
    if (!part.runs.some(({ attendance }) => attendance && holdsNames(attendance))) return part;
    const runs = part.runs.map((run) => (run.attendance ? { ...run, attendance: nameless(run.attendance) } : run));
    return { ...part, runs };
  },
  withoutAnswers: ({ partitions, runs }) => ({ partitions, runs: runs.map((run) => without(run, 'correct')) }),
};
