/** One round of a federation: what is asked, what came of it, and what people are told meanwhile. */
import type { DeviceProblem } from './device-problem.ts';
import type { RoundHead } from './messages.ts';

/** An update of the frozen weights: values of the layout of the round, at `rank`. */
export interface FrozenUpdate {
  readonly rank: number;
  readonly values: Float32Array;
}

/** What was added to the frozen weights so far, for devices that lack some or all of it. */
export interface FrozenChanges {
  /** Number of all updates. */
  readonly count: number;
  /** The last ones. */
  readonly kept: readonly FrozenUpdate[];
  /** The weights of the adapted maps with all updates, one after the other, each [out, in]. */
  readonly whole: () => Float32Array;
}

export interface RoundTask extends Pick<RoundHead, 'round' | 'seed' | 'arm' | 'rule'> {
  /** The clients that are drawn, ascending. */
  readonly drawn: readonly number[];
  /** The clients that would be drawn next, in this order: as many are asked where none of the drawn ones can be, or answers. */
  readonly reserves: readonly number[];
  /** The adapter that all start from. */
  readonly start: Float32Array;
  readonly changes: FrozenChanges;
  /** Number of images of a client in the partition. */
  readonly imagesOf: (client: number) => number;
  /** Of the largest client: no device counts as more, however many images of its own it says that it has. */
  readonly mostImages: number;
}

export interface ClientAnswer {
  readonly client: number;
  /** The number of images that it counts as. */
  readonly images: number;
  /** The number of images of its own that its device says it has; null: it trained its part of the study's. */
  readonly own: number | null;
  readonly adapter: Float32Array;
}

export interface RoundOutcome {
  /** By client, ascending. Empty only if every adapter that came was not finite, and no other device could still answer or two found the same. */
  readonly answers: readonly ClientAnswer[];
  /** Clients whose devices were asked, ascending, and the names of these devices: where a client changed hands, of the one that could answer last. */
  readonly asked: readonly number[];
  readonly names: readonly string[];
  /** Bytes of all messages of the round. */
  readonly down: number;
  readonly up: number;
}

/** Why an answer is refused. */
export type Refusal = 'no-message' | 'wrong-client' | 'wrong-length' | 'not-finite' | 'wrong-images';

/** What people are told while a round is under way. */
export type RoundNews =
  /** No device is there that could train. */
  | { readonly type: 'nobody-here'; readonly round: number }
  /** The deadline has passed without an answer, for the first time in the round: others are asked, or else everybody again. */
  | { readonly type: 'nobody-answered'; readonly round: number }
  /** A device lacks more of the frozen weights than a message can hold: it is not asked. */
  | { readonly type: 'too-large'; readonly round: number; readonly device: string }
  /** A device says that it has more images of its own than it counts as. */
  | { readonly type: 'cut'; readonly device: string; readonly images: number; readonly most: number }
  | { readonly type: 'refused'; readonly round: number; readonly device: string; readonly refusal: Refusal }
  /** A device says why it cannot train. */
  | { readonly type: 'problem'; readonly device: string; readonly problem: DeviceProblem };
