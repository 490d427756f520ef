import { without } from '../../../core/without.ts';
import { keptMotifs, keptDomainVariances } from '../../result/measures/domains.ts';
import { byArm, firstKnown, kept, runName, unitedRuns, type ResultPart } from '../../result/result-part.ts';
import { pairsWithPaths } from '../../result/seed-groups.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import { isPairOf } from '../../result/run-names.ts';
import type { DomainsResult, Tested } from './result.ts';

/** Tests of all variants, with their fields of the file and what they belong to. */
const testsOf = ({
  frozen,
  runs,
  paths,
}: DomainsResult): (readonly [field: string, of: string | null, tested: Tested])[] => [
  ['domains.frozen', null, frozen],
  ...runs.flatMap((run) =>
    [run, ...run.subsets, ...(run.scaled ?? [])].map((tested) => ['domains.runs', runName(run), tested] as const),
  ),
  ...paths.flatMap(({ arm, points }) =>
    points.map((tested) => ['domains.paths', RESULT_CHECKS.ofArm(arm), tested] as const),
  ),
];

/** Tests of runs, and of points between them, on every domain. */
export const DOMAINS_PART: ResultPart<DomainsResult> = {
  names: ({ runs, paths }) => [
    ['domains.runs', runs.map(runName)],
    ['domains.paths', paths.map(({ arm, seeds, path }) => `${RESULT_CHECKS.pair(arm, seeds)}, ${path}`)],
  ],
  runs: ({ runs, paths }) => [...runs, ...paths.flatMap(({ arm, seeds }) => seeds.map((seed) => ({ arm, seed })))],
  arms: ({ imageVariances = [] }) => imageVariances.map(({ arm }) => arm),
  lengths: (part) => [
    ...testsOf(part).map(([field, of, { accuracy, correct }]) => {
      const expected = part.domains.length;
      return [field, of, expected, accuracy.length, correct?.length ?? expected] as const;
    }),
    ...part.domains.map(
      ({ name, images, motifs }) =>
        ['domains.motifs', RESULT_CHECKS.quoted(name), images, motifs?.length ?? images] as const,
    ),
    ['domains.motifCounts', null, part.domains.length, part.motifCounts?.domains.length ?? part.domains.length],
    ...(part.imageVariances ?? []).map(
      ({ arm, domains }) =>
        ['domains.imageVariances', RESULT_CHECKS.ofArm(arm), part.domains.length, domains.length] as const,
    ),
  ],
  // The first are those of the task.
  otherImages: ({ domains }) => domains.slice(1).map(({ name, images }) => `${name} (${images})`),
  ofArms(part, arms) {
    const isThere = ({ arm }: { readonly arm: string }): boolean => arms.has(arm);
    const runs = kept(part.runs, isThere);
    const paths = kept(part.paths, isThere);
    const variances = part.imageVariances && kept(part.imageVariances, isThere);
    if (runs === part.runs && paths === part.paths && variances === part.imageVariances) return part;
    return { ...part, runs, paths, ...(variances && { imageVariances: variances }) };
  },
  united(first, second, added) {
    const whole = firstKnown(first, second);
    const counted = [whole, second].find((part) => part?.motifCounts);
    const listed = [whole, second].find((part) => part?.domains.every(({ motifs }) => motifs));
    return {
      // With other seeds the images add another variance.
      ...(added.size > 0 ? without(whole, 'imageVariances') : whole),
      domains: (listed ?? whole).domains,
      ...(counted && { motifCounts: counted.motifCounts }),
      runs: unitedRuns(first?.runs, second?.runs, added),
      paths: [
        ...(first?.paths ?? []),
        ...(second?.paths ?? []).filter(({ seeds }) => seeds.some((seed) => added.has(seed))),
      ],
    };
  },
  ordered: (part, config) => ({
    ...part,
    runs: byArm(part.runs, config, ({ seed }) => [config.seeds.indexOf(seed)]),
    paths: byArm(part.paths, config, ({ path, seeds }) => [
      config.analyses.domains?.paths.indexOf(path) ?? 0,
      ...seeds.map((seed) => config.seeds.indexOf(seed)),
    ]),
  }),
  missing(result) {
    const { domains: settings } = result.config.analyses;
    if (!settings?.enabled) return 0;
    return pairsWithPaths(result, settings.paths).filter(
      (pair) => !result.domains?.paths.some((entry) => isPairOf(entry, pair)),
    ).length;
  },
  withoutAnswers(part) {
    const imageVariances = keptDomainVariances(part);
    return {
      ...part,
      domains: part.domains.map((domain) => without(domain, 'motifs')),
      ...keptMotifs(part),
      frozen: without(part.frozen, 'correct'),
      runs: part.runs.map((run) => ({
        ...without(run, 'correct'),
        subsets: run.subsets.map((subset) => without(subset, 'correct')),
        ...(run.scaled && { scaled: run.scaled.map((point) => without(point, 'correct')) }),
      })),
      paths: part.paths.map((path) => ({ ...path, points: path.points.map((point) => without(point, 'correct')) })),
      ...(imageVariances.length > 0 && { imageVariances }),
    };
  },
};
