/** Sends recorded commands to the device, and says whether what was asked of it went well. */
import { OutOfMemoryError, RefusedTogetherError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { CommandList } from './command-list.ts';
import type { DeviceWatch } from './device-watch.ts';
import { encodeCommands } from './encode-commands.ts';
import type { GpuCounter } from './gpu-counter.ts';
import type { Pace } from './pieces.ts';
import { News } from './prompt-news.ts';
import { Silence } from './silence.ts';
import { Stamps } from './stamps.ts';

/** What is to be known of a submission when it is done. */
interface Sent {
  readonly submission: number;
  /** `failures` when it was sent. */
  readonly failures: number;
  /** The buffer that was created last. */
  readonly lastBuffer: number;
  /** When the errors up to it are known. */
  readonly told: Promise<void>;
}

interface SubmissionOptions {
  /** Size of the buffer of constants. */
  readonly constantBytes: number;
  /** Whether the browser brings news of finished work late (prompt-news.ts). */
  readonly isNewsLate: boolean;
  /** Called when the device ran out of memory: buffers are gone. */
  readonly onShortage: () => void;
  /** How fast the device computes; null: on the processor, which always comes to an end. */
  readonly pace: Pace | null;
}

/** A card that answers so many milliseconds later than it should is given up. */
const PATIENCE_MS = 30_000;
/** It may take so many times as long as it is estimated to: other programs use it too, and a hot one is slow. */
const PATIENCE_TIMES = 20;
/** The same while it compiles kernels. */
const COMPILING_MS = 120_000;

export class Submissions {
  /** On the GPU, the words of the submission that was sent last. */
  readonly constantBuffer: GPUBuffer;
  readonly stamps: Stamps;
  private readonly news: News;
  private readonly silence: Silence;
  /** Multiplications and additions that were sent, and those of which an answer came. */
  private readonly flops = { sent: 0, done: 0 };
  /** Kernels so far. */
  private compiled = 0;
  /** `compiled` when what was answered last had been asked for. */
  private compiledBefore = 0;
  /** How many wait for kernels alone. */
  private compiling = 0;
  private readonly onShortage: () => void;
  private number = 1;
  private last: Sent = { submission: 0, failures: 0, lastBuffer: 0, told: Promise.resolve() };
  private failureCount = 0;

  constructor(
    private readonly device: GPUDevice,
    private readonly watch: DeviceWatch,
    private readonly pool: BufferPool,
    private readonly counter: GpuCounter,
    { constantBytes, isNewsLate, onShortage, pace }: SubmissionOptions,
  ) {
    this.constantBuffer = device.createBuffer({
      label: 'constants',
      size: constantBytes,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    });
    this.stamps = new Stamps(device, this.constantBuffer);
    this.news = new News(device.queue, isNewsLate);
    this.onShortage = onShortage;
    const limit = (): number => {
      if (!pace) return Infinity;
      if (this.compiling > 0 || this.compiled > this.compiledBefore) return COMPILING_MS;
      return Math.max(PATIENCE_MS, PATIENCE_TIMES * pace.estimate(this.flops.sent - this.flops.done));
    };
    this.silence = new Silence(limit, (milliseconds) =>
      watch.giveUp(ENGINE_NOTICES.silent(Math.round(milliseconds / 1000))),
    );
  }

  /** Number of the next submission. */
  get next(): number {
    return this.number;
  }

  /** The last one. */
  get sent(): Sent {
    return this.last;
  }

  /** Out-of-memory failures so far. The GPU executes a submission as a whole or not at all, and what follows it all the same: after a failure, discard results not yet read back. */
  get failures(): number {
    return this.failureCount;
  }

  /** Sends what is recorded, and clears the list. @param finish encodes what comes behind it */
  send(list: CommandList, finish?: (encoder: GPUCommandEncoder) => void): void {
    const { device, counter, number } = this;
    const encoder = device.createCommandEncoder();
    const stamp = list.constants.stamp(number);
    const { view } = list.constants;
    device.queue.writeBuffer(this.constantBuffer, 0, view);
    counter.countUpload(view.byteLength);
    if (!list.isEmpty) encodeCommands(encoder, list.commands, counter.timer);
    this.flops.sent += list.flops;
    this.stamps.record(encoder, number, stamp); // behind the commands, which may be broken off
    finish?.(encoder);
    device.queue.submit([encoder.finish()]);
    counter.counts.submits++;
    list.clear();
    this.seal();
    this.number++;
  }

  /** Asks for the errors of everything that was asked of the device up to here. */
  private seal(): Sent {
    const { number: submission, failureCount: failures, last } = this;
    const cut = this.watch.cut(() => this.failureCount !== failures);
    const told = Promise.all([last.told, cut]).then(() => {}); // without values: each would hold the one before
    return (this.last = { submission, failures, lastBuffer: this.pool.lastId, told });
  }

  /** Waits for what the device was asked for. @throws DeviceLostError as soon as the device is lost, of which nobody asks for news any more, and when it never answers */
  async answerTo<T>(pending: Promise<T>): Promise<T> {
    const { flops, silence, watch, compiled } = this;
    const { sent } = flops;
    const answer = await this.news.of(silence.endOf(watch.unlessLost(pending)));
    flops.done = Math.max(flops.done, sent);
    this.compiledBefore = Math.max(this.compiledBefore, compiled);
    return answer;
  }

  /** Waits for kernels, which say nothing of what was sent. @throws as `answerTo` does */
  async whileCompiling<T>(pending: Promise<T>): Promise<T> {
    this.compiling++;
    try {
      return await this.silence.endOf(this.watch.unlessLost(pending));
    } finally {
      this.compiling--;
    }
  }

  /** A kernel is compiled, also by a call that blocks: what is asked for next waits for it. */
  compiles(): void {
    this.compiled++;
    this.silence.heard();
  }

  /**
   * What the device answers, if everything up to a submission went well.
   * @param isWhole whether the answer is that of commands that were carried out
   * @throws DeviceLostError, OutOfMemoryError, or Error when the GPU refused a command
   */
  async outcomeOf<T>(work: Promise<T>, sent: Sent, isWhole: (answer: T) => boolean): Promise<T> {
    // Also what a browser tells of errors may never come.
    const told = this.silence.endOf(Promise.allSettled([work, sent.told]));
    const [outcome] = await this.watch.unlessLost(told);
    const isGood = outcome.status === 'fulfilled' && isWhole(outcome.value);
    if (!isGood && !this.watch.hasErrors && this.failureCount === sent.failures) await this.watch.awaitLoss();
    try {
      this.watch.check(this.pool.distrustsLive);
    } catch (error) {
      throw this.failed(error);
    }
    // Another reader may have received its error.
    if (this.failureCount !== sent.failures) throw new RefusedTogetherError(ENGINE_NOTICES.refusedTogether);
    if (outcome.status === 'rejected') return work;
    if (!isGood) throw this.failed(new OutOfMemoryError(ENGINE_NOTICES.dropped));
    this.pool.confirm(sent.lastBuffer);
    return outcome.value;
  }

  /** Waits until everything that was sent is executed. @throws as `outcomeOf` does */
  async finish(): Promise<void> {
    const sent = this.seal(); // buffers may have been made and written since the last submission
    await this.outcomeOf(this.answerTo(this.device.queue.onSubmittedWorkDone()), sent, () => true);
  }

  /** Begins anew behind a failure: whatever was asked of the device until now may follow from it. */
  private failed(error: unknown): unknown {
    this.failureCount++;
    if (error instanceof OutOfMemoryError) {
      this.pool.distrust();
      this.onShortage();
    }
    this.stamps.forget(this.number);
    void this.watch.cut(() => true);
    return error;
  }
}
