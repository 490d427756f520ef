/**
 * The leading side of a federation's rounds: asks devices to train, waits until all answered or the deadline has passed, and says who took part. Devices may
 * come, leave and return at any time; a round needs one answer.
 */
import { concatFloats } from '../run/step-inputs.ts';
import { fitsFrame } from './frames.ts';
import type { HostTransport } from './transport.ts';
import { plain, type RoundHead, type StudyHead, type ToHost, type TrainedHead } from './messages.ts';

/** A device that takes part, for as long as it is connected. */
export interface Device {
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
  readonly devices: () => readonly Device[];
  /** Calls the listener whenever a device has come or gone. @returns a function that ends this */
  readonly onChange: (listener: () => void) => () => void;
  /** Of the next round, in seconds; null: none. */
  readonly deadline: () => number | null;
}

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

export interface Answer {
  readonly client: number;
  /** The number of images that it counts as. */
  readonly images: number;
  /** The number of images of its own that its device says it has; null: it trained its part of the study's. */
  readonly own: number | null;
  readonly adapter: Float32Array;
}

export interface RoundOutcome {
  /** By client, ascending. Empty only if every adapter that came was not finite, and no other device could still answer or two found the same. */
  readonly answers: readonly Answer[];
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
  | { readonly type: 'problem'; readonly device: string; readonly text: string };

export interface Timers {
  /** @returns a function that cancels it */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

export const REAL_TIMERS: Timers = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A device that sends more nonsense than this is not heard any more. */
const MOST_NONSENSE = 20;
/** No training that gets anywhere comes near. What is larger counts as not finite, so that one device cannot spoil the average. */
const LARGEST_VALUE = 1e6;
/** Different problems that people are told in one federation. */
const MOST_PROBLEMS = 100;

interface OpenRound {
  readonly task: RoundTask;
  readonly id: number;
  readonly seconds: number | null;
  readonly asked: Map<number, Device>;
  /** Devices that cannot be asked, because a message cannot hold what they lack. */
  readonly beyond: Set<Device>;
  /** Clients whose answer is refused, or has not come before a deadline. */
  readonly failed: Map<number, Refusal | 'late'>;
  /** Devices of which people know that their adapter is not finite. */
  readonly saidDiverged: Set<Device>;
  readonly answers: Map<number, Answer>;
  readonly shares: Map<number, number>;
  /** Devices that reported progress since the last deadline. */
  readonly trains: Set<Device>;
  /** Devices that may still answer although they are late: all that were asked before the first deadline, then those that reported progress before the last. */
  hoped: ReadonlySet<Device>;
  readonly onShare: (share: number) => void;
  readonly settle: (outcome: RoundOutcome) => void;
  cancelDeadline: (() => void) | null;
  isLate: boolean;
  /** Whether people know that nobody is here, */
  isSaid: boolean;
  /** and that nobody answered in time. */
  isOverdue: boolean;
  down: number;
  up: number;
}

const courseOf = ({ seed, arm, rule }: RoundTask): string => JSON.stringify([seed, arm, rule]);

const ascending = (clients: Iterable<number>): number[] => [...clients].sort((a, b) => a - b);

export class Rounds {
  private open: OpenRound | null = null;
  private nextId = 0;
  /** Devices that know the study. */
  private readonly met = new Set<Device>();
  /** Per device, the number of updates of an arm, seed and rule that it had when it last answered. */
  private readonly known = new WeakMap<Device, Map<string, number>>();
  private readonly nonsense = new WeakMap<Device, number>();
  /** What devices have said about themselves, and which lack too much of what: each is said once. */
  private readonly told = new Set<string>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly crew: Crew,
    private readonly study: StudyHead,
    private readonly tell: (news: RoundNews) => void,
    private readonly timers: Timers = REAL_TIMERS,
  ) {
    this.unsubscribe = crew.onChange(() => this.look());
    this.look();
  }

  /**
   * One round. @param onShare called with the share of its steps that are done
   * @throws the signal's reason when it is aborted
   */
  async ask(task: RoundTask, signal: AbortSignal, onShare: (share: number) => void = () => {}): Promise<RoundOutcome> {
    signal.throwIfAborted();
    let abandon = (): void => {};
    try {
      return await new Promise<RoundOutcome>((settle, reject) => {
        abandon = () => reject(signal.reason as Error);
        signal.addEventListener('abort', abandon);
        this.open = {
          ...{ task, settle, onShare, id: this.nextId++, seconds: this.crew.deadline() },
          ...{ asked: new Map(), beyond: new Set(), failed: new Map(), saidDiverged: new Set() },
          ...{ answers: new Map(), shares: new Map(), trains: new Set(), hoped: new Set() },
          ...{ cancelDeadline: null, isLate: false, isSaid: false, isOverdue: false, down: 0, up: 0 },
        };
        this.look();
      });
    } finally {
      signal.removeEventListener('abort', abandon);
      this.close();
    }
  }

  /** Ends the federation: devices are told so. */
  end(): void {
    this.close();
    this.unsubscribe();
    for (const device of this.crew.devices()) if (this.met.has(device)) device.transport.send(plain({ type: 'end' }));
  }

  private close(): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    open.cancelDeadline?.();
    for (const device of new Set(open.asked.values())) device.transport.send(plain({ type: 'closed', id: open.id }));
  }

  /** Greets who is new, asks who was not asked, and sees whether the round is done. */
  private look(): void {
    for (const device of this.crew.devices()) {
      if (this.met.has(device)) continue;
      this.met.add(device);
      this.listen(device);
      device.transport.send(plain(this.study));
    }
    this.invite();
    this.check();
  }

  private listen(device: Device): void {
    device.transport.listen({
      received: (message, bytes) => this.receive(device, message, bytes),
      refused: () => this.refuse(device, 'no-message'),
      closed: () => this.check(),
    });
  }

  private invite(): void {
    const { open } = this;
    if (!open) return;
    const before = open.beyond.size;
    const wanted = this.wanted(open);
    for (const device of this.reachable(open)) {
      const clients = device.holds.filter(
        (client) => wanted.includes(client) && !open.answers.has(client) && open.asked.get(client) !== device,
      );
      if (clients.length > 0) this.send(open, device, clients);
    }
    // Their clients may have been the only ones of the draw.
    if (open.beyond.size > before) this.invite();
  }

  /** Nobody else is left: whoever was asked is asked once more, but for those that have answered what cannot be used. */
  private askAgain(open: OpenRound): void {
    for (const device of this.reachable(open)) {
      const clients = device.holds.filter(
        (client) => open.asked.get(client) === device && open.failed.get(client) !== 'not-finite',
      );
      if (clients.length > 0) this.send(open, device, clients);
    }
  }

  private reachable({ beyond }: OpenRound): Device[] {
    return this.crew.devices().filter((device) => !beyond.has(device));
  }

  /** The drawn clients, or those in reserve where a round without them would wait for ever. */
  private wanted(open: OpenRound): readonly number[] {
    const { answers, asked, failed, task } = open;
    const { drawn, reserves } = task;
    const isOut = (client: number, device: Device): boolean => asked.get(client) === device && failed.has(client);
    const able = new Set(
      this.reachable(open).flatMap((device) => device.holds.filter((client) => !isOut(client, device))),
    );
    if (answers.size > 0 || drawn.some((client) => able.has(client))) return drawn;
    // An adapter that is not finite is what the training gives, if another device finds the same: one alone may say anything.
    const { size: diverged } = this.divergedHere(open);
    if (diverged > 1) return drawn;
    return reserves.filter((client) => able.has(client)).slice(0, diverged === 1 ? 1 : drawn.length);
  }

  /** Devices that are here and whose adapter is not finite. */
  private divergedHere({ asked, failed }: OpenRound): ReadonlySet<Device> {
    const here = this.crew.devices();
    return new Set(
      [...asked].flatMap(([client, device]) =>
        failed.get(client) === 'not-finite' && here.includes(device) ? [device] : [],
      ),
    );
  }

  private send(open: OpenRound, device: Device, clients: readonly number[]): void {
    const { round, seed, arm, rule, start, changes } = open.task;
    const had = this.known.get(device)?.get(courseOf(open.task)) ?? 0;
    const missing = changes.count - had;
    const whole = missing > changes.kept.length;
    const news = whole || missing === 0 ? [] : changes.kept.slice(-missing);
    const known = whole ? changes.count : had;
    const parts = [start, ...(whole ? [changes.whole()] : news.map((update) => update.values))];
    if (!device.isTrusted && !fitsFrame(parts.reduce((sum, { length }) => sum + length, 0))) {
      open.beyond.add(device);
      open.isSaid = true;
      // It lacks more in every later round.
      this.tellOnce(device, { type: 'too-large', round, device: device.name }, courseOf(open.task));
      return;
    }
    for (const client of clients) {
      open.asked.set(client, device);
      open.failed.delete(client);
    }
    open.down += device.transport.send({
      head: {
        ...{ type: 'round', id: open.id, round, clients: [...clients], seed, arm, rule, known },
        ...{ whole, updates: news.map(({ rank }) => rank), seconds: open.seconds },
      },
      values: concatFloats(parts),
    });
    if (open.seconds !== null && !open.cancelDeadline) this.await(open, 1000 * open.seconds);
  }

  /** At the deadline the round ends if there is an answer, or if what came is not finite and nobody else may answer yet. */
  private await(open: OpenRound, milliseconds: number): void {
    open.cancelDeadline = this.timers.after(milliseconds, () => {
      if (this.open !== open) return;
      open.cancelDeadline = null;
      if (open.answers.size > 0) open.isLate = true;
      else for (const client of open.asked.keys()) if (!open.failed.has(client)) open.failed.set(client, 'late');
      open.hoped = open.isOverdue ? new Set(open.trains) : new Set(open.asked.values());
      open.trains.clear();
      this.invite();
      this.check();
      if (this.open === open) this.repeat(open, milliseconds);
    });
  }

  /** Nobody answered in time. If nobody else could be asked, everybody is again. Whoever still trains goes on, and may answer. */
  private repeat(open: OpenRound, milliseconds: number): void {
    if (!open.isOverdue && this.crew.devices().length > 0) {
      open.isOverdue = true;
      this.tell({ type: 'nobody-answered', round: open.task.round });
    }
    if (!open.cancelDeadline) this.askAgain(open);
    if (!open.cancelDeadline) this.await(open, milliseconds);
  }

  private check(): void {
    const { open } = this;
    if (!open) return;
    const here = this.crew.devices();
    const due = [...open.asked].filter(([client, device]) => here.includes(device) && !open.answers.has(client));
    const training = due.filter(([client]) => !open.failed.has(client));
    if (training.length > 0 && !(open.isLate && open.answers.size > 0)) return;
    if (open.answers.size === 0 && !this.isDiverged(open, due)) {
      if (!open.isSaid && due.length === 0) {
        open.isSaid = true;
        this.tell({ type: 'nobody-here', round: open.task.round });
      }
      return;
    }
    this.close();
    const asked = ascending(open.asked.keys());
    open.settle({
      answers: ascending(open.answers.keys()).flatMap((client) => open.answers.get(client) ?? []),
      asked,
      names: asked.map((client) => open.asked.get(client)?.name ?? ''),
      down: open.down,
      up: open.up,
    });
  }

  /** Whether what came decides the round without an answer: two find the same, or nobody who is here may find anything else. */
  private isDiverged(open: OpenRound, due: readonly (readonly [number, Device])[]): boolean {
    const { failed, hoped, trains } = open;
    const { size } = this.divergedHere(open);
    const mayAnswer = due.some(
      ([client, device]) => failed.get(client) === 'late' && (hoped.has(device) || trains.has(device)),
    );
    return size > 1 || (size === 1 && !mayAnswer);
  }

  private receive(device: Device, { head, values }: ToHost, bytes: number): void {
    const { open } = this;
    switch (head.type) {
      case 'progress':
        if (open?.id === head.id) this.progress(open, device, head.share);
        return;
      case 'trained':
        // Late, or of an earlier federation: the round that it is for is over.
        if (open?.id !== head.id) return;
        open.up += bytes;
        this.take(open, device, head, values);
        this.check();
        return;
      case 'problem':
        this.complain(device, head.text);
        return;
      default: // Greetings and farewells are the class's business.
    }
  }

  private progress(open: OpenRound, device: Device, share: number): void {
    open.trains.add(device);
    for (const client of device.holds) if (open.asked.get(client) === device) open.shares.set(client, share);
    const shares = [...open.asked.keys()].map((client) =>
      open.answers.has(client) ? 1 : (open.shares.get(client) ?? 0),
    );
    open.onShare(shares.reduce((a, b) => a + b, 0) / shares.length);
  }

  private take(open: OpenRound, device: Device, head: TrainedHead, values: Float32Array): void {
    const refusal = this.fault(open, device, head, values);
    if (refusal === 'not-finite') return this.diverge(open, device);
    if (refusal) return this.refuse(device, refusal);
    const counts = this.known.get(device) ?? new Map<string, number>();
    this.known.set(device, counts.set(courseOf(open.task), open.task.changes.count));
    const { length } = open.task.start;
    head.clients.forEach((client, i) => {
      // The first answer counts; a second one is dropped without a word.
      if (open.answers.has(client)) return;
      open.failed.delete(client);
      open.answers.set(client, {
        ...{ client, images: this.believed(open, device, head.images[i]) },
        own: device.hasOwnImages ? head.images[i] : null,
        adapter: device.isTrusted
          ? values.subarray(i * length, (i + 1) * length)
          : values.slice(i * length, (i + 1) * length),
      });
    });
  }

  /** Nobody sees the images of a device's own: their number gives it no more weight than the largest client has. */
  private believed({ task: { mostImages } }: OpenRound, device: Device, images: number): number {
    if (!device.hasOwnImages || images <= mostImages) return images;
    this.tellOnce(device, { type: 'cut', device: device.name, images, most: mostImages });
    return mostImages;
  }

  /** Null for a sound answer. */
  private fault(
    open: OpenRound,
    device: Device,
    { clients, images }: TrainedHead,
    values: Float32Array,
  ): Refusal | null {
    const differ = new Set(clients).size === clients.length;
    if (!differ || clients.some((client) => open.asked.get(client) !== device)) return 'wrong-client';
    if (values.length !== clients.length * open.task.start.length) return 'wrong-length';
    if (images.length !== clients.length) return 'wrong-images';
    if (device.isTrusted) return null;
    const sound = clients.every((client, i) =>
      device.hasOwnImages ? images[i] > 0 : images[i] === open.task.imagesOf(client),
    );
    if (!sound) return 'wrong-images';
    return values.every((value) => Math.abs(value) <= LARGEST_VALUE) ? null : 'not-finite';
  }

  /** Tells news of a device once in a federation. @param about tells them from others of their type */
  private tellOnce(device: Device, news: RoundNews, about = ''): void {
    const said = JSON.stringify([news.type, device.name, about]);
    if (!this.told.has(said)) this.tell(news);
    this.told.add(said);
  }

  /** It does not answer in this round. */
  private complain(device: Device, text: string): void {
    if (this.told.size < MOST_PROBLEMS) this.tellOnce(device, { type: 'problem', device: device.name, text }, text);
    this.fail(device, 'no-message');
  }

  /** Whatever clients it speaks of: a round does not wait for it any more, unless a sound answer follows. */
  private fail(device: Device, refusal: Refusal): void {
    if (!this.open) return;
    const { asked, failed } = this.open;
    for (const [client, one] of asked) if (one === device) failed.set(client, refusal);
    this.look();
  }

  /** An honest answer, where the training diverges: it is not held against the device, however many courses do. */
  private diverge(open: OpenRound, device: Device): void {
    if (!open.saidDiverged.has(device)) this.tellRefused(device, 'not-finite');
    open.saidDiverged.add(device);
    this.fail(device, 'not-finite');
  }

  /** It sent what no honest device sends. */
  private refuse(device: Device, refusal: Refusal): void {
    const count = (this.nonsense.get(device) ?? 0) + 1;
    this.nonsense.set(device, count);
    if (count === MOST_NONSENSE) device.transport.close();
    if (count <= MOST_NONSENSE) this.tellRefused(device, refusal);
    this.fail(device, refusal);
  }

  private tellRefused(device: Device, refusal: Refusal): void {
    this.tell({ type: 'refused', round: this.open?.task.round ?? 0, device: device.name, refusal });
  }
}
