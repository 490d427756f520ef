/** Who holds which training images: a bar per client, its parts classes or styles. */
import type { FederatedPartition } from '../../../study/analyses/federated/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { axis, baseLayout } from '../../charts/theme.ts';

/** Muted hues around the circle, in two depths so that neighbours in a bar differ. The colours of arms mean arms, and are not used. */
export const kindColour = (kind: number, kinds: number): string =>
  `hsl(${Math.round((360 * kind) / kinds)} 42% ${kind % 2 === 0 ? 46 : 66}%)`;

export const clientsHeight = (partition: FederatedPartition | null): number =>
  partition ? 60 + 30 * Math.max(3, partition.counts.length) : 120;

export function clientsPlot(partition: FederatedPartition | null): BuildFigure | null {
  if (!partition) return null;
  const { kinds, counts } = partition;
  const names = counts.map((_, client) => String(client + 1));
  return (theme) => ({
    data: kinds.map((kind, i) => ({
      type: 'bar',
      orientation: 'h',
      name: plainText(kind),
      y: names,
      x: counts.map((ofClient) => ofClient[i]),
      marker: { color: kindColour(i, kinds.length), line: { width: 1, color: theme.surface } },
      hovertemplate: `client %{y}: %{x} of ${plainText(kind)}<extra></extra>`,
    })),
    layout: {
      ...baseLayout(theme),
      hovermode: 'closest',
      barmode: 'stack',
      bargap: 0.25,
      xaxis: axis(theme, 'training images'),
      yaxis: axis(theme, 'client', { type: 'category', autorange: 'reversed', showgrid: false }),
      margin: { l: 44, r: 12, t: 4, b: 42 },
    },
  });
}

export function clientsTable(partitions: readonly FederatedPartition[]): TableData {
  const kinds = partitions[0]?.kinds ?? [];
  return {
    head: ['Client', 'Seed', 'Images', ...kinds],
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
