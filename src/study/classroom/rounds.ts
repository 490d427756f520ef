/**
 * The leading side of a federation's rounds: asks devices to train, waits until all answered or the deadline has passed, and says who took part. Devices may
 * come, leave and return at any time; a round needs one answer.
 */
import type { DeviceProblem } from './device-problem.ts';
import { concatFloats } from '../../core/concat-floats.ts';
import type { Crew, CrewDevice } from './crew.ts';
import { fitsFrame } from './frames.ts';
import { plain, type StudyHead, type ToHost, type TrainedHead } from './messages.ts';
import type { Refusal, RoundNews, RoundOutcome, RoundTask } from './round.ts';
import {
  begun,
  clientsToAsk,
  clientsToAskAgain,
  faultOf,
  outcomeOf,
  reachable,
  shareOf,
  stageOf,
  wantedClients,
  type RoundState,
} from './round-state.ts';

export interface Timers {
  /** @returns a function that cancels it */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

const REAL_TIMERS: Timers = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A device that sends more nonsense than this is not heard any more. */
const MOST_NONSENSE = 20;
/** After so many news of devices that differ, people are told no further problem that a device reports. */
const MOST_PROBLEMS = 100;

interface OpenRound extends RoundState {
  readonly id: number;
  readonly seconds: number | null;
  readonly onShare: (share: number) => void;
  readonly settle: (outcome: RoundOutcome) => void;
  cancelDeadline: (() => void) | null;
  /** Devices of which people know that their adapter is not finite. */
  readonly saidDiverged: Set<CrewDevice>;
  /** Whether people know that nobody is here, */
  isSaid: boolean;
  /** and that nobody answered in time. */
  isOverdue: boolean;
}

const courseOf = ({ seed, arm, rule }: RoundTask): string => JSON.stringify([seed, arm, rule]);

export class Rounds {
  private open: OpenRound | null = null;
  private nextId = 0;
  /** Devices that know the study. */
  private readonly met = new Set<CrewDevice>();
  /** Per device, the number of updates of an arm, seed and rule that it had when it last answered. */
  private readonly known = new WeakMap<CrewDevice, Map<string, number>>();
  private readonly nonsense = new WeakMap<CrewDevice, number>();
  /** News of devices that people are told once in a federation: problems that they report, images that count for less, and rounds that are too large for them. */
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
          ...begun(task),
          settle,
          onShare,
          id: this.nextId++,
          seconds: this.crew.deadline(),
          cancelDeadline: null,
          saidDiverged: new Set(),
          isSaid: false,
          isOverdue: false,
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

  private listen(device: CrewDevice): void {
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
    const here = this.crew.devices();
    const wanted = wantedClients(open, here);
    for (const device of reachable(open, here)) {
      const clients = clientsToAsk(open, device, wanted);
      if (clients.length > 0) this.send(open, device, clients);
    }
    // Their clients may have been the only ones of the draw.
    if (open.beyond.size > before) this.invite();
  }

  /** Nobody else is left: whoever was asked is asked once more. */
  private askAgain(open: OpenRound): void {
    for (const device of reachable(open, this.crew.devices())) {
      const clients = clientsToAskAgain(open, device);
      if (clients.length > 0) this.send(open, device, clients);
    }
  }

  private send(open: OpenRound, device: CrewDevice, clients: readonly number[]): void {
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
        type: 'round',
        id: open.id,
        round,
        clients: [...clients],
        seed,
        arm,
        rule,
        known,
        whole,
        updates: news.map(({ rank }) => rank),
        seconds: open.seconds,
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
    const stage = stageOf(open, this.crew.devices());
    if (stage === 'nobody-here' && !open.isSaid) {
      open.isSaid = true;
      this.tell({ type: 'nobody-here', round: open.task.round });
    }
    if (stage !== 'done') return;
    this.close();
    open.settle(outcomeOf(open));
  }

  private receive(device: CrewDevice, { head, values }: ToHost, bytes: number): void {
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
        this.complain(device, head.problem);
        return;
      default: // Greetings and farewells are the class's business.
    }
  }

  private progress(open: OpenRound, device: CrewDevice, share: number): void {
    open.trains.add(device);
    for (const client of device.holds) if (open.asked.get(client) === device) open.shares.set(client, share);
    open.onShare(shareOf(open));
  }

  private take(open: OpenRound, device: CrewDevice, head: TrainedHead, values: Float32Array): void {
    const refusal = faultOf(open, device, head, values);
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
        client,
        images: this.believed(open, device, head.images[i]),
        own: device.hasOwnImages ? head.images[i] : null,
        adapter: device.isTrusted
          ? values.subarray(i * length, (i + 1) * length)
          : values.slice(i * length, (i + 1) * length),
      });
    });
  }

  /** Nobody sees the images of a device's own: their number gives it no more weight than the largest client has. */
  private believed({ task: { mostImages } }: OpenRound, device: CrewDevice, images: number): number {
    if (!device.hasOwnImages || images <= mostImages) return images;
    this.tellOnce(device, { type: 'cut', device: device.name, images, most: mostImages });
    return mostImages;
  }

  /** Tells news of a device once in a federation. @param about tells them from others of their type */
  private tellOnce(device: CrewDevice, news: RoundNews, about = ''): void {
    const said = JSON.stringify([news.type, device.name, about]);
    if (!this.told.has(said)) this.tell(news);
    this.told.add(said);
  }

  /** It does not answer in this round. */
  private complain(device: CrewDevice, problem: DeviceProblem): void {
    const news = { type: 'problem', device: device.name, problem } as const;
    if (this.told.size < MOST_PROBLEMS) this.tellOnce(device, news, JSON.stringify(problem));
    this.fail(device, 'no-message');
  }

  /** Whatever clients it speaks of: a round does not wait for it any more, unless a sound answer follows. */
  private fail(device: CrewDevice, refusal: Refusal): void {
    if (!this.open) return;
    const { asked, failed } = this.open;
    for (const [client, one] of asked) if (one === device) failed.set(client, refusal);
    this.look();
  }

  /** An honest answer, where the training diverges: it is not held against the device, however many courses do. */
  private diverge(open: OpenRound, device: CrewDevice): void {
    if (!open.saidDiverged.has(device)) this.tellRefused(device, 'not-finite');
    open.saidDiverged.add(device);
    this.fail(device, 'not-finite');
  }

  /** It sent what no honest device sends. */
  private refuse(device: CrewDevice, refusal: Refusal): void {
    const count = (this.nonsense.get(device) ?? 0) + 1;
    this.nonsense.set(device, count);
    if (count === MOST_NONSENSE) device.transport.close();
    if (count <= MOST_NONSENSE) this.tellRefused(device, refusal);
    this.fail(device, refusal);
  }

  private tellRefused(device: CrewDevice, refusal: Refusal): void {
    this.tell({ type: 'refused', round: this.open?.task.round ?? 0, device: device.name, refusal });
  }
}
