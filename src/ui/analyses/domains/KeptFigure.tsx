import { keptMessage } from './domains-caption.ts';
import { useMemo } from 'react';
import { domainsCsv } from '../../../share/analyses/domains/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { Legend } from '../../charts/Legend.tsx';
import { keptCaption } from './domains-caption.ts';
import { keptHeight, keptPlot, keptTable } from './kept-plot.ts';
import { domainsMeta } from './TargetFigure.tsx';

export function KeptFigure({ result }: { result: StudyResult }) {
  const { domains, config } = result;
  const build = useMemo(() => keptPlot({ domains, config }), [domains, config]);
  const table = useMemo(() => keptTable({ domains, config }), [domains, config]);
  return (
    <ChartFigure
      title="What is kept of the backbone"
      help={
        <>
          <p>
            Accuracy with every layer on, less that of the backbone alone, domain by domain. Left of 0 training cost
            something that the backbone could do: it forgot. Right of 0 what was learned on one domain helps on another.
          </p>
          <p>
            Lines are 95 % intervals: over other seeds and other images, where the answers to single images are known.
          </p>
        </>
      }
      message={keptMessage(result)}
      reading={keptCaption(result)}
      better="up"
      meta={domainsMeta(result)}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty="What training costs and gives on every other domain appears here when training is done."
      height={keptHeight({ domains, config })}
      table={table}
      csv={() => domainsCsv(result)}
      fileName="copra-domains-kept"
    />
  );
}
