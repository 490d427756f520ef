import { SEEN } from '../../../copra/readings/seen.ts';
import { withDecimalPoint } from '../../../core/number-format.ts';
import { useMemo } from 'react';
import { federatedClientsCsv } from '../../../share/analyses/federated/csv.ts';
import type { FederatedPartition } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import css from '../../charts/charts.module.css';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { clientsHeight, clientsPlot, clientsTable, kindColour } from './clients-plot.ts';
import { FEDERATED_WORDS } from './messages.ts';

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
  return FEDERATED_WORDS.clients.partition({
    byStyle: kind === 'style',
    alpha: alpha === undefined ? null : withDecimalPoint(String(alpha)),
    clients: counts.length,
    least: Math.min(...sizes),
    most: Math.max(...sizes),
    largest: `${Math.round((100 * shares.reduce((a, b) => a + b, 0)) / shares.length)}\u00a0%`,
    short,
    seed: seeds > 1 ? seed : null,
  });
}

export function ClientsFigure({ result }: { result: StudyResult }) {
  const partitions = useMemo(() => result.federated?.partitions ?? [], [result.federated]);
  const first = partitions.length > 0 ? partitions[0] : null;
  const build = useMemo(() => clientsPlot(first), [first]);
  const kinds = first?.kinds ?? [];
  return (
    <ChartFigure
      title={FEDERATED_WORDS.clients.title}
      help={
        <>
          <p>{FEDERATED_WORDS.clients.help.kinds}</p>
          <p>{FEDERATED_WORDS.clients.help.weights}</p>
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
      empty={FEDERATED_WORDS.clients.awaited}
      height={clientsHeight(first)}
      table={clientsTable(partitions)}
      csv={() => federatedClientsCsv(result)}
      fileName="copra-federated-clients"
    />
  );
}
