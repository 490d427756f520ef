/** The distribution of training images: one bar per client, split by class or style. */
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import { MISSING } from '../../../core/number-format.ts';
import { ownImages, type OwnImages } from '../../../study/analyses/federated/attendance.ts';
import type { FederatedPartition, FederatedResult } from '../../../study/analyses/federated/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Colour } from '../../charts/figure.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Muted hues around the colour circle, in two shades so that neighbours in a bar differ. Arm colours are reserved for arms. */
export const kindColour = (kind: number, kinds: number): Colour =>
  `hsl(${Math.round((360 * kind) / kinds)} 42% ${kind % 2 === 0 ? 46 : 66}%)`;

/** Clients whose part of the study's images was used, from 0; the others brought images of which only the number is known. */
export const clientsOfParts = ({ counts }: FederatedPartition, { only }: OwnImages): number[] =>
  counts.flatMap((_, client) => (only.has(client) ? [] : [client]));

/** Names of the classes, or of the styles. */
export const shownKinds = ({ kind, kinds }: FederatedPartition, taskId: string): readonly string[] =>
  kind === 'style' ? kinds : kinds.map((name) => shownClass(taskId, name));

/** @param clients those that are shown */
export const clientsHeight = (partition: FederatedPartition | null, clients: readonly number[]): number =>
  partition && clients.length > 0 ? 60 + 30 * Math.max(3, clients.length) : 120;

/** @param clients those that are shown */
export function clientsPlot(
  partition: FederatedPartition | null,
  clients: readonly number[],
  taskId: string,
): BuildFigure | null {
  if (!partition || clients.length === 0) return null;
  const kinds = shownKinds(partition, taskId);
  const counts = clients.map((client) => partition.counts[client]);
  return () => ({
    margin: { left: 44, right: 12, top: 4, bottom: 42 },
    pointer: 'nearest',
    panels: [
      {
        x: { kind: 'linear', title: FEDERATED_WORDS.clients.axis },
        y: {
          kind: 'names',
          title: FEDERATED_WORDS.client,
          names: clients.map((client) => String(client + 1)),
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
              reading: (row) => FEDERATED_WORDS.clients.reading(clients[row] + 1, counts[row][i], kind),
            })),
          },
        ],
      },
    ],
  });
}

export function clientsTable({ partitions, runs }: FederatedResult, taskId: string): TableData {
  const kinds = partitions.length > 0 ? shownKinds(partitions[0], taskId) : [];
  return {
    head: [...FEDERATED_WORDS.clients.head, ...kinds],
    rows: partitions.flatMap(({ seed, counts }) => {
      const { only } = ownImages({ runs }, seed);
      return counts.map((ofClient, client) => {
        const own = only.get(client);
        return [
          String(client + 1),
          String(seed),
          String(own ?? ofClient.reduce((a, b) => a + b, 0)),
          ...ofClient.map((count) => (own === undefined ? String(count) : MISSING)),
        ];
      });
    }),
  };
}
