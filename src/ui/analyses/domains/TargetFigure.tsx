import { OTHER_DOMAINS_ACCURACY } from '../../../study/result/measures/domains.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo } from 'react';
import { counted } from '../../../core/counted.ts';
import { domainsCsv } from '../../../share/analyses/domains/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import charts from '../../charts/charts.module.css';
import { Legend } from '../../charts/Legend.tsx';
import { MARKERS } from '../../charts/line-styles.ts';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { domainsCaption } from './domains-caption.ts';
import { BACKBONE, targetPanels, targetPlot, targetTable } from './target-plot.ts';

const PANEL_HEIGHT = 300;

export function domainsMeta({ domains: part }: Pick<StudyResult, 'domains'>): string {
  if (!part) return '';
  const most = Math.max(0, ...part.domains.slice(1).map(({ images }) => images));
  return joinMeta(
    counted(part.domains.length - 1, 'other domain'),
    `at most ${counted(most, 'image')} of each`,
    seedsMeta(new Set(part.runs.map(({ seed }) => seed)).size),
  );
}

export function TargetFigure({ result }: { result: StudyResult }) {
  const { domains, config } = result;
  const build = useMemo(() => targetPlot({ domains, config }), [domains, config]);
  const table = useMemo(() => targetTable({ domains, config }), [domains, config]);
  const panels = Math.max(1, targetPanels({ domains, config }));
  return (
    <ChartFigure
      title="The task against other domains"
      help={
        <>
          <p>
            Each adapter is tested on the domain that it was trained on (to the right: better) and on domains that it
            never saw (upwards: better, the mean over them). Full marks are seeds with every layer on, the grey mark is
            the backbone alone.
          </p>
          <p>
            Left, hollow marks lie between no layer and all of them: the layers are switched on in random orders, the
            same for every run, and a quarter, a half and three quarters of them are tested. Then, from one seed to the
            midpoint between two. Hollow marks are means over seeds, orders and pairs.
          </p>
          <p>
            The other domains show the same classes, in test pictures that are transformed or drawn in another style.
            Every domain counts the same. Axes begin where the marks do, not at 0.
          </p>
        </>
      }
      message={messageOf(result, 'domains', OTHER_DOMAINS_ACCURACY)}
      reading={domainsCaption(result)}
      better="up"
      meta={domainsMeta(result)}
      legend={
        <Legend arms={config.arms}>
          <span className={charts.legendItem}>
            <svg width="14" height="16" viewBox="6 0 14 16" aria-hidden="true">
              <path d={MARKERS[BACKBONE.marker]} fill={`var(${BACKBONE.token})`} />
            </svg>
            {BACKBONE.name}
          </span>
        </Legend>
      }
      build={build}
      empty="Accuracy on domains that no run was trained on appears here when training is done."
      height={(width) => (isNarrow(width) ? PANEL_HEIGHT * panels : PANEL_HEIGHT + 20)}
      table={table}
      csv={() => domainsCsv(result)}
      fileName="copra-domains"
    />
  );
}
