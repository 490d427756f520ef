import { FEDERATED_ERROR } from '../../../study/result/measures/federated.ts';
import { messageOf } from '../../results/message-of.ts';
import { useMemo } from 'react';
import { federatedErrorCsv } from '../../../share/analyses/federated/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { seedsMeta } from '../../results/figure-meta.ts';
import { coursesOf, type FederatedParts } from './courses.ts';
import { errorHeight, errorPlot, errorTable, inexactCourses } from './error-plot.ts';
import { errorCaption } from './federated-caption.ts';

function emptyText(parts: FederatedParts): string {
  const runs = coursesOf(parts).flatMap((course) => course.runs);
  if (runs.length === 0) return 'Appears with the first round.';
  return runs.some(({ error }) => error.length > 0)
    ? 'All rules so far are exact: nothing is lost.'
    : 'The errors were left out of this result.';
}

export function ErrorFigure({ result }: { result: StudyResult }) {
  const { federated, config, task, runs } = result;
  const parts: FederatedParts = useMemo(() => ({ federated, config, task, runs }), [federated, config, task, runs]);
  const build = useMemo(() => errorPlot(parts), [parts]);
  const table = useMemo(() => errorTable(parts), [parts]);
  const courses = inexactCourses(parts);
  const seeds = new Set(federated?.runs.map(({ seed }) => seed)).size;
  return (
    <ChartFigure
      title="Error of aggregation per layer"
      help={
        <>
          <p>
            The average of the clients’ updates is Σ pₖBₖAₖ. Averages of A and of B do not multiply to it: the error is
            E = Σ pₖ(Bₖ − B)(Aₖ − A), and a cell shows ‖E‖ as a share of ‖Σ pₖBₖAₖ‖, all projections of a layer
            together.
          </p>
          <p>
            The more clients differ, the larger it is; it says how much of a round is lost or added by chance, not how
            much accuracy that costs. Rules that are exact have no panel.
          </p>
        </>
      }
      message={messageOf(result, 'averaging', FEDERATED_ERROR)}
      reading={errorCaption(parts)}
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
