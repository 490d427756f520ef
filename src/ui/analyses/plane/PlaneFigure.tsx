import { SEEN } from '../../../copra/readings/seen.ts';
import { use, useMemo, useState } from 'react';
import { planeCsv } from '../../../share/analyses/plane/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { isNarrow } from '../../charts/figure-size.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, testedImages } from '../../results/figure-meta.ts';
import { METRICS, type Metric } from '../../results/names.ts';
import css from '../geometry/geometry.module.css';
import { PathLegend } from '../geometry/PathLegend.tsx';
import { planeCaption } from './plane-caption.ts';
import { PANEL_GAP, planePlot, planeTable } from './plane-plot.ts';

const MOST_HEIGHT = 400;
const STACKED_HEIGHT = 290;

/** Panels are roughly square: wider columns make them taller, up to a limit. */
function heightFor(width: number, panels: number): number {
  if (isNarrow(width)) return STACKED_HEIGHT * panels;
  // Width without axes, colour bar and panel gaps.
  const panel = ((width - 46 - 74) * (1 - PANEL_GAP * (panels - 1))) / panels;
  return Math.round(Math.max(220, Math.min(MOST_HEIGHT, panel + 92)));
}

/** The plane through three adapters. */
export function PlaneFigure({ result }: { result: StudyResult }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const { planes, config } = result;
  const build = useMemo(() => planePlot({ planes, config }, metric), [planes, config, metric]);
  const table = useMemo(() => planeTable({ planes, config }), [planes, config]);
  const grid = planes?.[0] ? `${planes[0].xs.length} × ${planes[0].ys.length} points per plane` : '';
  const seeds = [...new Set((planes ?? []).flatMap(({ trajectories }) => trajectories.map(({ seed }) => seed)))];
  const panels = Math.max(1, planes?.[0]?.arm === null ? 1 : config.arms.length);
  const embedded = use(EmbeddedContext);
  return (
    <div className={css.stack} data-embedded={embedded}>
      <ChartFigure
        title="Plane through three adapters"
        help={
          <>
            <p>
              All mixtures of three adapters of an arm, and what lies around them: a plane in the space of all A and B.
              With two seeds the third point is the backbone, the adapter that is zero. One bright region that holds all
              three means that seeds are connected in more directions than the straight lines between them.
            </p>
            <p>
              Lines are the ways training took, projected on the plane from the hollow start to the large, trained
              adapter. Most of such a way is at right angles to the plane, so the colour under a line is not what the
              run had there.
            </p>
            <p>
              All panels share one scale; loss is cut at the value that nine in ten points stay below. One plane per arm
              is a picture, not a statistic.
            </p>
          </>
        }
        message={build ? SEEN.plane : ''}
        reading={planeCaption(result)}
        meta={joinMeta(imagesMeta(testedImages(result)), grid)}
        legend={<PathLegend config={config} seeds={seeds} arms={false} />}
        controls={<Segmented label="Plane: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
        build={build}
        empty={
          config.analyses.plane?.enabled
            ? 'Accuracy over the plane through three adapters appears here row by row when training is done.'
            : 'Switch on Plane under Analyses, or choose the preset Geometry, to see the surroundings of three adapters.'
        }
        height={(width) => (build ? heightFor(width, panels) : 120)}
        table={table}
        csv={() => planeCsv(result)}
        fileName="copra-plane"
      />
    </div>
  );
}
