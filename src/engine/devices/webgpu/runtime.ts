/**
 * Records dispatches and replays them with as little work per step as WebGPU allows.
 *
 * Operations call `dispatch`. Pipelines, buffers and bind groups are cached, so a training step that repeats creates nothing. All host
 * data of a submission travels in one buffer (constants.ts), written once before the submission. Nothing is submitted (submissions.ts) until a value is
 * read (readback.ts), unless it would take a card too long at once (pieces.ts).
 */
import { tensorLimit } from '../../tensor-limit.ts';
import { BindGroups } from './bind-groups.ts';
import { BufferPool, type PooledBuffer } from './buffer-pool.ts';
import { CommandList, CONSTANT_BYTES } from './command-list.ts';
import type { ConstantArray, FieldValue } from './constants.ts';
import { DeviceWatch } from './device-watch.ts';
import { GpuCounter } from './gpu-counter.ts';
import { GpuTensor, memoryOf } from './gpu-tensor.ts';
import type { Kernel } from './kernel.ts';
import type { Halves } from './kernels/halves.ts';
import { areTooShort, isLong, Pace, piecesOf } from './pieces.ts';
import { Pipelines } from './pipelines.ts';
import { canRepeat, programOf, type Cost, type Derived, type Program, type Section } from './program.ts';
import { Readback } from './readback.ts';
import type { RequestedDevice } from './request-device.ts';
import { Submissions } from './submissions.ts';
import { Tensors } from './tensors.ts';
import { Choices } from './tuning/choices.ts';
import { SCRATCH_BYTES, type Family, type Launch } from './tuning/forms.ts';
import { hardwareOf } from './tuning/hardware.ts';
import { checkWorkgroups, type Workgroups } from './workgroups.ts';

/** Where more memory than this is idle, what was not used lately is released. */
const MAX_IDLE_BYTES = 768 * 2 ** 20;
/** Readings within which memory was used lately. A step reads once, and with other gates it may leave out what the next one takes again. */
const RECENT_READINGS = 16;

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
  readonly pipelines: Pipelines;
  readonly tensors: Tensors;
  private readonly watch: DeviceWatch;
  private readonly pool: BufferPool;
  private readonly bindGroups: BindGroups;
  private readonly submissions: Submissions;
  private readonly readback: Readback;
  private readonly list = new CommandList();
  /** What was submitted since the last reading, and when the first of it was. */
  private unread: { flops: number; readonly from: number } | null = null;
  private collected: Set<Kernel> | null = null;
  private recording: Recording | null = null;
  /** Submissions of the last readings. */
  private readonly readings: number[] = [];
  /** Of the dispatches that are being recorded. */
  private site: string | null = null;

  /** @param isNewsLate of finished work (prompt-news.ts) @param maxIdleBytes of memory that nothing used lately */
  constructor(
    requested: RequestedDevice,
    isNewsLate = false,
    private readonly maxIdleBytes = MAX_IDLE_BYTES,
  ) {
    const { device, description } = requested;
    this.watch = new DeviceWatch(device); // before anything is made
    const answerTo = <T>(pending: Promise<T>): Promise<T> => this.submissions.answerTo(pending);
    const counter = new GpuCounter(device, description.features.includes('timestamp-query'), answerTo);
    const onBuffer = (): void => void counter.counts.buffersCreated++;
    const maxBytes = tensorLimit(description);
    this.device = device;
    this.software = description.software;
    this.halves = device.features.has('shader-f16') ? 'f16' : 'packed';
    this.counter = counter;
    this.choices = new Choices(hardwareOf(requested));
    this.pool = new BufferPool(device, maxBytes, onBuffer);
    this.tensors = new Tensors(this.pool, maxBytes);
    const onPipeline = (): void => {
      counter.counts.pipelinesCreated++;
      this.submissions.compiles();
    };
    this.pipelines = new Pipelines(device, onPipeline);
    const onShortage = (): void => {
      this.bindGroups.trim();
      this.readback.trim();
    };
    const { bytes: constantBytes } = this.list.constants;
    const pace = description.software ? null : this.pace;
    const options = { constantBytes, isNewsLate, onShortage, pace };
    this.submissions = new Submissions(device, this.watch, this.pool, counter, options);
    const { constantBuffer, stamps } = this.submissions;
    this.bindGroups = new BindGroups(device, constantBuffer, () => counter.counts.bindGroupsCreated++);
    this.readback = new Readback(device, stamps.buffer, answerTo, onBuffer);
  }

  // Tensors ----------------------------------------------------------------------------------------------------------------
  /** An uninitialised tensor. @param half of halves: for kernels that bind it as such @throws RangeError when the GPU cannot bind that much at once */
  tensor(rows: number, cols: number, half = false): GpuTensor {
    return this.tensors.create(rows, cols, half);
  }

  /** A tensor with values written at once: into memory that no recorded command uses. */
  uploaded(values: Float32Array, rows: number, cols: number): GpuTensor {
    const tensor = this.tensors.create(rows, cols, false, this.submissions.next);
    this.writeBuffer(memoryOf(tensor), values);
    return tensor;
  }

  /** Overwrites a tensor. Recorded commands that use it run first. */
  write(tensor: GpuTensor, values: Float32Array): void {
    const memory = memoryOf(tensor);
    if (memory.lastUse >= this.submissions.next) this.submit();
    this.writeBuffer(memory, values);
  }

  free(tensor: GpuTensor): void {
    this.tensors.free(tensor);
  }

  /** A tensor that takes over the memory of `consumed`, whose handle becomes invalid. */
  takeOver(consumed: GpuTensor): GpuTensor {
    return this.tensors.takeOver(consumed);
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
    if (!this.list.isEmpty && this.isTooLong(cost.flops)) {
      if (this.recording) this.recording.cutAt = this.pace.perMillisecond;
      this.submit();
    }
    let block = this.list.constants.write(kernel.floats, values);
    if (block === null) {
      this.submit();
      block = this.list.constants.write(kernel.floats, values);
      if (block === null)
        throw new RangeError(`The kernel ${kernel.key} is given more indices than fit ${CONSTANT_BYTES} bytes.`);
    }
    const memories: PooledBuffer[] = [];
    for (let i = 0; i < tensors.length; i++) {
      const tensor = tensors[i];
      const memory = memoryOf(tensor);
      if (tensor.half && !kernel.tensors[i].halves) throw new Error(`The kernel ${kernel.key} takes no halves.`);
      memory.lastUse = this.submissions.next;
      memories.push(memory);
    }
    const pipeline = this.pipelines.get(kernel);
    const group = this.bindGroups.get(pipeline, memories);
    this.list.add({ pipeline, group, memories, block, workgroups, cost, site: this.site });
    this.counter.countDispatch(kernel.kind, cost);
  }

  /** Whether the submission would take too long with so much more work. Nothing resets an adapter that computes on the CPU. */
  private isTooLong(more: number): boolean {
    return !this.software && isLong(this.list.flops + more, this.pace);
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
  dispatchLaunch(launch: Launch): void {
    const { first, scratch } = launch;
    if (scratch) {
      if (scratch.bytes > SCRATCH_BYTES) throw new RangeError(`A launch takes ${scratch.bytes} bytes of scratch.`);
      this.tensors.lend(scratch, SCRATCH_BYTES);
    }
    if (first) this.dispatchLaunch(first);
    this.dispatchInPieces(launch);
    if (scratch) this.free(scratch);
  }

  /** Records the workgroups of a launch in as many dispatches as keep each of them short on a card. The results are the same bit for bit. */
  private dispatchInPieces({ kernel, tensors, valuesFrom, count, workgroupsOf, cost }: Launch): void {
    // Nothing resets an adapter that computes on the CPU, and it is interrupted like any program.
    const { pace, software } = this;
    const pieces = piecesOf(count, software ? 0 : pace.estimate(cost.flops), pace.longestMs);
    if (this.recording && pieces.length > 1) this.recording.cutAt = pace.perMillisecond;
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
      return { results, program: programOf([...recording.sections, this.list.section], inputs, recording, results) };
    } finally {
      this.recording = null;
    }
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
    for (const submission of submissions) {
      this.submit(); // that before it
      this.list.load(submission);
      for (const { pipeline, cost } of submission.commands) this.counter.countDispatch(pipeline.kernel.kind, cost);
    }
    for (const { memory } of kept) memory.lastUse = this.submissions.next;
    for (const memory of scratch) memory.lastUse = this.submissions.next;
    return results.map(({ memory, rows, cols }) => {
      memory.lastUse = this.submissions.next;
      return new GpuTensor(this.pool.claim(memory), rows, cols);
    });
  }

  /** Compiles the kernels that `record` would dispatch. Nothing that `record` does is executed. @throws as `compile` does */
  async warmUp(record: () => void, onProgress: (done: number, total: number) => void): Promise<void> {
    await this.compile(this.collect(record), onProgress);
  }

  /**
   * Compiles kernels side by side, without blocking.
   * @throws DeviceLostError when the device is lost, or its compiler comes to no end; Error naming the kernel when one does not compile
   */
  async compile(
    kernels: Iterable<Kernel>,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<void> {
    try {
      await this.submissions.whileCompiling(this.pipelines.compile(kernels, onProgress));
    } catch (error) {
      await this.watch.awaitLoss();
      throw error;
    }
  }

  /** The kernels that `record` would dispatch. Nothing that it does is executed. */
  collect(record: () => void): ReadonlySet<Kernel> {
    const collected = new Set<Kernel>();
    this.collected = collected;
    try {
      record();
    } finally {
      this.collected = null;
    }
    return collected;
  }

  /** True while kernels are collected: nothing is executed, so results must not be kept. */
  get collecting(): boolean {
    return this.collected !== null;
  }

  /** Sends what is recorded. */
  submit(finish?: (encoder: GPUCommandEncoder) => void): void {
    if (this.list.isEmpty && !finish) return;
    this.recording?.sections.push(this.list.section);
    if (this.recording && finish) this.recording.broken = true;
    (this.unread ??= { flops: 0, from: performance.now() }).flops += this.list.flops;
    this.submissions.send(this.list, finish);
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
    this.readings.push(this.submissions.next);
    if (this.readings.length > RECENT_READINGS) this.readings.shift();
    for (const tensor of tensors) memoryOf(tensor).lastUse = this.submissions.next;
    this.submit(pending.record);
    const { submissions, unread } = this;
    const { sent } = submissions;
    this.unread = null;
    try {
      const { values } = await submissions.outcomeOf(pending.brought, sent, ({ stamps }) =>
        submissions.stamps.areWhole(stamps, sent.submission),
      );
      if (unread) this.pace.observe(unread.flops, performance.now() - unread.from);
      return values;
    } finally {
      if (this.pool.idleBytes > this.maxIdleBytes && this.readings.length === RECENT_READINGS)
        this.trimPool(this.readings[0]);
    }
  }

  /** Out-of-memory failures so far: after one, discard results not yet read back. */
  get failures(): number {
    return this.submissions.failures;
  }

  /** Waits until all recorded commands are executed. */
  async finish(): Promise<void> {
    this.submit();
    this.unread = null;
    await this.submissions.finish();
  }

  /** Destroys idle buffers, and forgets what was bound to them. */
  trim(): void {
    this.submit(); // recorded commands may use them
    this.readback.trim();
    this.trimPool(Infinity);
  }

  /** @param before only what was used last before this submission */
  private trimPool(before: number): void {
    if (this.pool.trim(before)) this.bindGroups.trim();
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
