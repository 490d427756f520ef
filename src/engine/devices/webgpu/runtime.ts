/**
 * Records dispatches and replays them with as little work per step as WebGPU allows.
 *
 * Operations call `dispatch`. Pipelines, buffers and bind groups are cached, so a training step that repeats creates nothing. All host
 * data of a submission travels in one buffer (constants.ts), written once before the submission. Nothing is submitted until a value is read, unless it
 * would take a card too long at once (pieces.ts).
 */
import { OutOfMemoryError, RefusedTogetherError } from '../../errors.ts';
import { MadeTensors } from '../made-tensors.ts';
import { BindGroups } from './bind-groups.ts';
import { BufferPool, type PooledBuffer } from './buffer-pool.ts';
import { Constants, type ConstantArray, type FieldValue } from './constants.ts';
import { DeviceWatch } from './device-watch.ts';
import { encodeCommands } from './encode-commands.ts';
import { GpuCounter } from './gpu-counter.ts';
import { GpuTensor, memoryOf } from './gpu-tensor.ts';
import type { Kernel } from './kernel.ts';
import type { Halves } from './kernels/halves.ts';
import { areTooShort, isLong, Pace, piecesOf } from './pieces.ts';
import { Pipelines } from './pipelines.ts';
import { canRepeat, programOf, type Command, type Cost, type Derived, type Program, type Section } from './program.ts';
import { News } from './prompt-news.ts';
import { Readback } from './readback.ts';
import type { RequestedDevice } from './request-device.ts';
import { Stamps } from './stamps.ts';
import { Choices } from './tuning/choices.ts';
import { SCRATCH_BYTES, type Family, type Launch } from './tuning/forms.ts';
import { hardwareOf } from './tuning/hardware.ts';
import { checkWorkgroups, type Workgroups } from './workgroups.ts';
import { ENGINE_NOTICES } from '../../words.ts';

const CONSTANT_BYTES = 4 * 2 ** 20;
/** Idle memory above this is released. */
const MAX_IDLE_BYTES = 768 * 2 ** 20;

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

/** State while a program is recorded. */
interface Recording {
  readonly derived: Derived[];
  /** What was submitted meanwhile. */
  readonly sections: Section[];
  /** Whether work was done that replaying the commands would not repeat. */
  broken: boolean;
  /** The pace at which a dispatch or the submission was cut, if one was. */
  cutAt: number | null;
}

export class Runtime {
  readonly device: GPUDevice;
  /** The adapter computes on the CPU: kernels without barriers are then faster. */
  readonly software: boolean;
  /** How weights that are stored as halves are read. */
  readonly halves: Exclude<Halves, false>;
  readonly counter: GpuCounter;
  readonly pace = new Pace();
  readonly choices: Choices;
  private readonly pool: BufferPool;
  private readonly watch: DeviceWatch;
  private readonly readback: Readback;
  private readonly news: News;
  /** The largest tensor that can be bound. */
  readonly maxTensorBytes: number;
  /** What throws in the middle of a pass leaves nothing behind. Memory that is missing is told later, and throws nothing here. */
  readonly made = new MadeTensors<GpuTensor>(
    ({ memory }) => memory !== null,
    (tensor) => this.free(tensor),
  );
  private readonly constants = new Constants(CONSTANT_BYTES);
  private readonly constantBuffer: GPUBuffer;
  private readonly stamps: Stamps;
  readonly pipelines: Pipelines;
  private readonly bindGroups: BindGroups;
  private commands: Command[] = [];
  /** Of the recorded commands. */
  private flops = 0;
  /** What was submitted since the last reading, and when the first of it was. */
  private unread: { flops: number; readonly from: number } | null = null;
  private submission = 1;
  private last: Sent = { submission: 0, failures: 0, lastBuffer: 0, told: Promise.resolve() };
  private collected: Set<Kernel> | null = null;
  private recording: Recording | null = null;
  private failureCount = 0;
  /** Of the dispatches that are being recorded. */
  private site: string | null = null;

  /** @param isNewsLate of finished work (prompt-news.ts) */
  constructor(requested: RequestedDevice, isNewsLate = false) {
    const { device, description } = requested;
    const watch = new DeviceWatch(device);
    const counter = new GpuCounter(device, description.features.includes('timestamp-query'), (work) =>
      this.answerTo(work),
    );
    this.device = device;
    this.watch = watch;
    this.software = description.software;
    this.halves = device.features.has('shader-f16') ? 'f16' : 'packed';
    this.counter = counter;
    this.choices = new Choices(hardwareOf(requested));
    this.maxTensorBytes = description.limits.maxStorageBufferBindingSize;
    this.pool = new BufferPool(device, this.maxTensorBytes, () => counter.counts.buffersCreated++);
    this.news = new News(device.queue, isNewsLate);
    this.pipelines = new Pipelines(device, () => counter.counts.pipelinesCreated++);
    this.constantBuffer = device.createBuffer({
      label: 'constants',
      size: this.constants.bytes,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    });
    this.stamps = new Stamps(device, this.constantBuffer);
    this.readback = new Readback(
      device,
      this.stamps.buffer,
      (pending) => this.answerTo(pending),
      () => counter.counts.buffersCreated++,
    );
    this.bindGroups = new BindGroups(device, this.constantBuffer, () => counter.counts.bindGroupsCreated++);
  }

  // Tensors ----------------------------------------------------------------------------------------------------------------
  /** An uninitialised tensor. @param half of halves: for kernels that bind it as such @throws RangeError when the GPU cannot bind that much at once */
  tensor(rows: number, cols: number, half = false): GpuTensor {
    return this.inMemory(this.pool.take(this.checkedBytes(rows, cols, half ? 2 : 4)), rows, cols, half);
  }

  /** A tensor with values written at once: into memory that no recorded command uses. */
  uploaded(values: Float32Array, rows: number, cols: number): GpuTensor {
    const memory = this.pool.take(this.checkedBytes(rows, cols), this.submission);
    this.writeBuffer(memory, values);
    return this.inMemory(memory, rows, cols);
  }

  /** Overwrites a tensor. Recorded commands that use it run first. */
  write(tensor: GpuTensor, values: Float32Array): void {
    const memory = memoryOf(tensor);
    if (memory.lastUse >= this.submission) this.submit();
    this.writeBuffer(memory, values);
  }

  free(tensor: GpuTensor): void {
    if (!tensor.memory) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is freed twice.`);
    this.pool.give(tensor.memory);
    tensor.memory = null;
  }

  /** A tensor that takes over the memory of `consumed`, whose handle becomes invalid. */
  takeOver(consumed: GpuTensor): GpuTensor {
    const tensor = this.inMemory(memoryOf(consumed), consumed.rows, consumed.cols, consumed.half);
    consumed.memory = null;
    return tensor;
  }

  private inMemory(memory: PooledBuffer, rows: number, cols: number, half = false): GpuTensor {
    const tensor = new GpuTensor(memory, rows, cols, half);
    this.made.add(tensor);
    return tensor;
  }

  private checkedBytes(rows: number, cols: number, valueBytes = 4): number {
    const bytes = valueBytes * rows * cols;
    if (bytes > this.maxTensorBytes)
      throw new RangeError(
        `A [${rows}, ${cols}] tensor takes ${Math.ceil(bytes / 2 ** 20)} MB; this GPU takes ${Math.floor(this.maxTensorBytes / 2 ** 20)} MB at once. Choose a smaller batch or fewer runs.`,
      );
    return bytes;
  }

  private writeBuffer(memory: PooledBuffer, values: Float32Array): void {
    if (this.recording) this.recording.broken = true;
    this.device.queue.writeBuffer(memory.buffer, 0, values as Float32Array<ArrayBuffer>);
    this.counter.countUpload(values.byteLength);
  }

  // Commands ---------------------------------------------------------------------------------------------------------------
  /**
   * Records one dispatch.
   * @param tensors in the order of the kernel's bindings
   * @param values in the order of the kernel's fields; an array stands for its offset in `constants`
   */
  dispatch(
    kernel: Kernel,
    tensors: readonly GpuTensor[],
    values: readonly FieldValue[],
    workgroups: Workgroups,
    cost: Cost,
  ): void {
    if (!checkWorkgroups(kernel.key, workgroups)) return;
    if (this.collected) {
      this.collected.add(kernel);
      return;
    }
    if (this.commands.length > 0 && this.isTooLong(cost.flops)) {
      if (this.recording) this.recording.cutAt = this.pace.perMillisecond;
      this.submit();
    }
    let block = this.constants.write(kernel.floats, values);
    if (block === null) {
      this.submit();
      block = this.constants.write(kernel.floats, values);
      if (block === null)
        throw new RangeError(`The kernel ${kernel.key} is given more indices than fit ${CONSTANT_BYTES} bytes.`);
    }
    const memories: PooledBuffer[] = [];
    for (let i = 0; i < tensors.length; i++) {
      const tensor = tensors[i];
      const memory = memoryOf(tensor);
      if (tensor.half && !kernel.tensors[i].halves) throw new Error(`The kernel ${kernel.key} takes no halves.`);
      memory.lastUse = this.submission;
      memories.push(memory);
    }
    const pipeline = this.pipelines.get(kernel);
    const group = this.bindGroups.get(pipeline, memories);
    this.commands.push({ pipeline, group, memories, block, workgroups, cost, site: this.site });
    this.flops += cost.flops;
    this.counter.countDispatch(kernel.kind, cost);
  }

  /** Whether the submission would take too long with so much more work. Nothing resets an adapter that computes on the CPU. */
  private isTooLong(more: number): boolean {
    return !this.software && isLong(this.flops + more, this.pace);
  }

  /** Records the dispatch of a problem in the form that is chosen for it. */
  launch<P, F>(family: Family<P, F>, problem: P, make: (form: F) => Launch): void {
    const { launch, site } = this.choices.launch(family, problem, make);
    this.site = site;
    this.dispatchLaunch(launch);
    this.site = null;
  }

  /**
   * Records a dispatch, and the one before it, in as many pieces as they take.
   * @throws RangeError when the scratch is larger than SCRATCH_BYTES
   */
  dispatchLaunch({ first, scratch, kernel, tensors, valuesFrom, count, workgroupsOf, cost }: Launch): void {
    if (scratch) {
      if (scratch.bytes > SCRATCH_BYTES) throw new RangeError(`A launch takes ${scratch.bytes} bytes of scratch.`);
      scratch.memory = this.pool.take(SCRATCH_BYTES);
      this.made.add(scratch);
    }
    if (first) this.dispatchLaunch(first);
    this.dispatchInPieces(kernel, tensors, valuesFrom, count, workgroupsOf, cost);
    if (scratch) this.free(scratch);
  }

  /**
   * Records `count` workgroups in a row, in as many dispatches as keep each of them short on a card. The results are the same bit for bit.
   * @param valuesFrom values of the kernel's fields for a dispatch that begins with this workgroup
   * @param workgroupsOf how as many workgroups are dispatched
   */
  private dispatchInPieces(
    kernel: Kernel,
    tensors: readonly GpuTensor[],
    valuesFrom: (first: number) => readonly FieldValue[],
    count: number,
    workgroupsOf: (count: number) => Workgroups,
    cost: Cost,
  ): void {
    // Nothing resets an adapter that computes on the CPU, and it is interrupted like any program.
    const pieces = piecesOf(count, this.software ? 0 : this.pace.estimate(cost.flops));
    if (this.recording && pieces.length > 1) this.recording.cutAt = this.pace.perMillisecond;
    for (const piece of pieces) {
      const share = count === 0 ? 0 : piece.count / count;
      this.dispatch(kernel, tensors, valuesFrom(piece.first), workgroupsOf(piece.count), {
        flops: share * cost.flops,
        bytes: share * cost.bytes,
      });
    }
  }

  /**
   * Calls `work` and keeps its dispatches. `work` must free all tensors it makes except those it returns.
   * @param inputs arrays of dispatches whose contents change between replays
   * @returns no program when repeating the commands would not be the same as calling `work` again
   */
  record(work: () => GpuTensor[], inputs: readonly ConstantArray[]): { results: GpuTensor[]; program: Program | null } {
    this.submit(); // blocks lie where they lie in `constants`: a program starts at its beginning
    const recording: Recording = { derived: [], sections: [], broken: false, cutAt: null };
    this.recording = recording;
    try {
      const results = work();
      if (recording.broken) return { results, program: null };
      return { results, program: programOf([...recording.sections, this.section], inputs, recording, results) };
    } finally {
      this.recording = null;
    }
  }

  /** The recorded commands, and what they read from the host. */
  private get section(): Section {
    return { commands: [...this.commands], written: this.constants.written };
  }

  /** Says how an array given to a dispatch follows from the inputs of a program, should one be recorded. */
  derive(array: ConstantArray, refill: () => void): void {
    this.recording?.derived.push({ array, refill });
  }

  /** Replays the commands of a program. Null when one of its buffers has been reassigned, or its pieces are too short: the program is then useless. */
  repeat(program: Program): GpuTensor[] | null {
    if (!canRepeat(program) || areTooShort(program.cutAt, this.pace.perMillisecond)) return null;
    for (const { refill } of program.derived) refill();
    const { submissions, kept, scratch, results } = program;
    for (const { commands, constants } of submissions) {
      this.submit(); // that before it
      this.constants.load(constants);
      this.commands = [...commands];
      for (const { pipeline, cost } of commands) {
        this.flops += cost.flops;
        this.counter.countDispatch(pipeline.kernel.kind, cost);
      }
    }
    for (const { memory } of kept) memory.lastUse = this.submission;
    for (const memory of scratch) memory.lastUse = this.submission;
    return results.map(({ memory, rows, cols }) => {
      memory.lastUse = this.submission;
      return new GpuTensor(this.pool.claim(memory), rows, cols);
    });
  }

  /** Compiles the kernels that `record` would dispatch, without blocking. Nothing that `record` does is executed. */
  async warmUp(record: () => void, onProgress: (done: number, total: number) => void): Promise<void> {
    const collected = new Set<Kernel>();
    this.collected = collected;
    try {
      record();
    } finally {
      this.collected = null;
    }
    try {
      await this.watch.unlessLost(this.pipelines.compile(collected, onProgress));
    } catch (error) {
      await this.watch.awaitLoss();
      throw error;
    }
  }

  /** True while warmUp records: nothing is executed, so results must not be kept. */
  get collecting(): boolean {
    return this.collected !== null;
  }

  /** Sends what is recorded. */
  submit(finish?: (encoder: GPUCommandEncoder) => void): void {
    if (this.commands.length === 0 && !finish) return;
    this.recording?.sections.push(this.section);
    if (this.recording && finish) this.recording.broken = true;
    (this.unread ??= { flops: 0, from: performance.now() }).flops += this.flops;
    const encoder = this.device.createCommandEncoder();
    const stamp = this.constants.stamp(this.submission);
    const view = this.constants.view;
    this.device.queue.writeBuffer(this.constantBuffer, 0, view);
    this.counter.countUpload(view.byteLength);
    if (this.commands.length > 0) encodeCommands(encoder, this.commands, this.counter.timer);
    this.stamps.record(encoder, this.submission, stamp); // behind the commands, which may be broken off
    finish?.(encoder);
    this.device.queue.submit([encoder.finish()]);
    this.counter.counts.submits++;
    this.commands = [];
    this.flops = 0;
    this.constants.reset();
    this.seal();
    this.submission++;
  }

  /** Asks for the errors of everything that was asked of the device up to here. */
  private seal(): Sent {
    const { submission, failureCount: failures, last } = this;
    const cut = this.watch.cut(() => this.failureCount !== failures);
    const told = Promise.all([last.told, cut]).then(() => {}); // without values: each would hold the one before
    return (this.last = { submission, failures, lastBuffer: this.pool.lastId, told });
  }

  // Reading ----------------------------------------------------------------------------------------------------------------
  /**
   * Copies of tensors as they are after all recorded commands; one submission, one synchronisation.
   * @throws DeviceLostError, OutOfMemoryError, or Error when the GPU refused a command
   */
  async read(tensors: readonly GpuTensor[]): Promise<Float32Array[]> {
    const values = this.readOnce(tensors, false);
    this.bring();
    return values;
  }

  /** The same, but the values come with those of the next `read`, or when they are brought: one synchronisation for all. */
  readLater(tensors: readonly GpuTensor[]): Promise<Float32Array[]> {
    return this.readOnce(tensors, true);
  }

  /** Brings what `readLater` was asked for. */
  bring(): void {
    this.readback.bring();
  }

  /** One submission. @throws as `read` does */
  private async readOnce(tensors: readonly GpuTensor[], isJoined: boolean): Promise<Float32Array[]> {
    if (this.collected) return tensors.map(({ rows, cols }) => new Float32Array(rows * cols));
    const pending = this.readback.add(tensors, isJoined);
    for (const tensor of tensors) memoryOf(tensor).lastUse = this.submission;
    this.submit(pending.record);
    const { last, unread } = this;
    this.unread = null;
    try {
      const { values } = await this.outcomeOf(pending.brought, last, ({ stamps }) =>
        this.stamps.areWhole(stamps, last.submission),
      );
      if (unread) this.pace.observe(unread.flops, performance.now() - unread.from);
      return values;
    } finally {
      if (this.pool.idleBytes > MAX_IDLE_BYTES) this.trim();
    }
  }

  /**
   * Out-of-memory failures so far. The GPU executes a submission as a whole or not at all, and what follows it all the same: after a failure, discard results not yet read back.
   */
  get failures(): number {
    return this.failureCount;
  }

  /** Waits for what the device was asked for. @throws DeviceLostError as soon as the device is lost, of which nobody asks for news any more */
  private answerTo<T>(pending: Promise<T>): Promise<T> {
    return this.news.of(this.watch.unlessLost(pending));
  }

  /**
   * What the device answers, if everything up to a submission went well.
   * @param isWhole whether the answer is that of commands that were carried out
   * @throws as `read` does
   */
  private async outcomeOf<T>(work: Promise<T>, sent: Sent, isWhole: (answer: T) => boolean): Promise<T> {
    const [outcome] = await this.watch.unlessLost(Promise.allSettled([work, sent.told]));
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

  /** Begins anew behind a failure: whatever was asked of the device until now may follow from it. */
  private failed(error: unknown): unknown {
    this.failureCount++;
    if (error instanceof OutOfMemoryError) {
      this.pool.distrust();
      this.bindGroups.clear();
    }
    this.stamps.forget(this.submission);
    void this.watch.cut(() => true);
    return error;
  }

  /** Waits until all recorded commands are executed. */
  async finish(): Promise<void> {
    this.submit();
    this.unread = null;
    const sent = this.seal(); // buffers may have been made and written since the last submission
    await this.outcomeOf(this.answerTo(this.device.queue.onSubmittedWorkDone()), sent, () => true);
  }

  /** Destroys idle buffers: after a study, or when memory is short. */
  trim(): void {
    this.submit();
    this.pool.trim();
    this.bindGroups.clear();
  }

  /** Bytes of the tensors in use. */
  get memoryBytes(): number {
    return this.pool.liveBytes;
  }

  /** Bytes of all buffers, including idle ones. */
  get allocatedBytes(): number {
    return this.pool.liveBytes + this.pool.idleBytes + CONSTANT_BYTES;
  }

  dispose(): void {
    this.bring(); // nobody is left waiting where the device was lost
    this.watch.dispose();
    this.device.destroy();
  }
}
