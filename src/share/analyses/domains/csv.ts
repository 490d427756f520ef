/** Accuracy on other domains as CSV. */
import type { DomainsResult, Tested } from '../../../study/analyses/domains/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

type Variant = readonly [
  arm: Cell,
  seed: Cell,
  otherSeed: Cell,
  what: Cell,
  lambda: Cell,
  s: Cell,
  order: Cell,
  active: Cell,
  tested: Tested,
];

const variantsOf = ({ frozen, runs, paths }: DomainsResult): Variant[] => [
  [null, null, null, 'backbone', null, null, null, 0, frozen],
  ...runs.flatMap((run): Variant[] => [
    [run.arm, run.seed, null, 'every layer', null, null, null, run.layers, run],
    ...run.subsets.map((subset): Variant => [
      ...([run.arm, run.seed, null, 'some layers', null, null, subset.order, subset.active] as const),
      subset,
    ]),
    ...(run.scaled ?? []).map((point): Variant => [
      ...([run.arm, run.seed, null, 'scaled update', null, point.s, null, run.layers] as const),
      point,
    ]),
  ]),
  ...paths.flatMap(({ arm, seeds, path, points }) =>
    points.map((point): Variant => [arm, ...seeds, `${path} path`, point.lambda, null, null, null, point]),
  ),
];

/** One row per adapter and domain. The first domain is that of the task. */
export function domainsCsv({ domains: part }: StudyResult): string {
  const header = [
    'arm',
    'seed',
    'other_seed',
    'what',
    'lambda',
    's',
    'order',
    'active_layers',
    'domain',
    'images',
    'accuracy',
  ];
  if (!part) return csv(header, []);
  const rows = variantsOf(part).flatMap((variant): Cell[][] => {
    const tested = variant[8];
    const known = variant.slice(0, 8) as Cell[];
    return part.domains.map(({ name, images }, domain) => [...known, name, images, tested.accuracy[domain] ?? null]);
  });
  return csv(header, rows);
}
