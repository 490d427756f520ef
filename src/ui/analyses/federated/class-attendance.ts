/** Who took part in which round, over all arms, rules and seeds of a class. */
import { nameIn, namesIn, roundsOf, type AttendanceRound } from '../../../study/analyses/federated/attendance.ts';
import type { Attendance, FederatedRun } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { FEDERATED_WORDS } from './messages.ts';

/** Runs whose clients were devices of their own. */
const runsOf = ({
  federated,
}: Pick<StudyResult, 'federated'>): (FederatedRun & { readonly attendance: Attendance })[] =>
  (federated?.runs ?? []).flatMap(({ attendance, ...run }) => (attendance ? [{ ...run, attendance }] : []));

/** A client under one name: who takes over a client of somebody who left has a row of their own. */
export interface HolderAttendance {
  readonly client: number;
  readonly name: string;
  /** [rounds]: trainings of that round in which it was asked, took part, and all that there are. */
  readonly rounds: readonly { readonly asked: number; readonly took: number; readonly of: number }[];
  /** As many images as the last answer counts as; null: there is none. */
  readonly images: number | null;
  /** As many images of its own as the device said then; null: it trained on its part of the study's, or there is no answer. */
  readonly own: number | null;
}

export interface ClassAttendance {
  /** By client, in the order in which they held it; one of a client that nobody held. */
  readonly holders: readonly HolderAttendance[];
  readonly clients: number;
  readonly rounds: number;
  /** Trainings: arms, rules and seeds. */
  readonly trainings: number;
  /** Answers in time, and devices asked, over all rounds of all trainings. */
  readonly took: number;
  readonly asked: number;
  /** Mean bytes of a round, of all its messages. */
  readonly down: number;
  readonly up: number;
}

/** Who held which client, by the clients of the rounds that asked them; a client that no round asked has the last name that is known. */
function holdersOf(attendances: readonly Attendance[]): { readonly client: number; readonly name: string }[] {
  const names = new Map<number, Set<string>>();
  for (const attendance of attendances)
    for (const round of attendance.rounds)
      namesIn(attendance, round).forEach((name, i) => {
        const client = round.asked[i];
        names.set(client, (names.get(client) ?? new Set()).add(name));
      });
  const clients = Math.max(...attendances.map(({ names: { length } }) => length));
  return Array.from({ length: clients }, (_, client) => client).flatMap((client) => {
    const held = names.get(client) ?? [attendances.findLast((one) => one.names[client])?.names[client] ?? ''];
    return [...held].map((name) => ({ client, name }));
  });
}

/** Null where clients were simulated, and before the first round. */
export function attendanceOf(result: Pick<StudyResult, 'federated'>): ClassAttendance | null {
  const runs = runsOf(result);
  const all = roundsOf({ runs });
  if (all.length === 0) return null;
  const longest = Math.max(...runs.map(({ attendance }) => attendance.rounds.length));
  const holders = holdersOf(runs.map(({ attendance }) => attendance)).map(({ client, name }): HolderAttendance => {
    const wasAsked = (attendance: Attendance, round: AttendanceRound): boolean =>
      nameIn(attendance, round, client) === name;
    const tookPart = (attendance: Attendance, round: AttendanceRound): boolean =>
      round.took.includes(client) && wasAsked(attendance, round);
    const count = (of: number, which: typeof wasAsked): number =>
      runs.filter(({ attendance }) => of < attendance.rounds.length && which(attendance, attendance.rounds[of])).length;
    const last = runs
      .flatMap(({ attendance }) => attendance.rounds.filter((round) => tookPart(attendance, round)))
      .at(-1);
    const place = last?.took.indexOf(client) ?? -1;
    return {
      client,
      name: name || FEDERATED_WORDS.attendance.client(client + 1),
      rounds: Array.from({ length: longest }, (_, round) => ({
        asked: count(round, wasAsked),
        took: count(round, tookPart),
        of: runs.filter(({ attendance }) => round < attendance.rounds.length).length,
      })),
      images: last?.images[place] ?? null,
      own: last?.own?.[place] ?? null,
    };
  });
  const sum = (value: (round: AttendanceRound) => number): number =>
    all.reduce((total, round) => total + value(round), 0);
  return {
    holders,
    clients: new Set(holders.map(({ client }) => client)).size,
    rounds: longest,
    trainings: runs.length,
    took: sum(({ took }) => took.length),
    asked: sum(({ asked }) => asked.length),
    down: sum(({ down }) => down) / all.length,
    up: sum(({ up }) => up) / all.length,
  };
}
