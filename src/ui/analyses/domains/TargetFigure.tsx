import { OTHER_DOMAINS_ACCURACY } from '../../../study/result/measures/domains.ts';
import { equalTaskMessage } from '../../results/EqualTask.tsx';
import { joined } from '../../results/left-out.ts';
import { AS_SHARES } from '../../../study/readings/numbers.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo } from 'react';
import { domainsCsv } from '../../../share/analyses/domains/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import charts from '../../charts/charts.module.css';
import { Legend } from '../../charts/Legend.tsx';
import { MARKERS } from '../../charts/line-styles.ts';
import { frozenName } from '../../charts/references.ts';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { domainsCaption } from './domains-caption.ts';
import { DOMAINS_WORDS } from './messages.ts';
import { BACKBONE, isStacked, targetPanels, targetPlot, targetTable } from './target-plot.ts';

const PANEL_HEIGHT = 300;

export function domainsMeta({ domains: part }: Pick<StudyResult, 'domains'>): string {
  if (!part) return '';
  const most = Math.max(0, ...part.domains.slice(1).map(({ images }) => images));
  return joinMeta(
    DOMAINS_WORDS.otherDomains(part.domains.length - 1),
    DOMAINS_WORDS.mostImages(most),
    seedsMeta(new Set(part.runs.map(({ seed }) => seed)).size),
  );
}

export function TargetFigure({ result }: { result: StudyResult }) {
  const { domains, config, task } = result;
  const build = useMemo(() => targetPlot({ domains, config, task }), [domains, config, task]);
  const table = useMemo(() => targetTable({ domains, config, task }), [domains, config, task]);
  const panels = Math.max(1, targetPanels({ domains, config }));
  const told = toldOf(result, FINDING_WORDS.comparisons['other-domains'], OTHER_DOMAINS_ACCURACY, {
    ...AS_SHARES,
    images: DOMAINS_WORDS.target.caption.pictures,
  });
  return (
    <ChartFigure
      title={DOMAINS_WORDS.target.title}
      help={
        <>
          <p>{DOMAINS_WORDS.target.help.axes}</p>
          <p>{DOMAINS_WORDS.target.help.courses}</p>
          <p>{DOMAINS_WORDS.target.help.scaled}</p>
          <p>{DOMAINS_WORDS.target.help.domains}</p>
        </>
      }
      {...told}
      message={joined(told.message, equalTaskMessage(result))}
      reading={domainsCaption(result)}
      better="up"
      meta={domainsMeta(result)}
      legend={
        <Legend arms={config.arms}>
          <span className={charts.legendItem}>
            <svg width="14" height="16" viewBox="6 0 14 16" aria-hidden="true">
              <path d={MARKERS[BACKBONE.marker]} fill={`var(${BACKBONE.token})`} />
            </svg>
            {frozenName(task)}
          </span>
        </Legend>
      }
      build={build}
      empty={DOMAINS_WORDS.target.awaited}
      height={(width) => (isStacked(width, panels) ? PANEL_HEIGHT * panels : PANEL_HEIGHT + 20)}
      table={table}
      csv={() => domainsCsv(result)}
      fileName="copra-domains"
    />
  );
}
