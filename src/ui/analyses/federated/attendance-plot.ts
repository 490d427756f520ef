/** Who took part: a row per client, a column per round, as strong as the share of the trainings in which it did. */
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { MISSING } from '../../../core/number-format.ts';
import { everyNth } from '../../charts/names.ts';
import type { ClassAttendance, ClientAttendance } from './attendance.ts';
import { FEDERATED_WORDS } from './messages.ts';

const MAX_NAME = 16;
const shortName = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);

export const attendanceHeight = (attendance: ClassAttendance | null): number =>
  attendance ? 66 + 30 * Math.max(3, attendance.clients.length) : 120;

export function attendancePlot(attendance: ClassAttendance | null): BuildFigure | null {
  if (!attendance) return null;
  const { clients } = attendance;
  const rounds = clients[0]?.rounds.length ?? 0;
  const every = rounds > 30 ? 10 : rounds > 12 ? 5 : 1;
  return () => ({
    margin: { left: 118, right: 12, top: 6, bottom: 42 },
    pointer: 'nearest',
    panels: [
      {
        x: {
          kind: 'names',
          names: Array.from({ length: rounds }, (_, round) => String(round + 1)),
          ticks: everyNth(rounds, every, every - 1),
          title: FEDERATED_WORDS.round,
          lines: false,
        },
        y: { kind: 'names', names: clients.map(({ name }) => shortName(name)), fromTop: true, lines: false },
        marks: [
          {
            kind: 'cells',
            values: clients.map((client) => client.rounds.map(({ took, of }) => (of > 0 ? (100 * took) / of : 0))),
            range: [0, 100],
            scale: [
              [0, '--sunken'],
              [1, '--accent'],
            ],
            gap: 2,
            reading: (client, round) => {
              const { took, asked, of } = clients[client].rounds[round];
              return FEDERATED_WORDS.attendance.reading(clients[client].name, round + 1, took, asked, of);
            },
          },
        ],
      },
    ],
  });
}

const total = ({ rounds }: ClientAttendance, of: 'asked' | 'took' | 'of'): number =>
  rounds.reduce((sum, round) => sum + round[of], 0);

export const attendanceTable = (attendance: ClassAttendance | null): TableData => ({
  head: FEDERATED_WORDS.attendance.head,
  rows: (attendance?.clients ?? []).map((client) => [
    String(client.client + 1),
    client.name,
    String(total(client, 'took')),
    String(total(client, 'asked')),
    String(total(client, 'of')),
    client.images === null ? MISSING : String(client.images),
  ]),
});
