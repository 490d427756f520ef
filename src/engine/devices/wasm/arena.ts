/**
 * Blocks of device memory: size classes with free lists, merged again when memory runs short.
 *
 * Commands run later, in order, so a freed block may be handed to a later command at once. The host however writes immediately: it
 * only gets blocks that were already free at the last flush ("settled"), because pending commands may still use the others.
 */

import { OutOfMemoryError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';

/** Whoever owns the memory that an arena divides. */
export interface ArenaHost {
  /** Makes memory up to `end` addressable; false when the limit is reached. */
  grow(end: number): boolean;
  /** Executes all pending commands. */
  settle(): void;
}

/** Bytes behind a tensor that kernels may read (never write) when they load whole vectors. */
const SLACK = 64;
/** Freed but unsettled bytes at which the host waits instead of taking new memory. */
const UNSETTLED_LIMIT = 32 * 2 ** 20;

interface Bucket {
  readonly settled: number[];
  readonly recent: number[];
}

/** Rounds a size up to one of eight steps per power of two, at least 64 bytes. */
export function blockSize(bytes: number): number {
  const wanted = bytes + SLACK;
  const step = 2 ** Math.max(6, Math.floor(Math.log2(wanted)) - 3);
  return Math.ceil(wanted / step) * step;
}

export class Arena {
  private readonly host: ArenaHost;
  private readonly buckets = new Map<number, Bucket>();
  private touched: Bucket[] = [];
  private regions: { address: number; size: number }[] = [];
  private top: number;
  private unsettledBytes = 0;

  /** @param start address of the first block @param host grows the memory, and executes the commands that still use a block */
  constructor(start: number, host: ArenaHost) {
    this.top = start;
    this.host = host;
  }

  /** End of the memory taken so far, in bytes: must not rise in a steady state. */
  get end(): number {
    return this.top;
  }

  /** An uninitialised block for at least `bytes` bytes that only commands write. @throws OutOfMemoryError */
  forCommands(bytes: number): number {
    const size = blockSize(bytes);
    const bucket = this.buckets.get(size);
    const recent = bucket?.recent.pop();
    if (recent === undefined) return bucket?.settled.pop() ?? this.take(size);
    this.unsettledBytes -= size;
    return recent;
  }

  /** A block that the host may write at once. @throws OutOfMemoryError */
  forHost(bytes: number): number {
    const size = blockSize(bytes);
    if (this.unsettledBytes > UNSETTLED_LIMIT) this.host.settle();
    return this.buckets.get(size)?.settled.pop() ?? this.take(size);
  }

  /** Returns the block of forCommands(bytes) or forHost(bytes). */
  release(address: number, bytes: number): void {
    const size = blockSize(bytes);
    let bucket = this.buckets.get(size);
    if (!bucket) this.buckets.set(size, (bucket = { settled: [], recent: [] }));
    if (bucket.recent.push(address) === 1) this.touched.push(bucket);
    this.unsettledBytes += size;
  }

  /** To be called after pending commands were executed. */
  settled(): void {
    for (const { settled, recent } of this.touched) {
      for (const address of recent) settled.push(address);
      recent.length = 0;
    }
    this.touched = [];
    this.unsettledBytes = 0;
  }

  private take(size: number): number {
    const address = this.carve(size) ?? this.extend(size);
    if (address !== undefined) return address;
    this.host.settle();
    this.mergeFree();
    const merged = this.carve(size) ?? this.extend(size);
    if (merged !== undefined) return merged;
    throw new OutOfMemoryError(ENGINE_NOTICES.full((size / 2 ** 20).toFixed(1), (this.top / 2 ** 20).toFixed(0)));
  }

  private extend(size: number): number | undefined {
    const address = this.top;
    if (!this.host.grow(address + size)) return undefined;
    this.top += size;
    return address;
  }

  private carve(size: number): number | undefined {
    const index = this.regions.findIndex((region) => region.size >= size);
    if (index < 0) return undefined;
    const region = this.regions[index];
    const { address } = region;
    region.address += size;
    region.size -= size;
    if (region.size === 0) this.regions.splice(index, 1);
    return address;
  }

  /** Joins neighbouring free blocks of all sizes to regions. */
  private mergeFree(): void {
    const free = this.regions;
    for (const [size, bucket] of this.buckets) {
      for (const address of bucket.settled) free.push({ address, size });
      bucket.settled.length = 0;
    }
    free.sort((a, b) => a.address - b.address);
    this.regions = [];
    for (const block of free) {
      const last = this.regions.at(-1);
      if (last && last.address + last.size === block.address) last.size += block.size;
      else this.regions.push(block);
    }
    const last = this.regions.at(-1);
    if (last && last.address + last.size === this.top) {
      this.top = last.address;
      this.regions.pop();
    }
  }
}
