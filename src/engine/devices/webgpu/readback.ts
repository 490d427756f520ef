/** Buffers the host reads results from; several reads may be under way, and several may come with one buffer. */
import { decodeFloat16 } from '../../../model/float16.ts';
import { memoryOf, type GpuTensor } from './gpu-tensor.ts';

export interface PendingRead {
  /** Copies the tensors at the end of the submission. */
  readonly record: (encoder: GPUCommandEncoder) => void;
  /** What it brings, once the buffer was brought and its last submission is done. Rejects, or stays open, when the device is lost. */
  readonly brought: Promise<Brought>;
}

interface Brought {
  readonly values: Float32Array[];
  /** Numbers of submissions (stamps.ts). */
  readonly stamps: Uint32Array;
}

const ALIGNMENT = 8;
const SMALLEST = 256;
/** Bytes of a buffer that later readings may join. */
const JOINT = 64 * 2 ** 10;

/** A buffer that is filled by submissions, one behind the other, and mapped once. */
interface Joint {
  readonly staging: GPUBuffer;
  readonly size: number;
  used: number;
  readonly readers: {
    readonly read: (mapped: ArrayBuffer) => void;
    readonly fail: (error: unknown) => void;
  }[];
}

export class Readback {
  private readonly idle = new Map<number, GPUBuffer[]>();
  /** Takes further readings until it is brought. */
  private open: Joint | null = null;

  /** @param stamps read along every time @param answerTo waits for the device */
  constructor(
    private readonly device: GPUDevice,
    private readonly stamps: GPUBuffer,
    private readonly answerTo: <T>(pending: Promise<T>) => Promise<T>,
    private readonly onCreate: () => void,
  ) {}

  /** A reading in the open buffer; if it has no room, that one is brought. @param isJoined whether others will follow before the buffer is brought */
  add(tensors: readonly GpuTensor[], isJoined: boolean): PendingRead {
    const { stamps } = this;
    const offsets: number[] = [];
    let bytes = stamps.size;
    for (const tensor of tensors) {
      offsets.push(bytes);
      bytes += Math.ceil(tensor.bytes / ALIGNMENT) * ALIGNMENT;
    }
    if (this.open && this.open.used + bytes > this.open.size) this.bring();
    const joint = (this.open ??= this.create(isJoined ? Math.max(JOINT, bytes) : bytes));
    const start = joint.used;
    joint.used += bytes;
    const brought = new Promise<Brought>((resolve, fail) => {
      const shapes = tensors.map(({ rows, cols, half }) => ({ length: rows * cols, half }));
      const read = (mapped: ArrayBuffer): void =>
        resolve({
          values: shapes.map(({ length, half }, i) =>
            half
              ? decodeFloat16(new Uint16Array(mapped, start + offsets[i], length))
              : new Float32Array(mapped, start + offsets[i], length).slice(),
          ),
          stamps: new Uint32Array(mapped, start, stamps.size / 4).slice(),
        });
      joint.readers.push({ read, fail });
    });
    return {
      record: (encoder) => {
        encoder.copyBufferToBuffer(stamps, 0, joint.staging, start, stamps.size);
        tensors.forEach((tensor, i) =>
          encoder.copyBufferToBuffer(memoryOf(tensor).buffer, 0, joint.staging, start + offsets[i], tensor.bytes),
        );
      },
      brought,
    };
  }

  /** Maps the open buffer, if there is one, behind all that was submitted. */
  bring(): void {
    const { open } = this;
    this.open = null;
    if (open) void this.map(open);
  }

  /** Hands its values to all readers, in their order. */
  private async map({ staging, size, used, readers }: Joint): Promise<void> {
    const bytes = Math.max(ALIGNMENT, used);
    try {
      await this.answerTo(staging.mapAsync(GPUMapMode.READ, 0, bytes));
      const mapped = staging.getMappedRange(0, bytes);
      for (const { read } of readers) read(mapped);
      staging.unmap();
      const list = this.idle.get(size);
      if (list) list.push(staging);
      else this.idle.set(size, [staging]);
    } catch (error) {
      staging.destroy(); // it may have no memory, or be mapped still
      for (const { fail } of readers) fail(error);
    }
  }

  /** Destroys buffers that no reading uses. */
  trim(): void {
    for (const list of this.idle.values()) for (const staging of list) staging.destroy();
    this.idle.clear();
  }

  private create(bytes: number): Joint {
    const ofValues = bytes - this.stamps.size;
    const size = this.stamps.size + 2 ** Math.ceil(Math.log2(Math.max(SMALLEST, ofValues)));
    return { staging: this.idle.get(size)?.pop() ?? this.buffer(size), size, used: 0, readers: [] };
  }

  private buffer(size: number): GPUBuffer {
    this.onCreate();
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    return this.device.createBuffer({ label: 'read back', size, usage });
  }
}
