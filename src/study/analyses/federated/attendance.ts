/** Readings of who took part in a federation, whatever version of the page wrote them down. */
import { without } from '../../../core/without.ts';
import type { Attendance, FederatedResult } from './result.ts';

type Round = Attendance['rounds'][number];

/** The names of the devices that a round asked, as `asked` lists their clients; empty where they are not told. */
export const namesIn = ({ names }: Attendance, round: Round): readonly string[] =>
  round.names ?? round.asked.map((client) => names[client] ?? '');

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
  const rounds = runs.filter((run) => run.seed === seed).flatMap(({ attendance }) => attendance?.rounds ?? []);
  for (const { took, own } of rounds)
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
