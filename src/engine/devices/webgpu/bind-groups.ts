/**
 * Bind groups by pipeline and buffers, each made once. Found by a number and not by a string: a training step whose gates are new asks for
 * several hundred.
 */
import type { PooledBuffer } from './buffer-pool.ts';
import { BLOCK_BYTES } from './constants.ts';
import type { Pipeline } from './pipelines.ts';

/** Above this number all are dropped at once; only studies that keep changing shape reach it. */
const MAX_BIND_GROUPS = 16384;

interface Bound {
  readonly pipeline: Pipeline;
  readonly memories: readonly PooledBuffer[];
  readonly group: GPUBindGroup;
  /** The next one with the same number. */
  readonly next: Bound | undefined;
}

function isOf({ pipeline, memories }: Bound, wanted: Pipeline, buffers: readonly PooledBuffer[]): boolean {
  if (pipeline !== wanted) return false;
  for (let i = 0; i < buffers.length; i++) if (memories[i] !== buffers[i]) return false;
  return true;
}

export class BindGroups {
  private readonly known = new Map<number, Bound>();
  private count = 0;

  constructor(
    private readonly device: GPUDevice,
    private readonly constants: GPUBuffer,
    private readonly onCreate: () => void,
  ) {}

  /** @param memories in the order of the kernel's tensors */
  get(pipeline: Pipeline, memories: readonly PooledBuffer[]): GPUBindGroup {
    let number = pipeline.id;
    for (const { id } of memories) number = (Math.imul(number, 1000003) + id) | 0;
    const first = this.known.get(number);
    for (let bound = first; bound; bound = bound.next) if (isOf(bound, pipeline, memories)) return bound.group;
    if (this.count >= MAX_BIND_GROUPS) this.clear();
    const group = this.create(pipeline, memories);
    this.known.set(number, { pipeline, memories, group, next: this.known.get(number) });
    this.count++;
    return group;
  }

  /** Forgets those of buffers that are gone. */
  trim(): void {
    for (const [number, first] of this.known) {
      let kept: Bound | undefined;
      for (let bound: Bound | undefined = first; bound; bound = bound.next)
        if (bound.memories.every(({ state }) => state !== 'gone')) kept = { ...bound, next: kept };
        else this.count--;
      if (kept) this.known.set(number, kept);
      else this.known.delete(number);
    }
  }

  private clear(): void {
    this.known.clear();
    this.count = 0;
  }

  private create({ kernel, layout }: Pipeline, memories: readonly PooledBuffer[]): GPUBindGroup {
    this.onCreate();
    return this.device.createBindGroup({
      label: kernel.key,
      layout,
      entries: [
        { binding: 0, resource: { buffer: this.constants, size: BLOCK_BYTES } },
        { binding: 1, resource: { buffer: this.constants } },
        ...memories.map(({ buffer }, i) => ({ binding: i + 2, resource: { buffer } })),
      ],
    });
  }
}
