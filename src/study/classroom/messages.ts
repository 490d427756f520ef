/**
 * What devices of a class tell one another. A message is a head, which is JSON, and numbers, which are float32. Heads come from strangers: what is not of
 * these shapes is refused.
 */
import * as v from 'valibot';
import { StudyConfigSchema } from '../config/config.ts';
import { DeviceProblemSchema } from './device-problem.ts';

/** Devices of different versions refuse one another. */
export const CLASSROOM_VERSION = 3;

const MAX_CLASSES = 1000;
export const MAX_CLIENTS = 32;

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const roundId = whole(2 ** 31);
const client = whole(MAX_CLIENTS - 1);

/** Names of people's devices, as they type them. */
export const DeviceNameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40));

const names = v.pipe(v.array(text(200)), v.minLength(1), v.maxLength(MAX_CLASSES));

/** The device has a place in the class. */
const WelcomeSchema = v.object({
  type: v.literal('welcome'),
  version: v.literal(CLASSROOM_VERSION),
  client,
});

/** The device has none, or none any more. */
const RefusedSchema = v.object({ type: v.literal('refused'), reason: v.picklist(['full', 'version', 'sent-away']) });

/** A federation begins: all settings, and what the images are of. */
const StudySchema = v.object({
  type: v.literal('study'),
  config: StudyConfigSchema,
  task: text(200),
  classes: names,
  prompts: names,
  rounds: whole(500),
  localSteps: whole(1000),
  /** Kind of device that leads. */
  backend: text(40),
});

/**
 * Train so many local steps from this adapter. Learning rate and gates follow `round`. Numbers: the adapter, then either the updates of the frozen
 * weights from number `known` on, or the weights of the adapted maps with the first `known` updates.
 */
const RoundSchema = v.object({
  type: v.literal('round'),
  /** Unlike that of any other round of this federation. */
  id: roundId,
  round: whole(500),
  clients: v.pipe(v.array(client), v.minLength(1), v.maxLength(MAX_CLIENTS)),
  seed: whole(Number.MAX_SAFE_INTEGER),
  arm: text(24),
  rule: text(24),
  /** Number of updates of this arm, seed and rule that are left out: the device has used them before, or the weights have them. */
  known: whole(500),
  /** Whether the weights of the adapted maps follow the adapter. */
  whole: v.boolean(),
  /** Ranks of the updates that follow the adapter; none where the weights do. */
  updates: v.pipe(v.array(whole(4096)), v.maxLength(500)),
  /** Seconds until the round is closed; null: no deadline. */
  seconds: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400))),
});

/** The round is closed: what is still trained for it comes too late. */
const ClosedSchema = v.object({ type: v.literal('closed'), id: roundId });

/** The federation has ended. */
const EndSchema = v.object({ type: v.literal('end') });

/** The class is closed by whoever leads it: nobody returns by itself after that. */
const DismissedSchema = v.object({ type: v.literal('dismissed') });

/** The longest text that describes a device (platform/links/signal.ts). */
const signal = text(4000);

/** Another invitation, by which the other end returns when this connection is lost. */
const ReturnSchema = v.object({ type: v.literal('return'), invitation: signal });

/** The answer by which this end will return. */
const ReturningSchema = v.object({ type: v.literal('returning'), answer: signal });

export const ToClientSchema = v.variant('type', [
  WelcomeSchema,
  RefusedSchema,
  StudySchema,
  RoundSchema,
  ClosedSchema,
  EndSchema,
  DismissedSchema,
  ReturnSchema,
  ReturningSchema,
]);
export type ToClientHead = v.InferOutput<typeof ToClientSchema>;
export type RefusedHead = v.InferOutput<typeof RefusedSchema>;
export type StudyHead = v.InferOutput<typeof StudySchema>;
export type RoundHead = v.InferOutput<typeof RoundSchema>;

/** A device asks for a place. */
const HelloSchema = v.object({
  type: v.literal('hello'),
  version: v.number(),
  /** By which a device that returns is known. */
  token: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  name: DeviceNameSchema,
  /** Whether it trains on images of its own. */
  own: v.boolean(),
});

/** Share of a round's steps that are done. */
const ProgressSchema = v.object({
  type: v.literal('progress'),
  id: roundId,
  share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** Adapters after the local steps, one after the other, and the number of images of each client. */
const TrainedSchema = v.object({
  type: v.literal('trained'),
  id: roundId,
  clients: v.pipe(v.array(client), v.minLength(1), v.maxLength(MAX_CLIENTS)),
  images: v.pipe(v.array(whole(10_000_000)), v.minLength(1), v.maxLength(MAX_CLIENTS)),
});

/** Why the device cannot take part. */
const ProblemSchema = v.object({ type: v.literal('problem'), problem: DeviceProblemSchema });

/** The device leaves on its own account. */
const LeaveSchema = v.object({ type: v.literal('leave') });

export const ToHostSchema = v.variant('type', [
  HelloSchema,
  ProgressSchema,
  TrainedSchema,
  ProblemSchema,
  LeaveSchema,
  ReturnSchema,
  ReturningSchema,
]);
export type ToHostHead = v.InferOutput<typeof ToHostSchema>;
export type HelloHead = v.InferOutput<typeof HelloSchema>;
export type TrainedHead = v.InferOutput<typeof TrainedSchema>;

export interface Message<Head> {
  readonly head: Head;
  readonly values: Float32Array;
}
export type ToClient = Message<ToClientHead>;
export type ToHost = Message<ToHostHead>;

const NOTHING = new Float32Array(0);

/** A message without numbers. */
export const plain = <Head>(head: Head): Message<Head> => ({ head, values: NOTHING });
