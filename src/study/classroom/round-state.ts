/** How far a round is, and what follows from it: whom to ask, whether it is done, and which answers are sound. */
import type { CrewDevice } from './crew.ts';
import type { TrainedHead } from './messages.ts';
import type { ClientAnswer, Refusal, RoundOutcome, RoundTask } from './round.ts';

/** No training that gets anywhere comes near. What is larger counts as not finite, so that one device cannot spoil the average. */
const LARGEST_VALUE = 1e6;

export interface RoundState {
  readonly task: RoundTask;
  /** By client. */
  readonly asked: Map<number, CrewDevice>;
  /** Devices that cannot be asked, because a message cannot hold what they lack. */
  readonly beyond: Set<CrewDevice>;
  /** Clients whose answer is refused, or has not come before a deadline. */
  readonly failed: Map<number, Refusal | 'late'>;
  readonly answers: Map<number, ClientAnswer>;
  /** The share of its steps that each client has done. */
  readonly shares: Map<number, number>;
  /** Devices that reported progress since the last deadline. */
  readonly trains: Set<CrewDevice>;
  /** Devices that may still answer although they are late: all that were asked before the first deadline, then those that reported progress before the last. */
  hoped: ReadonlySet<CrewDevice>;
  /** Whether a deadline has passed when there was an answer. */
  isLate: boolean;
  /** Bytes of all messages so far. */
  down: number;
  up: number;
}

export const begun = (task: RoundTask): RoundState => ({
  task,
  asked: new Map(),
  beyond: new Set(),
  failed: new Map(),
  answers: new Map(),
  shares: new Map(),
  trains: new Set(),
  hoped: new Set(),
  isLate: false,
  down: 0,
  up: 0,
});

// Whom to ask. `here`: the devices that are connected ------------------------------------------------------------------------
export const reachable = ({ beyond }: RoundState, here: readonly CrewDevice[]): CrewDevice[] =>
  here.filter((device) => !beyond.has(device));

/** The drawn clients, or those in reserve where a round without them would wait for ever. */
export function wantedClients(state: RoundState, here: readonly CrewDevice[]): readonly number[] {
  const { answers, asked, failed, task } = state;
  const { drawn, reserves } = task;
  const isOut = (client: number, device: CrewDevice): boolean => asked.get(client) === device && failed.has(client);
  const able = new Set(
    reachable(state, here).flatMap((device) => device.holds.filter((client) => !isOut(client, device))),
  );
  if (answers.size > 0 || drawn.some((client) => able.has(client))) return drawn;
  // An adapter that is not finite is what the training gives, if another device finds the same: one alone may say anything.
  const { size: diverged } = divergedHere(state, here);
  if (diverged > 1) return drawn;
  return reserves.filter((client) => able.has(client)).slice(0, diverged === 1 ? 1 : drawn.length);
}

/** Of the wanted clients, those that a device holds and was not asked for. */
export const clientsToAsk = ({ answers, asked }: RoundState, device: CrewDevice, wanted: readonly number[]): number[] =>
  device.holds.filter((client) => wanted.includes(client) && !answers.has(client) && asked.get(client) !== device);

/** Clients for which a device that was asked is asked once more: not for those that have answered what cannot be used. */
export const clientsToAskAgain = ({ asked, failed }: RoundState, device: CrewDevice): number[] =>
  device.holds.filter((client) => asked.get(client) === device && failed.get(client) !== 'not-finite');

// Whether it is done ---------------------------------------------------------------------------------------------------------
/** Devices that are here and whose adapter is not finite. */
const divergedHere = ({ asked, failed }: RoundState, here: readonly CrewDevice[]): ReadonlySet<CrewDevice> =>
  new Set(
    [...asked].flatMap(([client, device]) =>
      failed.get(client) === 'not-finite' && here.includes(device) ? [device] : [],
    ),
  );

/** Whether a round is done, goes on, or goes on although nobody is here who was asked. */
export function stageOf(state: RoundState, here: readonly CrewDevice[]): 'done' | 'under-way' | 'nobody-here' {
  const { answers, asked, failed, isLate } = state;
  const due = [...asked].filter(([client, device]) => here.includes(device) && !answers.has(client));
  const training = due.filter(([client]) => !failed.has(client));
  if (training.length > 0 && !(isLate && answers.size > 0)) return 'under-way';
  if (answers.size > 0 || isDiverged(state, here, due)) return 'done';
  return due.length > 0 ? 'under-way' : 'nobody-here';
}

/** Whether what came decides the round without an answer: two find the same, or nobody who is here may find anything else. */
function isDiverged(
  state: RoundState,
  here: readonly CrewDevice[],
  due: readonly (readonly [number, CrewDevice])[],
): boolean {
  const { failed, hoped, trains } = state;
  const { size } = divergedHere(state, here);
  const mayAnswer = due.some(
    ([client, device]) => failed.get(client) === 'late' && (hoped.has(device) || trains.has(device)),
  );
  return size > 1 || (size === 1 && !mayAnswer);
}

const ascending = (clients: Iterable<number>): number[] => [...clients].sort((a, b) => a - b);

export function outcomeOf({ answers, asked, down, up }: RoundState): RoundOutcome {
  const clients = ascending(asked.keys());
  return {
    answers: ascending(answers.keys()).flatMap((client) => answers.get(client) ?? []),
    asked: clients,
    names: clients.map((client) => asked.get(client)?.name ?? ''),
    down,
    up,
  };
}

/** The share of the steps of the clients that were asked that is done. */
export function shareOf({ answers, asked, shares }: RoundState): number {
  const done = [...asked.keys()].map((client) => (answers.has(client) ? 1 : (shares.get(client) ?? 0)));
  return done.reduce((a, b) => a + b, 0) / done.length;
}

/** Why an answer of a device is refused; null for a sound one. */
export function faultOf(
  { asked, task }: RoundState,
  device: CrewDevice,
  { clients, images }: Pick<TrainedHead, 'clients' | 'images'>,
  values: Float32Array,
): Refusal | null {
  const differ = new Set(clients).size === clients.length;
  if (!differ || clients.some((client) => asked.get(client) !== device)) return 'wrong-client';
  if (values.length !== clients.length * task.start.length) return 'wrong-length';
  if (images.length !== clients.length) return 'wrong-images';
  if (device.isTrusted) return null;
  const sound = clients.every((client, i) =>
    device.hasOwnImages ? images[i] > 0 : images[i] === task.imagesOf(client),
  );
  if (!sound) return 'wrong-images';
  return values.every((value) => Math.abs(value) <= LARGEST_VALUE) ? null : 'not-finite';
}
