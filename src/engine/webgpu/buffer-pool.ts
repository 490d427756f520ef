/**
 * GPU buffers that are given back and used again. Of the idle ones the oldest is taken, whatever the order they came back in: a step that
 * starts with the same idle buffers as the one before gets the same buffers in the same places, so that its bind groups are found in the
 * cache and nothing is created. (Last in, first out would shuffle them from step to step.)
 */

export interface PooledBuffer {
  /** Never used twice: identifies the buffer in cache keys. */
  readonly id: number;
  readonly buffer: GPUBuffer;
  readonly bytes: number;
  /** The submission whose commands touched it last. */
  lastUse: number;
}

const ALIGNMENT = 256;

export class BufferPool {
  /** By size, in the order of ids. */
  private readonly free = new Map<number, PooledBuffer[]>();
  private nextId = 1;
  private liveBytesCount = 0;
  private idleBytesCount = 0;

  constructor(
    private readonly device: GPUDevice,
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

  /** @param before only a buffer whose last use lies before this submission, for writes that overtake recorded commands */
  take(bytes: number, before = Infinity): PooledBuffer {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const idle = this.free.get(size) ?? [];
    const at = idle.findIndex(({ lastUse }) => lastUse < before);
    this.liveBytesCount += size;
    if (at >= 0) {
      this.idleBytesCount -= size;
      return idle.splice(at, 1)[0];
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ size, usage });
    this.onCreate();
    return { id: this.nextId++, buffer, bytes: size, lastUse: -1 };
  }

  give(memory: PooledBuffer): void {
    this.liveBytesCount -= memory.bytes;
    this.idleBytesCount += memory.bytes;
    const idle = this.free.get(memory.bytes);
    if (!idle) this.free.set(memory.bytes, [memory]);
    else idle.splice(idle.findLastIndex(({ id }) => id < memory.id) + 1, 0, memory);
  }

  /** Destroys what is not in use. Only when no recorded command uses it. */
  trim(): void {
    for (const list of this.free.values()) for (const { buffer } of list) buffer.destroy();
    this.free.clear();
    this.idleBytesCount = 0;
  }
}
