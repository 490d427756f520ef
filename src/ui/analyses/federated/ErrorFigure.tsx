import { FEDERATED_ERROR } from '../../../study/result/measures/federated.ts';
import { toldOf } from '../../results/told-of.ts';
import { useMemo } from 'react';
import { federatedErrorCsv } from '../../../share/analyses/federated/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { seedsMeta } from '../../results/figure-meta.ts';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { seedCourses, type FederatedParts } from './seed-courses.ts';
import { errorHeight, errorPlot, errorTable, inexactCourses } from './error-plot.ts';
import { errorCaption } from './federated-caption.ts';
import { FEDERATED_WORDS } from './messages.ts';

function emptyText(parts: FederatedParts): string {
  const runs = seedCourses(parts).flatMap((course) => course.runs);
  if (runs.length === 0) return FEDERATED_WORDS.error.awaited;
  return runs.some(({ error }) => error.length > 0) ? FEDERATED_WORDS.error.allExact : FEDERATED_WORDS.error.leftOut;
}

export function ErrorFigure({ result }: { result: StudyResult }) {
  const { federated, config, task, runs, status, provenance } = result;
  const parts: FederatedParts = useMemo(
    () => ({ federated, config, task, runs, status, provenance }),
    [federated, config, task, runs, status, provenance],
  );
  const build = useMemo(() => errorPlot(parts), [parts]);
  const table = useMemo(() => errorTable(parts), [parts]);
  const courses = inexactCourses(parts);
  const seeds = new Set(federated?.runs.map(({ seed }) => seed)).size;
  return (
    <ChartFigure
      title={FEDERATED_WORDS.error.title}
      help={
        <>
          <p>{FEDERATED_WORDS.error.help.formula}</p>
          <p>{FEDERATED_WORDS.error.help.meaning}</p>
        </>
      }
      {...toldOf(result, FINDING_WORDS.comparisons.averaging, FEDERATED_ERROR)}
      reading={errorCaption(result)}
      better="down"
      meta={seedsMeta(seeds)}
      legend={null}
      build={build}
      empty={emptyText(parts)}
      height={(width) => (build ? errorHeight(courses, width) : 120)}
      table={table}
      csv={() => federatedErrorCsv(result)}
      fileName="copra-federated-error"
    />
  );
}
