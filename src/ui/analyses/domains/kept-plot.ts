/** What training changes on every domain: accuracy with every layer on less that of the backbone, with intervals. */
import { hundredths, pointsEnds } from '../../../core/number-format.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { spread } from '../../../state/summary/summary.ts';
import type { DomainsResult, Tested } from '../../../study/analyses/domains/result.ts';
import {
  hasOthers,
  keptOfBackbone,
  otherDomains,
  weighted,
  type DomainChoice,
} from '../../../study/result/measures/domains.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { level, plainLevel } from '../../charts/marks.ts';
import { paddedRange } from '../../charts/ranges.ts';
import { frozenName } from '../../charts/references.ts';
import { percentSpread, signedPoints } from '../../format.ts';
import { DOMAINS_WORDS } from './messages.ts';
import type { DomainsParts } from './target-plot.ts';

interface Row {
  readonly name: string;
  readonly choice: DomainChoice;
}

/** The other domains, their mean, and the one that was trained on. */
const rowsOf = (part: DomainsResult): Row[] => [
  ...part.domains.slice(1).map(({ name }, i) => ({ name, choice: i + 1 })),
  ...(hasOthers(part) ? [{ name: DOMAINS_WORDS.kept.meanOfThese, choice: 'others' as const }] : []),
  { name: DOMAINS_WORDS.kept.trainedOn, choice: 0 },
];

/** Pixels: of a row's frame, of every arm in it, and of the axis. */
const ROW = 10;
const ARM = 11;
const AXIS = 48;
const USUAL_ROWS = 9;

export const keptHeight = ({ domains, config }: Omit<DomainsParts, 'task'>): number =>
  (domains ? rowsOf(domains).length : USUAL_ROWS) * (ROW + ARM * config.arms.length) + AXIS;

const intervalText = ({ mean, low, high, scope }: ScopedInterval): string =>
  scope === null ? signedPoints(mean) : DOMAINS_WORDS.kept.interval(signedPoints(mean), ...pointsEnds(low, high, 1));

export function keptPlot({ domains: part, config, task }: DomainsParts): BuildFigure | null {
  if (!part || part.runs.length === 0 || !hasOthers(part)) return null;
  const rows = rowsOf(part);
  const styles = armStyles(config.arms);
  const height = ROW + ARM * config.arms.length;
  const found = config.arms.map((arm, a) => ({
    arm,
    /** From the middle of a row, in rows. */
    offset: ((a - (config.arms.length - 1) / 2) * ARM) / height,
    kept: rows.map(({ choice }) => keptOfBackbone(part, arm.id, choice)),
  }));
  const marks = found.flatMap(({ arm, offset, kept }): Mark[] => {
    const style = styles.get(arm.id);
    if (!style) return [];
    const places = kept.flatMap((interval, row) => (interval ? [{ interval, row, y: -(row + offset) }] : []));
    if (places.length === 0) return [];
    return [
      ...places
        .filter(({ interval }) => interval.scope !== null)
        .map(({ interval: { low, high }, y }): Mark => ({
          kind: 'line',
          x: [100 * low, 100 * high],
          y: [y, y],
          colour: style.token,
          width: 1.75,
          dash: 'solid',
        })),
      {
        kind: 'points',
        name: arm.name,
        points: places.map(({ interval, y }) => ({
          x: 100 * interval.mean,
          y,
          shape: style.marker,
          size: 8,
          colour: style.token,
        })),
        reading: (i) =>
          DOMAINS_WORDS.kept.reading(rows[places[i].row].name, arm.name, intervalText(places[i].interval)),
      },
    ];
  });
  const ends = found.flatMap(({ kept }) =>
    kept.flatMap((interval) =>
      interval ? [interval.mean, interval.low, interval.high].filter(Number.isFinite).map((value) => 100 * value) : [],
    ),
  );
  const between = -(rows.length - 2.5);
  return (width) => ({
    margin: { left: width < 420 ? 104 : 120, right: 12, top: 6, bottom: AXIS - 6 },
    pointer: 'nearest',
    panels: [
      {
        x: {
          kind: 'linear',
          title: width < 420 ? DOMAINS_WORDS.kept.differenceShort : DOMAINS_WORDS.kept.difference,
          range: paddedRange([0, ...ends]) ?? [-10, 10],
        },
        y: {
          kind: 'linear',
          range: [-(rows.length - 0.5), 0.5],
          ticks: { at: rows.map((_, row) => -row), texts: rows.map(({ name }) => name) },
          lines: false,
        },
        marks: [level(0, 'dash', 'x', frozenName(task)), plainLevel(between, 'solid'), ...marks],
      },
    ],
  });
}

export function keptTable({ domains: part, config, task }: DomainsParts): TableData {
  const frozen = frozenName(task);
  const head = [
    ...DOMAINS_WORDS.kept.head(frozen),
    ...config.arms.flatMap(({ name }) => DOMAINS_WORDS.kept.armHead(name, frozen)),
  ];
  if (!part) return { head, rows: [] };
  const accuracyOf = (tested: Tested, choice: DomainChoice): number =>
    choice === 'others' ? weighted(tested, otherDomains(part.domains)) : tested.accuracy[choice];
  const rows = rowsOf(part).map(({ name, choice }) => [
    choice === 0 ? part.domains[0].name : name,
    choice === 'others' ? '–' : String(part.domains[choice].images),
    hundredths(accuracyOf(part.frozen, choice)),
    ...config.arms.flatMap(({ id }) => {
      const runs = part.runs.filter(({ arm }) => arm === id);
      const kept = keptOfBackbone(part, id, choice);
      return [percentSpread(spread(runs.map((run) => accuracyOf(run, choice)))), kept ? intervalText(kept) : '–'];
    }),
  ]);
  return { head, rows };
}
