/**
 * GPU buffers that are given back and used again. Last in, first out: a step that repeats gets the same buffers in the same places,
 * so that its bind groups are found in the cache and nothing is created.
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
  private readonly free = new Map<number, PooledBuffer[]>();
  private nextId = 1;
  private liveBytesCount = 0;
  private idleBytesCount = 0;
  private createdCount = 0;

  constructor(
    private readonly device: GPUDevice,
    /** Called when a new buffer is made, to watch for errors. */
    private readonly watch: <R>(make: () => R, bytes: number) => R,
  ) {}

  /** Bytes in use. */
  get liveBytes(): number {
    return this.liveBytesCount;
  }
  /** Bytes kept for later use. */
  get idleBytes(): number {
    return this.idleBytesCount;
  }
  /** Buffers created so far. */
  get created(): number {
    return this.createdCount;
  }

  /** @param before only a buffer whose last use lies before this submission, for writes that overtake recorded commands */
  take(bytes: number, before = Infinity): PooledBuffer {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const idle = this.free.get(size) ?? [];
    let at = idle.length - 1;
    while (at >= 0 && idle[at].lastUse >= before) at--;
    this.liveBytesCount += size;
    if (at >= 0) {
      this.idleBytesCount -= size;
      return idle.splice(at, 1)[0];
    }
    this.createdCount++;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.watch(() => this.device.createBuffer({ size, usage }), size);
    return { id: this.nextId++, buffer, bytes: size, lastUse: -1 };
  }

  give(memory: PooledBuffer): void {
    this.liveBytesCount -= memory.bytes;
    this.idleBytesCount += memory.bytes;
    const idle = this.free.get(memory.bytes);
    if (idle) idle.push(memory);
    else this.free.set(memory.bytes, [memory]);
  }

  /** Destroys what is not in use; the ids of the destroyed buffers. Only when no recorded command uses them. */
  trim(): Set<number> {
    const ids = new Set<number>();
    for (const list of this.free.values())
      for (const { id, buffer } of list) {
        ids.add(id);
        buffer.destroy();
      }
    this.free.clear();
    this.idleBytesCount = 0;
    return ids;
  }
}
