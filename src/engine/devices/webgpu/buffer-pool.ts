/**
 * Reuses GPU buffers. The oldest idle buffer is taken first, whatever the order in which buffers were returned: a step that starts with the same idle buffers as the one before gets the same buffers in the same places, so that its bind groups are found in the
 * cache and nothing is created. (Last in, first out would shuffle them from step to step.)
 */

export interface PooledBuffer {
  /** Never used twice: identifies the buffer in cache keys. */
  readonly id: number;
  readonly buffer: GPUBuffer;
  readonly bytes: number;
  /** The submission whose commands touched it last. */
  lastUse: number;
  /** In use, waiting to be taken, or destroyed. */
  state: 'live' | 'idle' | 'gone';
  /** How often it was taken. */
  life: number;
}

const SMALLEST = 256;

/**
 * Sizes come in eight steps per doubling: at most an eighth is wasted, and tensors of nearly equal size (evaluations of a few variants
 * more or less) share their buffers.
 */
export function sizeClass(bytes: number): number {
  if (bytes <= SMALLEST) return SMALLEST;
  const doubling = 32 - Math.clz32(bytes - 1); // ⌈log₂ bytes⌉; WebGPU's buffers are below 2³² bytes
  const step = Math.max(SMALLEST, 2 ** (doubling - 4));
  return Math.ceil(bytes / step) * step;
}

/** Where an id belongs in a list in the order of ids: hundreds of buffers come back in every step, into lists of a hundred. */
function placeOf(id: number, list: readonly PooledBuffer[]): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle].id < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

function revive(memory: PooledBuffer): PooledBuffer {
  memory.state = 'live';
  memory.life++;
  return memory;
}

function destroy(memory: PooledBuffer): void {
  memory.state = 'gone';
  memory.buffer.destroy();
}

export class BufferPool {
  /** By size, in the order of ids. */
  private readonly free = new Map<number, PooledBuffer[]>();
  private nextId = 1;
  /** Created since the last confirmation. The device reports later whether it had the memory. */
  private readonly unconfirmed = new Set<PooledBuffer>();
  private readonly distrusted = new Set<PooledBuffer>();
  private liveBytesCount = 0;
  private idleBytesCount = 0;

  constructor(
    private readonly device: GPUDevice,
    /** The largest buffer the device allows. */
    private readonly maxBytes: number,
    private readonly onCreate: () => void,
  ) {}

  /** Bytes in use. */
  get liveBytes(): number {
    return this.liveBytesCount;
  }
  /** Bytes kept for later use. */
  get idleBytes(): number {
    return this.idleBytesCount;
  }

  /**
   * A buffer of at least so many bytes, with whatever is in it. Whether the device had memory for a new one is told later (`confirm`, `distrust`).
   * @param before only a buffer whose last use lies before this submission, for writes that overtake recorded commands
   */
  take(bytes: number, before = Infinity): PooledBuffer {
    const size = Math.min(sizeClass(bytes), this.maxBytes);
    const idle = this.free.get(size) ?? [];
    const at = idle.findIndex(({ lastUse }) => lastUse < before);
    this.liveBytesCount += size;
    if (at >= 0) {
      this.idleBytesCount -= size;
      return revive(idle.splice(at, 1)[0]);
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ size, usage });
    this.onCreate();
    const memory: PooledBuffer = { id: this.nextId++, buffer, bytes: size, lastUse: -1, state: 'live', life: 1 };
    this.unconfirmed.add(memory);
    return memory;
  }

  /** Takes this very idle buffer, not just one of its size. @throws Error when it is not idle */
  claim(memory: PooledBuffer): PooledBuffer {
    const idle = this.free.get(memory.bytes) ?? [];
    const at = placeOf(memory.id, idle);
    if (idle[at] !== memory) throw new Error('A buffer is claimed that is not idle.');
    idle.splice(at, 1);
    this.idleBytesCount -= memory.bytes;
    this.liveBytesCount += memory.bytes;
    return revive(memory);
  }

  /** Takes a buffer back; recorded commands may still use it, and come before those of whoever takes it next. */
  give(memory: PooledBuffer): void {
    this.liveBytesCount -= memory.bytes;
    if (this.distrusted.delete(memory)) {
      destroy(memory);
      return;
    }
    memory.state = 'idle';
    this.idleBytesCount += memory.bytes;
    const idle = this.free.get(memory.bytes);
    if (!idle) this.free.set(memory.bytes, [memory]);
    else idle.splice(placeOf(memory.id, idle), 0, memory);
  }

  /** Whether a buffer in use may lack memory. */
  get distrustsLive(): boolean {
    return this.distrusted.size > 0;
  }

  /** Of the buffer that was created last. */
  get lastId(): number {
    return this.nextId - 1;
  }

  /** Confirms that the buffers up to this one have memory. */
  confirm(lastId: number): void {
    for (const memory of this.unconfirmed) {
      if (memory.id > lastId) break; // they are in the order in which they were created
      this.unconfirmed.delete(memory);
    }
  }

  /** The device ran out of memory: none of the buffers made since the last confirmation may be used again. */
  distrust(): void {
    for (const memory of this.unconfirmed) this.distrusted.add(memory);
    this.unconfirmed.clear();
    for (const list of this.free.values()) for (const memory of list) this.distrusted.delete(memory);
    this.trim();
  }

  /**
   * Destroys what is not in use. Only when no recorded command uses it.
   * @param before only what was used last before this submission
   * @returns whether there was any
   */
  trim(before = Infinity): boolean {
    let hasTrimmed = false;
    for (const [size, list] of this.free) {
      const kept = list.filter(({ lastUse }) => lastUse >= before);
      if (kept.length === list.length) continue;
      hasTrimmed = true;
      for (const memory of list) if (memory.lastUse < before) destroy(memory);
      this.idleBytesCount -= size * (list.length - kept.length);
      if (kept.length > 0) this.free.set(size, kept);
      else this.free.delete(size);
    }
    return hasTrimmed;
  }
}
