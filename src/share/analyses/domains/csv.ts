/** Accuracy on other domains as CSV. */
import type { DomainsResult, Tested } from '../../../study/analyses/domains/result.ts';
import { frozenOf, type FrozenName } from '../../../study/result/frozen.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
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

const variantsOf = (
  { frozen, runs, paths }: DomainsResult,
  frozenName: FrozenName,
  nameOf: (arm: string) => string,
): Variant[] => [
  [null, null, null, frozenName, null, null, null, 0, frozen],
  ...runs.flatMap((run): Variant[] => [
    [nameOf(run.arm), run.seed, null, 'every layer', null, null, null, run.layers, run],
    ...run.subsets.map((subset): Variant => [
      ...([nameOf(run.arm), run.seed, null, 'some layers', null, null, subset.order, subset.active] as const),
      subset,
    ]),
    ...(run.scaled ?? []).map((point): Variant => [
      ...([nameOf(run.arm), run.seed, null, 'scaled update', null, point.s, null, run.layers] as const),
      point,
    ]),
  ]),
  ...paths.flatMap(({ arm, seeds, path, points }) =>
    points.map((point): Variant => [nameOf(arm), ...seeds, `${path} path`, point.lambda, null, null, null, point]),
  ),
];

/** One row per adapter and domain. The first domain is that of the task. */
export function domainsCsv(result: StudyResult): string {
  const { domains: part } = result;
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
  const rows = variantsOf(part, frozenOf(result.task)?.name ?? 'zero-shot', armsInTable(result)).flatMap(
    (variant): Cell[][] => {
      const tested = variant[8];
      const known = variant.slice(0, 8) as Cell[];
      return part.domains.map(({ name, images }, domain) => [...known, name, images, tested.accuracy[domain] ?? null]);
    },
  );
  return csv(header, rows);
}
