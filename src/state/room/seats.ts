/** Which client of the federation a device becomes that enters the class. */
import * as v from 'valibot';
import { DeviceNameSchema, MAX_CLIENTS } from '../../study/classroom/messages.ts';
import { WayBackSchema, type WayBack } from './ways-back.ts';

const SeatsSchema = v.pipe(
  v.array(
    v.object({
      token: v.string(),
      name: DeviceNameSchema,
      client: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CLIENTS - 1)),
      /** Whether it trains on images of its own. */
      own: v.optional(v.boolean(), false),
      /** By which the leading page returns to it, the newest first; absent: it returns to that page by itself, or has left. */
      ways: v.optional(v.array(WayBackSchema)),
    }),
  ),
  v.maxLength(MAX_CLIENTS),
);

/** The last device that had a client. */
export type Seat = v.InferOutput<typeof SeatsSchema>[number];

/** Seats as they were kept; none where the text is anything else. */
export function seatsIn(text: string): readonly Seat[] {
  try {
    return v.parse(SeatsSchema, JSON.parse(text));
  } catch {
    return [];
  }
}

/** A device of the class, connected or gone. */
export interface Seated extends Pick<Seat, 'token' | 'name' | 'client'> {
  readonly isHere: boolean;
}

/**
 * The same client as before for a device that returns, known by its token or else by its name; else the first that nobody had, else the first whose device is
 * gone. Null when all devices are connected.
 * @param clients number of clients
 */
export function seatFor(
  seated: readonly Seated[],
  { token, name }: Pick<Seated, 'token' | 'name'>,
  clients: number,
): number | null {
  const free = seated.filter(({ isHere, client }) => !isHere && client < clients);
  const own = free.find((seat) => seat.token === token) ?? free.find((seat) => seat.name === name);
  if (own) return own.client;
  const taken = new Set(seated.map(({ client }) => client));
  for (let client = 0; client < clients; client++) if (!taken.has(client)) return client;
  return free.length > 0 ? Math.min(...free.map(({ client }) => client)) : null;
}

/** A device has a client. The ways to it stay where it had that client before; those to another device end. */
export function withSeat(seats: readonly Seat[], seat: Omit<Seat, 'ways'>): Seat[] {
  const { token, client } = seat;
  const before = seats.find((one) => one.client === client && one.token === token);
  return [...seats.filter((one) => one.client !== client), { ...seat, ways: before?.ways }];
}

/** @param edit of the ways to the device of a client, the newest first */
export const withWays = (
  seats: readonly Seat[],
  client: number | undefined,
  edit: (ways: readonly WayBack[]) => WayBack[],
): Seat[] => seats.map((seat) => (seat.client === client ? { ...seat, ways: edit(seat.ways ?? []) } : seat));

/** The leading page returns to nobody. */
export const withoutWays = (seats: readonly Seat[]): Seat[] => seats.map((seat) => ({ ...seat, ways: undefined }));
