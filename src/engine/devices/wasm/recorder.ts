/**
 * Records commands into device memory and executes them on all threads when asked to.
 *
 * Addresses are unsigned: commands hold their bits in signed words, and the kernels take them as `usize`.
 *
 * A command is 32 words (kernels/kernel-id.ts). Small arrays that commands need are staged beside the commands and live until the next
 * flush. Operations call `begin` first, so that no flush happens between staging an array and recording the command that reads it.
 */
import { ENGINE_NOTICES } from '../../words.ts';
import { MadeTensors } from '../made-tensors.ts';
import { Arena, type ArenaHost } from './arena.ts';
import { Layout, Link } from './kernels/kernel-id.ts';
import { WasmTensor } from './wasm-tensor.ts';

const MAX_COMMANDS = 4096;
/** Commands that one operation records at most. */
const COMMANDS_OF_OPERATION = 32;
const STAGING_BYTES = 4 * 2 ** 20;
/** Arrays above this size get a block of their own. */
const LARGE_ARRAY_BYTES = STAGING_BYTES / 64;
/** Arrays one operation stages at most. */
const ARRAYS_OF_OPERATION = 40;
const PAGE = 65536;
/** Simple operations worth handing to another thread (about two microseconds). */
const MIN_WORK = 8192;
/** Claims per thread and command: enough to even out busy and slow cores. */
const CLAIMS = 4;

/** What the module of the kernels exports. */
export interface KernelExports {
  /** Executes the recorded commands on so many threads; traps when one of them is dead. */
  run(threads: number): void;
  /** 1 in builds with relaxed SIMD. */
  readonly relaxedSimd: WebAssembly.Global<'i32'>;
}

export class Recorder implements ArenaHost {
  readonly threads: number;
  readonly arena: Arena;
  private readonly memory: WebAssembly.Memory;
  private readonly exports: KernelExports;
  /** The memory it can grow to. */
  readonly maxBytes: number;
  private ints: Int32Array;
  private floats: Float32Array;
  private count = 0;
  private staged: number;
  private command = 0; // word index of the command recorded last
  private liveBytes = 0;
  private settles = 0;
  private held: { address: number; bytes: number }[] = [];
  private nextScratch = { address: 0, stride: 0 };
  /** What finds no room leaves nothing behind. */
  readonly made = new MadeTensors<WasmTensor>(
    ({ address }) => address !== 0,
    (tensor) => this.free(tensor),
  );

  constructor(memory: WebAssembly.Memory, exports: KernelExports, threads: number, maxBytes: number) {
    this.memory = memory;
    this.exports = exports;
    this.threads = threads;
    this.maxBytes = maxBytes;
    this.ints = new Int32Array(memory.buffer);
    this.floats = new Float32Array(memory.buffer);
    this.staged = STAGING_START;
    this.arena = new Arena(STAGING_START + STAGING_BYTES, this);
    this.grow(STAGING_START + STAGING_BYTES);
    this.ints[Layout.CONTROL_COMMANDS / 4] = COMMANDS_START;
  }

  get memoryBytes(): number {
    return this.liveBytes;
  }

  // Memory ---------------------------------------------------------------------------------------------------------------
  /** Views of the memory are made again: none may be kept over a call. @returns whether there is so much memory */
  grow(end: number): boolean {
    const size = this.memory.buffer.byteLength;
    if (end <= size) return true;
    if (end > this.maxBytes) return false;
    const comfortable = Math.min(this.maxBytes, Math.max(end, Math.ceil(size * 1.25)));
    for (const target of [comfortable, end]) {
      try {
        this.memory.grow(Math.ceil(target / PAGE) - size / PAGE);
      } catch {
        continue; // refused: try the least that is needed
      }
      this.ints = new Int32Array(this.memory.buffer);
      this.floats = new Float32Array(this.memory.buffer);
      return true;
    }
    return false;
  }

  /** Executes pending commands and keeps staged arrays, so that an operation may call it midway. */
  settle(): void {
    this.settles++;
    if (this.count > 0) {
      this.ints[Layout.CONTROL_COUNT / 4] = this.count;
      this.count = 0;
      this.execute();
    }
    this.arena.settled();
  }

  private execute(): void {
    try {
      this.exports.run(this.threads);
    } catch (error) {
      throw new Error(ENGINE_NOTICES.kernelsStopped, { cause: error });
    }
  }

  /** Executes pending commands, and gives back the memory of staged arrays. @throws Error when the kernels stop */
  flush(): void {
    this.settle();
    this.staged = STAGING_START;
  }

  /** An uninitialised tensor that commands write. */
  tensor(rows: number, cols: number): WasmTensor {
    return this.madeAt(this.arena.forCommands(4 * rows * cols), rows, cols);
  }

  private madeAt(address: number, rows: number, cols: number): WasmTensor {
    const tensor = new WasmTensor(address, rows, cols);
    this.liveBytes += tensor.bytes;
    this.made.add(tensor);
    return tensor;
  }

  /** A tensor with values written at once, into memory that no pending command uses. @param values rows · cols of them */
  uploaded(values: Float32Array, rows: number, cols: number): WasmTensor {
    const address = this.arena.forHost(4 * rows * cols);
    this.floats.set(values, address >>> 2);
    return this.madeAt(address, rows, cols);
  }

  /** Commands that are recorded may still use it: they run before others write there. @throws Error when it was freed before */
  free(tensor: WasmTensor): void {
    if (tensor.address === 0) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is freed twice.`);
    this.arena.release(tensor.address, tensor.bytes);
    this.liveBytes -= tensor.bytes;
    tensor.address = 0;
  }

  /** A tensor that takes over the memory of `consumed`, whose handle becomes invalid; of the class given, if any. */
  takeOver(consumed: WasmTensor, Type: typeof WasmTensor = WasmTensor): WasmTensor {
    const tensor = new Type(consumed.address, consumed.rows, consumed.cols);
    consumed.address = 0;
    this.made.add(tensor);
    return tensor;
  }

  /** Copy of the values of a tensor; flushes. */
  values(tensor: WasmTensor): Float32Array {
    if (this.count > 0) this.flush();
    const start = tensor.address >>> 2;
    return this.floats.slice(start, start + tensor.rows * tensor.cols);
  }

  /** Memory for the commands of this operation. */
  temporary(bytes: number): number {
    const address = this.arena.forCommands(bytes);
    this.held.push({ address, bytes });
    return address;
  }

  /** Values written at once, for the commands of this operation. */
  temporaryUpload(values: Float32Array): number {
    const bytes = 4 * values.length;
    const address = this.arena.forHost(bytes);
    this.held.push({ address, bytes });
    this.floats.set(values, address >>> 2);
    return address;
  }

  // Commands ---------------------------------------------------------------------------------------------------------------
  /** Starts an operation: makes room for its commands, and gives back the temporary memory of the one before. */
  begin(): void {
    for (const { address, bytes } of this.held) this.arena.release(address, bytes);
    this.held.length = 0;
    const room = STAGING_START + STAGING_BYTES - this.staged;
    if (this.count > MAX_COMMANDS - COMMANDS_OF_OPERATION || room < ARRAYS_OF_OPERATION * LARGE_ARRAY_BYTES)
      this.flush();
  }

  /** Copies an array to where commands recorded until the next `begin` can read it; returns its address. */
  stage(values: ArrayLike<number>, kind: 'int' | 'float' = 'int'): number {
    const bytes = 4 * values.length;
    let address = this.staged;
    if (bytes > LARGE_ARRAY_BYTES) {
      address = this.arena.forHost(bytes);
      this.held.push({ address, bytes });
    } else this.staged += (bytes + 63) & ~63;
    (kind === 'int' ? this.ints : this.floats).set(values, address >>> 2);
    return address;
  }

  /** Items that one thread claims at once, for items of `work` simple operations each. */
  grain(items: number, work: number): number {
    if (this.threads === 1) return items;
    return Math.max(Math.ceil(items / (this.threads * CLAIMS)), Math.ceil(MIN_WORK / Math.max(1, work)));
  }

  /** Records a command of a kernel (kernels/kernel-id.ts) over `items` items; arguments are integers and addresses. Nothing is recorded for no items. */
  record(kernel: number, items: number, grain: number, ...args: number[]): void {
    this.command = (COMMANDS_START + this.count * Layout.COMMAND_BYTES) >> 2;
    const { ints, command } = this;
    ints[command + Layout.WORD_KERNEL] = kernel;
    ints[command + Layout.WORD_ITEMS] = items;
    ints[command + Layout.WORD_GRAIN] = grain;
    ints[command + Layout.WORD_CLAIMED] = 0;
    ints[command + Layout.WORD_SEGMENTS] = 0;
    ints[command + Layout.WORD_LINK] = Link.barrier;
    ints[command + Layout.WORD_SCRATCH] = this.nextScratch.address;
    ints[command + Layout.WORD_SCRATCH_STRIDE] = this.nextScratch.stride;
    for (let i = 0; i < args.length; i++) ints[command + Layout.WORD_ARGUMENTS + i] = args[i];
    if (items > 0) this.count++;
  }

  /**
   * The commands that `record` records need no barrier between them: none touches what another writes. Commands before and behind see
   * all of them as one.
   */
  beside(record: () => void): void {
    this.linked(record, Link.beside);
  }

  /**
   * Whoever claims items of the first command that `record` records computes the same items of the others, one after the other: an item of one
   * reads no other items of those before. They have as many items, which stand for the same rows.
   */
  chained(record: () => void): void {
    this.linked(record, Link.chain);
  }

  private linked(record: () => void, link: Link): void {
    const from = this.count;
    const { settles } = this;
    record();
    const first = this.settles === settles ? from : 0; // memory ran short meanwhile: what came before has been executed
    for (let i = first; i < this.count - 1; i++) {
      const word = ((COMMANDS_START + i * Layout.COMMAND_BYTES) >> 2) + Layout.WORD_LINK;
      if (this.ints[word] !== Number(Link.chain)) this.ints[word] = link;
    }
  }

  /** Sets float argument `index` of the command recorded last. */
  float(index: number, value: number): void {
    this.floats[this.command + Layout.WORD_ARGUMENTS + index] = value;
  }

  /** Gives the commands recorded next scratch memory of `bytes` per thread. */
  prepareScratch(bytes: number): void {
    const stride = (bytes + 127) & ~63;
    this.nextScratch = { address: this.temporary(stride * this.threads), stride };
  }

  /** Lets the command recorded last find its items through `count` staged segments (first item, first index, count, extra). */
  segments(address: number, count: number): void {
    this.ints[this.command + Layout.WORD_SEGMENTS] = address;
    this.ints[this.command + Layout.WORD_SEGMENT_COUNT] = count;
  }
}

const COMMANDS_START = Layout.HEAP;
const STAGING_START = COMMANDS_START + MAX_COMMANDS * Layout.COMMAND_BYTES;
