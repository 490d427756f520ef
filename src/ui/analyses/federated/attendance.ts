/** Who took part in which round, over all arms, rules and seeds of a class. */
import type { Attendance, FederatedRun } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Runs whose clients were devices of their own. */
const runsOf = ({
  federated,
}: Pick<StudyResult, 'federated'>): (FederatedRun & { readonly attendance: Attendance })[] =>
  (federated?.runs ?? []).flatMap(({ attendance, ...run }) => (attendance ? [{ ...run, attendance }] : []));

export interface ClientAttendance {
  readonly client: number;
  readonly name: string;
  /** [rounds]: trainings of that round in which it was asked, took part, and all that there are. */
  readonly rounds: readonly { readonly asked: number; readonly took: number; readonly of: number }[];
  /** Of the last answer; null: there is none. */
  readonly images: number | null;
}

export interface ClassAttendance {
  readonly clients: readonly ClientAttendance[];
  /** Trainings: arms, rules and seeds. */
  readonly trainings: number;
  /** Answers in time, and devices asked, over all rounds of all trainings. */
  readonly took: number;
  readonly asked: number;
  /** Mean bytes of a round, of all its messages. */
  readonly down: number;
  readonly up: number;
}

/** Null where clients were simulated, and before the first round. */
export function attendanceOf(result: Pick<StudyResult, 'federated'>): ClassAttendance | null {
  const runs = runsOf(result);
  const all = runs.flatMap(({ attendance }) => attendance.rounds);
  if (all.length === 0) return null;
  const names = runs[runs.length - 1].attendance.names;
  const longest = Math.max(...runs.map(({ attendance }) => attendance.rounds.length));
  const count = (
    of: number,
    which: (round: Attendance['rounds'][number]) => readonly number[],
    client: number,
  ): number =>
    runs.filter(({ attendance }) => of < attendance.rounds.length && which(attendance.rounds[of]).includes(client))
      .length;
  const clients = names.map((name, client): ClientAttendance => {
    const last = all.findLast(({ took }) => took.includes(client));
    return {
      client,
      name: name || FEDERATED_WORDS.attendance.client(client + 1),
      rounds: Array.from({ length: longest }, (_, round) => ({
        asked: count(round, ({ asked }) => asked, client),
        took: count(round, ({ took }) => took, client),
        of: runs.filter(({ attendance }) => round < attendance.rounds.length).length,
      })),
      images: last ? last.images[last.took.indexOf(client)] : null,
    };
  });
  const sum = (value: (round: Attendance['rounds'][number]) => number): number =>
    all.reduce((total, round) => total + value(round), 0);
  return {
    clients,
    trainings: runs.length,
    took: sum(({ took }) => took.length),
    asked: sum(({ asked }) => asked.length),
    down: sum(({ down }) => down) / all.length,
    up: sum(({ up }) => up) / all.length,
  };
}
