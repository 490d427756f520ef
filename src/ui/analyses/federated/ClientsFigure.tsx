import { SEEN } from '../../../copra/readings/seen.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo } from 'react';
import { federatedClientsCsv } from '../../../share/analyses/federated/csv.ts';
import type { FederatedPartition } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import css from '../../charts/charts.module.css';
import { integer } from '../../format.ts';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { clientsHeight, clientsPlot, clientsTable, kindColour } from './clients-plot.ts';

/** Longer legends would fill the figure without explaining anything. */
const MAX_LEGEND = 12;

function readingOf(
  { seed, kind, counts, short }: FederatedPartition,
  alpha: number | undefined,
  seeds: number,
): string {
  const sizes = counts.map((ofClient) => ofClient.reduce((a, b) => a + b, 0));
  const shares = counts.flatMap((ofClient, client) =>
    sizes[client] > 0 ? [Math.max(...ofClient) / sizes[client]] : [],
  );
  const largest = `${Math.round((100 * shares.reduce((a, b) => a + b, 0)) / shares.length)}\u00a0%`;
  const how = kind === 'style' ? 'By artwork style' : `Dirichlet${alpha === undefined ? '' : `, α = ${alpha}`}`;
  const what = kind === 'style' ? 'style' : 'class';
  return [
    `${how}: ${counted(counts.length, 'client')} with ${integer(Math.min(...sizes))} to ${counted(Math.max(...sizes), 'training image')}; the largest ${what} of a client is ${largest} of its images on average`,
    short ? 'some clients have fewer than 10 images, and no draw gave everybody more' : '',
    seeds > 1 ? `seed ${seed} is shown, other seeds have other clients` : '',
  ]
    .filter(Boolean)
    .join('; ')
    .concat('.');
}

export function ClientsFigure({ result }: { result: StudyResult }) {
  const partitions = useMemo(() => result.federated?.partitions ?? [], [result.federated]);
  const first = partitions.length > 0 ? partitions[0] : null;
  const build = useMemo(() => clientsPlot(first), [first]);
  const kinds = first?.kinds ?? [];
  return (
    <ChartFigure
      title="Images of the clients"
      help={
        <>
          <p>
            Dirichlet: the images of every class are shared out in random parts, the more unevenly the smaller α is. By
            style: every client has its own artwork styles.
          </p>
          <p>
            In the aggregate a client weighs as much as it has images, but in a round all take equally many steps: a
            client with few images sees them more often.
          </p>
        </>
      }
      message={first ? SEEN.partition : ''}
      reading={first ? readingOf(first, result.config.analyses.federated?.alpha, partitions.length) : ''}
      meta={joinMeta(seedsMeta(partitions.length))}
      legend={
        kinds.length > 0 && kinds.length <= MAX_LEGEND ? (
          <div className={css.legend}>
            {kinds.map((kind, i) => (
              <span key={kind} className={css.legendItem}>
                <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                  <rect width="12" height="12" rx="2" fill={kindColour(i, kinds.length)} />
                </svg>
                {kind}
              </span>
            ))}
          </div>
        ) : null
      }
      build={build}
      empty="Appears when federated training begins."
      height={clientsHeight(first)}
      table={clientsTable(partitions)}
      csv={() => federatedClientsCsv(result)}
      fileName="copra-federated-clients"
    />
  );
}
