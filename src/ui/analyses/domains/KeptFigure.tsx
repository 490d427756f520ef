import { keptMessage } from './domains-caption.ts';
import { useMemo } from 'react';
import { domainsCsv } from '../../../share/analyses/domains/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { keptCaption } from './domains-caption.ts';
import { keptHeight, keptPlot, keptTable } from './kept-plot.ts';
import { DOMAINS_WORDS } from './messages.ts';
import { domainsMeta } from './TargetFigure.tsx';

export function KeptFigure({ result }: { result: StudyResult }) {
  const { domains, config, task } = result;
  const build = useMemo(() => keptPlot({ domains, config, task }), [domains, config, task]);
  const table = useMemo(() => keptTable({ domains, config, task }), [domains, config, task]);
  return (
    <ChartFigure
      title={DOMAINS_WORDS.kept.title}
      help={
        <>
          <p>{DOMAINS_WORDS.kept.help.difference}</p>
          <p>{DOMAINS_WORDS.kept.help.intervals}</p>
        </>
      }
      message={keptMessage(result)}
      {...keptCaption(result)}
      better="right"
      meta={domainsMeta(result)}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty={DOMAINS_WORDS.kept.awaited}
      height={keptHeight({ domains, config })}
      table={table}
      csv={() => domainsCsv(result)}
      fileName="copra-domains-kept"
    />
  );
}
