import { PART_WORDS } from '../../../lessons/part-words.ts';
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
import { PLANE_WORDS } from './messages.ts';
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
  const { planes, config, task } = result;
  const build = useMemo(() => planePlot({ planes, config, task }, metric), [planes, config, task, metric]);
  const table = useMemo(() => planeTable({ planes, config, task }), [planes, config, task]);
  const grid = planes?.[0] ? PLANE_WORDS.grid(planes[0].xs.length, planes[0].ys.length) : '';
  const seeds = [...new Set((planes ?? []).flatMap(({ trajectories }) => trajectories.map(({ seed }) => seed)))];
  const panels = Math.max(1, planes?.[0]?.arm === null ? 1 : config.arms.length);
  const embedded = use(EmbeddedContext);
  return (
    <div className={css.stack} data-embedded={embedded}>
      <ChartFigure
        title={PART_WORDS.plane}
        help={PLANE_WORDS.help.map((text) => (
          <p key={text}>{text}</p>
        ))}
        message={build ? PLANE_WORDS.message : ''}
        {...planeCaption(result)}
        meta={joinMeta(imagesMeta(testedImages(result)), grid)}
        legend={<PathLegend config={config} seeds={seeds} arms={false} />}
        controls={<Segmented label={PLANE_WORDS.quantityShown} value={metric} options={METRICS} onChange={setMetric} />}
        build={build}
        empty={config.analyses.plane?.enabled ? PLANE_WORDS.awaited : PLANE_WORDS.off}
        height={(width) => (build ? heightFor(width, panels) : 120)}
        table={table}
        csv={() => planeCsv(result)}
        fileName="copra-plane"
      />
    </div>
  );
}
