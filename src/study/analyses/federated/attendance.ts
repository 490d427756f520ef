/** Readings of who took part in a federation, whatever version of the page wrote them down. */
import { without } from '../../../core/without.ts';
import type { Attendance, FederatedResult } from './result.ts';

export type AttendanceRound = Attendance['rounds'][number];

/** Rounds of all runs whose clients were devices of their own. */
export const roundsOf = ({ runs }: Pick<FederatedResult, 'runs'>): AttendanceRound[] =>
  runs.flatMap(({ attendance }) => attendance?.rounds ?? []);

/** The names of the devices that a round asked, as `asked` lists their clients; empty where they are not told. */
export const namesIn = ({ names }: Attendance, round: AttendanceRound): readonly string[] =>
  round.names ?? round.asked.map((client) => names[client] ?? '');

/** That of the device that a round asked for a client; undefined where it did not ask. */
export const nameIn = (attendance: Attendance, round: AttendanceRound, client: number): string | undefined =>
  namesIn(attendance, round)[round.asked.indexOf(client)];

export const holdsNames = ({ names, rounds }: Attendance): boolean =>
  names.some((name) => name !== '') || rounds.some((round) => round.names);

export const nameless = ({ names, rounds }: Attendance): Attendance => ({
  names: names.map(() => ''),
  rounds: rounds.map((round) => without(round, 'names')),
});

export interface OwnImages {
  /** Clients that never trained on their part of the study's images, with the number that their devices last said. */
  readonly only: ReadonlyMap<number, number>;
  /** Clients that trained on images of their own in some rounds, and on their part in others. */
  readonly partly: ReadonlySet<number>;
}

/** Which clients of a seed's federation trained on images that their devices brought. */
export function ownImages({ runs }: Pick<FederatedResult, 'runs'>, seed: number): OwnImages {
  const said = new Map<number, number>();
  const parts = new Set<number>();
  for (const { took, own } of roundsOf({ runs: runs.filter((run) => run.seed === seed) }))
    took.forEach((client, i) => {
      const images = own?.[i] ?? null;
      if (images === null) parts.add(client);
      else said.set(client, images);
    });
  return {
    only: new Map([...said].filter(([client]) => !parts.has(client))),
    partly: new Set([...said.keys()].filter((client) => parts.has(client))),
  };
}
