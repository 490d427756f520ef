/**
 * Accuracy on the domain of the task against that on other domains: over the number of active layers, with the update scaled, and along the paths between two
 * seeds.
 */
import { hundredths } from '../../../core/number-format.ts';
import { spread, type Spread } from '../../../state/summary/summary.ts';
import type { DomainsResult, Tested } from '../../../study/analyses/domains/result.ts';
import { hasOthers, isScaled, otherDomains, weighted } from '../../../study/result/measures/domains.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles, type ArmStyle } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark, Point } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { paddedRange, PERCENT } from '../../charts/ranges.ts';
import { frozenName } from '../../charts/references.ts';
import { fixed, percentSpread } from '../../format.ts';
import { DOMAINS_WORDS } from './messages.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type DomainsParts = Pick<StudyResult, 'domains' | 'config' | 'task'>;

type Path = DomainsResult['paths'][number]['path'];

/** Accuracy on the task's domain, and its mean over the others. */
interface Place {
  readonly own: Spread;
  readonly others: Spread;
}

/** A step of a trail, by name. */
interface Step extends Place {
  readonly name: string;
}

/** An arm from step to step. */
interface Trail {
  readonly arm: string;
  readonly steps: readonly Step[];
}

/** How the figure shows the backbone without adapters. */
export const BACKBONE = { token: '--reference', marker: 'diamond' } as const;

function placeOf({ domains }: DomainsResult, tests: readonly Tested[]): Place | null {
  const weights = otherDomains(domains);
  const own = spread(tests.map(({ accuracy }) => accuracy[0]));
  const others = spread(tests.map((tested) => weighted(tested, weights)));
  return own && others && { own, others };
}

/** From the backbone over more and more layers to all of them: means over seeds and orders. */
function layerTrail(part: DomainsResult, arm: string): Step[] {
  const runs = part.runs.filter((run) => run.arm === arm);
  const sizes = [...new Set(runs.flatMap(({ subsets }) => subsets.map(({ active }) => active)))].sort((a, b) => a - b);
  const layers = Math.max(0, ...runs.map((run) => run.layers));
  const steps: readonly (readonly [name: string, tests: readonly Tested[]])[] = [
    [DOMAINS_WORDS.target.noLayer, [part.frozen]],
    ...sizes.map((size) => {
      const tests = runs.flatMap(({ subsets }) => subsets.filter(({ active }) => active === size));
      return [DOMAINS_WORDS.target.someLayers(size, layers), tests] as const;
    }),
    [DOMAINS_WORDS.target.everyLayer, runs],
  ];
  if (runs.length === 0) return [];
  return steps.flatMap(([name, tests]) => {
    const place = placeOf(part, tests);
    return place ? [{ name, ...place }] : [];
  });
}

/** From the backbone over scaled updates to the runs, by those s that every scaled run of the arm has: a short link keeps others of single runs. */
function scaledTrail(part: DomainsResult, arm: string): Step[] {
  const runs = part.runs.filter((run) => run.arm === arm && isScaled(run));
  const pointsAt = (s: number): Tested[] => runs.flatMap(({ scaled = [] }) => scaled.filter((point) => point.s === s));
  const between = (runs[0]?.scaled ?? []).map(({ s }) => s).filter((s) => pointsAt(s).length === runs.length);
  const steps: readonly (readonly [s: number, tests: readonly Tested[]])[] = [
    [0, [part.frozen]],
    ...between.map((s) => [s, pointsAt(s)] as const),
    [1, runs],
  ];
  if (between.length === 0) return [];
  return steps.flatMap(([s, tests]) => {
    const place = placeOf(part, tests);
    return place ? [{ name: `s = ${fixed(s, 2)}`, ...place }] : [];
  });
}

/** From a single seed to the midpoint: λ and 1 − λ are one step, because which seed is the first is arbitrary. */
function pathTrail(part: DomainsResult, arm: string, path: Path): Step[] {
  const points = part.paths
    .filter((entry) => entry.arm === arm && entry.path === path)
    .flatMap((entry) => entry.points);
  const near = (lambda: number): number => Math.round(1e6 * Math.min(lambda, 1 - lambda)) / 1e6;
  const steps = [...new Set(points.map(({ lambda }) => near(lambda)))].sort((a, b) => a - b);
  return steps.flatMap((step) => {
    const place = placeOf(
      part,
      points.filter(({ lambda }) => near(lambda) === step),
    );
    return place ? [{ name: `λ = ${fixed(step, 2)}`, ...place }] : [];
  });
}

interface Panel {
  readonly title: string;
  readonly trails: readonly Trail[];
  /** Whether it begins at the backbone. */
  readonly hasBackbone: boolean;
}

function panelsOf(part: DomainsResult, arms: readonly string[]): Panel[] {
  const all = (stepsOf: (arm: string) => Step[]): Trail[] =>
    arms.map((arm) => ({ arm, steps: stepsOf(arm) })).filter(({ steps }) => steps.length > 0);
  const panels: Panel[] = [
    { title: DOMAINS_WORDS.target.panels.layers, trails: all((arm) => layerTrail(part, arm)), hasBackbone: true },
    { title: DOMAINS_WORDS.target.panels.scaled, trails: all((arm) => scaledTrail(part, arm)), hasBackbone: true },
    ...(['factor', 'product'] as const).map((path) => ({
      title: DOMAINS_WORDS.target.panels[path],
      trails: all((arm) => pathTrail(part, arm, path)),
      hasBackbone: false,
    })),
  ];
  return panels.filter(({ trails }) => trails.length > 0);
}

/** Below so many pixels a panel has no room for its title and that of its axis. */
const LEAST_PANEL = 265;

/** Whether panels stand one below the other in a figure of this width. */
export const isStacked = (width: number, panels: number): boolean => isNarrow(width) || width < LEAST_PANEL * panels;

/** Number of panels, and so their room. */
export const targetPanels = ({ domains, config }: Omit<DomainsParts, 'task'>): number =>
  domains
    ? panelsOf(
        domains,
        config.arms.map(({ id }) => id),
      ).length
    : 0;

const readingOf = (whose: string, own: number, others: number): string =>
  DOMAINS_WORDS.target.reading(whose, fixed(own, 1), fixed(others, 1));

function trailMark({ steps }: Trail, name: string, style: ArmStyle): Mark {
  const [x, y] = (['own', 'others'] as const).map((kind) => steps.map((step) => 100 * step[kind].mean));
  return {
    kind: 'line',
    name,
    x,
    y,
    colour: style.token,
    width: 2,
    dash: style.dash,
    marker: { shape: style.marker, size: 6, hollow: true },
    reading: (i) => readingOf(`${name}, ${steps[i].name}`, x[i], y[i]),
  };
}

/** A point per seed, with every layer on. */
function seedMarks(part: DomainsResult, arm: string, name: string, style: ArmStyle): Mark[] {
  const weights = otherDomains(part.domains);
  const runs = part.runs.filter((run) => run.arm === arm);
  const points = runs.map((run): Point => ({
    x: 100 * run.accuracy[0],
    y: 100 * weighted(run, weights),
    shape: style.marker,
    size: 8,
    colour: style.token,
  }));
  if (points.length === 0) return [];
  return [
    {
      kind: 'points',
      points,
      edge: { colour: '--surface', width: 1 },
      reading: (i) => readingOf(DOMAINS_WORDS.target.seed(name, runs[i].seed), points[i].x, points[i].y),
    },
  ];
}

function frozenMark({ frozen, domains }: DomainsResult, name: string): Mark {
  const [x, y] = [100 * frozen.accuracy[0], 100 * weighted(frozen, otherDomains(domains))];
  return {
    kind: 'points',
    name,
    points: [{ x, y, shape: BACKBONE.marker, size: 10, colour: BACKBONE.token }],
    reading: () => readingOf(name, x, y),
  };
}

export function targetPlot({ domains: part, config, task }: DomainsParts): BuildFigure | null {
  if (!part || !hasOthers(part)) return null;
  const panels = panelsOf(
    part,
    config.arms.map(({ id }) => id),
  );
  if (panels.length === 0) return null;
  const styles = armStyles(config.arms);
  const drawn = panels.map(({ title, trails, hasBackbone }) => ({
    title,
    marks: [
      ...(hasBackbone ? [frozenMark(part, frozenName(task))] : []),
      ...trails.flatMap(({ arm, ...trail }): Mark[] => {
        const style = styles.get(arm);
        const name = config.arms.find(({ id }) => id === arm)?.name ?? arm;
        return style ? [trailMark({ arm, ...trail }, name, style), ...seedMarks(part, arm, name, style)] : [];
      }),
    ],
  }));
  const rangeOf = (marks: readonly Mark[], axis: 'x' | 'y'): [number, number] =>
    paddedRange(
      marks.flatMap((mark) =>
        mark.kind === 'line' ? mark[axis] : mark.kind === 'points' ? mark.points.map((point) => point[axis]) : [],
      ),
      0.1,
    ) ?? [0, 100];
  return (width) => {
    const stacked = isStacked(width, drawn.length);
    return {
      margin: { left: 50, right: 10, top: 26, bottom: 42 },
      grid: panelGrid(drawn.length, stacked, { across: 62, down: 74 }),
      pointer: 'nearest',
      panels: drawn.map(({ title, marks }, panel) => ({
        title,
        x: {
          kind: 'linear',
          title: DOMAINS_WORDS.target.own,
          range: rangeOf(marks, 'x'),
          limits: PERCENT,
          ticks: { count: 5 },
        },
        y: {
          kind: 'linear',
          title: panel === 0 || stacked ? DOMAINS_WORDS.target.others : '',
          range: rangeOf(marks, 'y'),
          limits: PERCENT,
          ticks: { count: 5 },
        },
        marks,
      })),
    };
  };
}

/** Means and standard deviations over seeds, orders or pairs. */
export function targetTable({ domains: part, config, task }: DomainsParts): TableData {
  const { head, rows: kinds } = DOMAINS_WORDS.target;
  if (!part || !hasOthers(part)) return { head, rows: [] };
  const cells = ({ own, others }: Place): string[] => [percentSpread(own), percentSpread(others), String(others.n)];
  const frozen = placeOf(part, [part.frozen]);
  const rows = config.arms.flatMap(({ id, name }) => [
    ...layerTrail(part, id)
      .slice(1)
      .map((step) => [name, kinds.layers, step.name, ...cells(step)]),
    ...scaledTrail(part, id)
      .slice(1)
      .map((step) => [name, kinds.scaled, step.name, ...cells(step)]),
    ...(['factor', 'product'] as const).flatMap((path) =>
      pathTrail(part, id, path).map((step) => [name, kinds[path], step.name, ...cells(step)]),
    ),
  ]);
  const backbone = frozen
    ? [
        [
          '–',
          frozenName(task),
          DOMAINS_WORDS.target.noLayer,
          hundredths(frozen.own.mean),
          hundredths(frozen.others.mean),
          '–',
        ],
      ]
    : [];
  return { head, rows: [...backbone, ...rows] };
}
