/** The distribution of training images: one bar per client, split by class or style. */
import type { FederatedPartition } from '../../../study/analyses/federated/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Colour } from '../../charts/figure.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Muted hues around the colour circle, in two shades so that neighbours in a bar differ. Arm colours are reserved for arms. */
export const kindColour = (kind: number, kinds: number): Colour =>
  `hsl(${Math.round((360 * kind) / kinds)} 42% ${kind % 2 === 0 ? 46 : 66}%)`;

export const clientsHeight = (partition: FederatedPartition | null): number =>
  partition ? 60 + 30 * Math.max(3, partition.counts.length) : 120;

export function clientsPlot(partition: FederatedPartition | null): BuildFigure | null {
  if (!partition) return null;
  const { kinds, counts } = partition;
  return () => ({
    margin: { left: 44, right: 12, top: 4, bottom: 42 },
    pointer: 'nearest',
    panels: [
      {
        x: { kind: 'linear', title: FEDERATED_WORDS.clients.axis },
        y: {
          kind: 'names',
          title: FEDERATED_WORDS.client,
          names: counts.map((_, client) => String(client + 1)),
          fromTop: true,
          lines: false,
        },
        marks: [
          {
            kind: 'bars',
            lying: true,
            stacked: true,
            gap: 0.25,
            series: kinds.map((kind, i) => ({
              name: kind,
              values: counts.map((ofClient) => ofClient[i]),
              colour: kindColour(i, kinds.length),
              reading: (client) => FEDERATED_WORDS.clients.reading(client + 1, counts[client][i], kind),
            })),
          },
        ],
      },
    ],
  });
}

export function clientsTable(partitions: readonly FederatedPartition[]): TableData {
  const kinds = partitions[0]?.kinds ?? [];
  return {
    head: [...FEDERATED_WORDS.clients.head, ...kinds],
    rows: partitions.flatMap(({ seed, counts }) =>
      counts.map((ofClient, client) => [
        String(client + 1),
        String(seed),
        String(ofClient.reduce((a, b) => a + b, 0)),
        ...ofClient.map(String),
      ]),
    ),
  };
}
