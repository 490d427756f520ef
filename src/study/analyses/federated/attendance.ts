/** Who took part in a federation: how it is written down, and readings of it, whatever version of the page wrote it. */
import { without } from '../../../core/without.ts';
import type { Crew } from '../../classroom/crew.ts';
import type { RoundOutcome } from '../../classroom/round.ts';
import type { Attendance, FederatedResult } from './result.ts';

export type AttendanceRound = Attendance['rounds'][number];

/** Who took part up to this round. @param before undefined at the first round */
export function attended(
  before: Attendance | undefined,
  crew: Crew,
  clients: number,
  { answers, asked, names: askedNames, down, up }: RoundOutcome,
): Attendance {
  const names = before ? [...before.names] : Array.from({ length: clients }, () => '');
  asked.forEach((client, i) => (names[client] = askedNames[i]));
  // Who waits and was not asked yet, maybe with a client beyond those of this federation. Who was asked keeps the name: a client may have changed hands since.
  for (const { holds, name } of crew.devices())
    for (const client of holds) if (client < clients) names[client] ||= name;
  const own = answers.map((answer) => answer.own);
  const round = {
    asked: [...asked],
    names: [...askedNames],
    took: answers.map(({ client }) => client),
    images: answers.map(({ images }) => images),
    ...(own.some((images) => images !== null) && { own }),
    down,
    up,
  };
  return { names, rounds: [...(before?.rounds ?? []), round] };
}

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
