import { MIN_CLIENT_IMAGES } from '../../../copra/federated/partition.ts';
import { withDecimalPoint } from '../../../core/number-format.ts';
import { useMemo } from 'react';
import { federatedClientsCsv } from '../../../share/analyses/federated/csv.ts';
import { ownImages, type OwnImages } from '../../../study/analyses/federated/attendance.ts';
import type { FederatedPartition } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import css from '../../charts/charts.module.css';
import { joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { clientsHeight, clientsOfParts, clientsPlot, clientsTable, kindColour, shownKinds } from './clients-plot.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Longer legends would fill the figure without explaining anything. */
const MAX_LEGEND = 12;

const NO_FEDERATION = { partitions: [], runs: [] };

function readingOf(
  { seed, kind, counts: all, short }: FederatedPartition,
  { only, partly }: OwnImages,
  clients: readonly number[],
  { alpha, seeds }: { readonly alpha: number | undefined; readonly seeds: number },
): string {
  const counts = clients.map((client) => all[client]);
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
    short: short && Math.min(...sizes) < MIN_CLIENT_IMAGES,
    own: only.size,
    partly: partly.size,
    seed: seeds > 1 ? seed : null,
  });
}

export function ClientsFigure({ result }: { result: StudyResult }) {
  const federated = result.federated ?? NO_FEDERATION;
  const { partitions } = federated;
  const { task } = result.config;
  const first = partitions.at(0) ?? null;
  const { own, clients } = useMemo(() => {
    const brought = ownImages(federated, first?.seed ?? 0);
    return { own: brought, clients: first ? clientsOfParts(first, brought) : [] };
  }, [federated, first]);
  const build = useMemo(() => clientsPlot(first, clients, task), [first, clients, task]);
  const table = useMemo(() => clientsTable(federated, task), [federated, task]);
  const kinds = first ? shownKinds(first, task) : [];
  return (
    <ChartFigure
      title={FEDERATED_WORDS.clients.title}
      help={
        <>
          <p>{FEDERATED_WORDS.clients.help.kinds}</p>
          <p>{FEDERATED_WORDS.clients.help.weights}</p>
        </>
      }
      message={build ? FEDERATED_WORDS.clients.message : ''}
      reading={
        first && build
          ? readingOf(first, own, clients, {
              alpha: result.config.analyses.federated?.alpha,
              seeds: partitions.length,
            })
          : ''
      }
      meta={joinMeta(seedsMeta(partitions.length))}
      legend={
        build && kinds.length > 0 && kinds.length <= MAX_LEGEND ? (
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
      isHeld={first !== null}
      empty={first ? FEDERATED_WORDS.clients.allOwn : FEDERATED_WORDS.clients.awaited}
      height={clientsHeight(first, clients)}
      table={table}
      csv={() => federatedClientsCsv(result)}
      fileName="copra-federated-clients"
    />
  );
}
