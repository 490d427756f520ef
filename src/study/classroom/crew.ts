/** The devices that take part in a federation. */
import type { HostTransport } from './transport.ts';

/** A device that takes part, for as long as it is connected. */
export interface CrewDevice {
  readonly name: string;
  /** The clients that it trains, ascending. */
  readonly holds: readonly number[];
  readonly transport: HostTransport;
  /** Whether it is this program: its numbers are not looked at. */
  readonly isTrusted: boolean;
  /** Whether it trains on images that the leading device does not know. */
  readonly hasOwnImages: boolean;
}

/** The devices of a federation. */
export interface Crew {
  /** Those that are connected now. No two hold the same client. */
  readonly devices: () => readonly CrewDevice[];
  /** Calls the listener whenever a device has come or gone. @returns a function that ends this */
  readonly onChange: (listener: () => void) => () => void;
  /** Of the next round, in seconds; null: none. */
  readonly deadline: () => number | null;
}
