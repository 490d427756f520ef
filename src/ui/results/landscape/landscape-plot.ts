/** The landscape figure: accuracy or loss along the line between two adapters, both ways of going. */
import { hundredths } from '../../../core/number-format.ts';
import { frozenOf } from '../../../study/run/frozen.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import { landscapesOf } from '../../../study/result/of-arm.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import type { Layout, Trace } from '../../charts/plotly.ts';
import {
  accuracyRange,
  accuracyReferences,
  axisKey,
  axisRef,
  bandTraces,
  level,
  paddedRange,
  panelDomains,
  panelTitle,
} from '../../charts/series.ts';
import { axis, baseLayout, hoverTitle } from '../../charts/theme.ts';

/** The parts of a result that the figure shows: it is redrawn when one of them changes, and only then. */
export type LandscapeParts = Pick<StudyResult, 'landscape' | 'config' | 'task'>;

import type { Metric } from '../metric.ts';

/** Which of the measured paths are drawn. */
export interface LandscapeView {
  /** Of the factor path; updates do not depend on it. */
  readonly alignment: LandscapeResult['alignment'];
  readonly images: 'test' | 'train';
}

const PLAIN_VIEW: LandscapeView = { alignment: undefined, images: 'test' };

const PATHS = { factor: 'Factor path: A and B averaged', product: 'Product path: B·A averaged' } as const;
const ALIGNED = { orthogonal: 'rotated', invertible: 'best P' } as const;

const titleOf = (path: keyof typeof PATHS, { alignment }: LandscapeView): string =>
  path === 'factor' && alignment ? `${PATHS.factor}, ${ALIGNED[alignment]}` : PATHS[path];

const pathsOf = (result: Pick<StudyResult, 'landscape'>) =>
  (['factor', 'product'] as const).filter((path) => result.landscape.some((entry) => entry.path === path));

export function landscapePlot(
  result: LandscapeParts,
  metric: Metric,
  view: LandscapeView = PLAIN_VIEW,
): BuildFigure | null {
  const paths = pathsOf(result);
  if (paths.length === 0) return null;
  const factor = metric === 'accuracy' ? 100 : 1;
  const images = view.images === 'test' ? 'test' : 'training';
  const styles = armStyles(result.config.arms);
  const onTest = view.images === 'test';
  // Of training images the backbone's accuracy is not known.
  const scores = onTest ? frozenOf(result.task) : null;
  const frozen = scores && factor * scores[metric];
  const curves = paths.flatMap((path, panel) =>
    result.config.arms.flatMap((arm) => {
      const entries = landscapesOf(result, arm.id, path, path === 'factor' ? view.alignment : undefined);
      const values = entries.flatMap((entry) => {
        const scores = onTest ? entry : entry.train;
        return scores ? [scores[metric]] : [];
      });
      return values.length > 0 ? [{ arm, panel, lambdas: entries[0].lambdas, spreads: columnSpreads(values) }] : [];
    }),
  );
  const extremes = curves.flatMap(({ spreads }) =>
    spreads.flatMap(({ mean, sd }) => [factor * (mean - sd), factor * (mean + sd)]),
  );
  const range =
    metric === 'accuracy'
      ? accuracyRange(extremes, frozen)
      : (paddedRange(frozen === null ? extremes : [...extremes, frozen]) ?? [0, 1]);

  return (theme, width) => {
    const stacked = isNarrow(width);
    const data: Trace[] = [];
    for (const { arm, panel, lambdas, spreads } of curves) {
      const style = styles.get(arm.id);
      if (!style) continue;
      const ends = [spreads[0], spreads[spreads.length - 1]].map(({ mean }) => factor * mean);
      data.push({
        type: 'scatter',
        mode: 'lines',
        x: [lambdas[0], lambdas[lambdas.length - 1]],
        y: ends,
        line: { color: theme.fade(theme.arm(style.token), 0.75), width: 1.25, dash: '2px,3px' },
        hoverinfo: 'skip',
        showlegend: false,
        xaxis: axisRef('x', panel),
        yaxis: axisRef('y', panel),
      });
      const unit = metric === 'accuracy' ? ' %' : '';
      const digits = metric === 'accuracy' ? 1 : 3;
      data.push(
        ...bandTraces(lambdas, spreads, {
          theme,
          style,
          name: arm.name,
          panel,
          markers: true,
          factor,
          unit,
          digits,
          inLegend: panel === 0,
        }),
      );
    }
    const domains = panelDomains(paths.length, stacked, stacked ? 0.2 : 0.06);
    const axes: Layout = {};
    paths.forEach((_, panel) => {
      const first = panel === 0 || stacked;
      axes[axisKey('x', panel)] = axis(theme, 'λ: from one seed’s adapter (0) to another’s (1)', {
        domain: domains[panel].x,
        anchor: axisRef('y', panel),
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: ['0', '¼', '½', '¾', '1'],
        ...hoverTitle('λ = %{x:.3~f}'),
        title: {
          text: stacked && panel === 0 ? '' : stacked ? 'λ, from seed a to seed b' : 'λ, from seed a (0) to seed b (1)',
          font: { size: 12, color: theme.ink3 },
          standoff: 8,
        },
      });
      axes[axisKey('y', panel)] = axis(
        theme,
        first ? (metric === 'accuracy' ? `${images} accuracy, %` : `${images} loss, nats`) : '',
        {
          domain: domains[panel].y,
          anchor: axisRef('x', panel),
          range,
          showticklabels: first,
        },
      );
    });
    const references =
      metric === 'accuracy'
        ? accuracyReferences(theme, paths.length, range, frozen, 100 * result.task.chance)
        : {
            shapes:
              frozen === null ? [] : paths.map((_, panel) => level({ theme, panel, value: frozen, dash: 'dash' })),
            annotations: [],
          };
    const base = baseLayout(theme);
    return {
      data,
      layout: {
        ...base,
        ...axes,
        margin: { l: 46, r: 8, t: 26, b: 42 },
        shapes: references.shapes,
        annotations: [
          ...references.annotations,
          ...paths.map((path, panel) => panelTitle(theme, panel, titleOf(path, view))),
        ],
      },
    };
  };
}

export function landscapeTable(result: LandscapeParts): TableData {
  const trained = result.landscape.some(({ train }) => train);
  const paths = pathsOf(result).flatMap((path) =>
    [undefined, 'orthogonal' as const, 'invertible' as const].map((alignment) => ({ path, alignment })),
  );
  const rows = paths.flatMap(({ path, alignment }) =>
    result.config.arms.flatMap((arm) => {
      const entries = landscapesOf(result, arm.id, path, alignment);
      const onTrain = columnSpreads(entries.map(({ train }) => train?.accuracy ?? []));
      const accuracy = columnSpreads(entries.map((entry) => entry.accuracy));
      const loss = columnSpreads(entries.map((entry) => entry.loss));
      return accuracy.map((column, i) => [
        arm.name,
        alignment ? `${path}, ${ALIGNED[alignment]}` : path,
        entries[0].lambdas[i].toFixed(2),
        hundredths(column.mean),
        hundredths(column.sd),
        loss[i].mean.toFixed(3),
        String(column.n),
        ...(trained ? [i < onTrain.length ? hundredths(onTrain[i].mean) : '–'] : []),
      ]);
    }),
  );
  const head = ['Arm', 'Path', 'λ', 'Accuracy %', 'sd', 'Loss', 'Pairs'];
  return { head: trained ? [...head, 'Training %'] : head, rows };
}
