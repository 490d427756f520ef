/** Who took part: a row per client and name, a column per round, as strong as the share of the trainings in which it did. */
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { MISSING } from '../../../core/number-format.ts';
import { shortened } from '../../../core/shortened.ts';
import { everyNth } from '../../charts/names.ts';
import type { ClassAttendance, HolderAttendance } from './class-attendance.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Longest name on an axis, in characters. */
const MAX_NAME = 16;

export const attendanceHeight = (attendance: ClassAttendance | null): number =>
  attendance ? 66 + 30 * Math.max(3, attendance.holders.length) : 120;

export function attendancePlot(attendance: ClassAttendance | null): BuildFigure | null {
  if (!attendance) return null;
  const { holders, rounds } = attendance;
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
        y: { kind: 'names', names: holders.map(({ name }) => shortened(name, MAX_NAME)), fromTop: true, lines: false },
        marks: [
          {
            kind: 'cells',
            values: holders.map((holder) => holder.rounds.map(({ took, of }) => (of > 0 ? (100 * took) / of : 0))),
            range: [0, 100],
            scale: [
              [0, '--sunken'],
              [1, '--accent'],
            ],
            gap: 2,
            reading: (row, round) => {
              const { took, asked, of } = holders[row].rounds[round];
              return FEDERATED_WORDS.attendance.reading(holders[row].name, round + 1, took, asked, of);
            },
          },
        ],
      },
    ],
  });
}

const total = ({ rounds }: HolderAttendance, of: 'asked' | 'took' | 'of'): number =>
  rounds.reduce((sum, round) => sum + round[of], 0);

export const attendanceTable = (attendance: ClassAttendance | null): TableData => ({
  head: FEDERATED_WORDS.attendance.head,
  rows: (attendance?.holders ?? []).map((holder) => [
    String(holder.client + 1),
    holder.name,
    String(total(holder, 'took')),
    String(total(holder, 'asked')),
    String(total(holder, 'of')),
    holder.images === null ? MISSING : String(holder.images),
    holder.own === null ? MISSING : String(holder.own),
  ]),
});
