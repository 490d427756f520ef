/** Buffers the host reads results from; several reads may be under way. */
import { decodeFloat16 } from '../../../model/float16.ts';
import { memoryOf, type GpuTensor } from './gpu-tensor.ts';

export interface PendingRead {
  /** Copies the tensors at the end of the submission. */
  readonly record: (encoder: GPUCommandEncoder) => void;
  /** The values, once the submission is done. Rejects when the device is lost. */
  readonly values: () => Promise<Float32Array[]>;
}

const ALIGNMENT = 8;
const SMALLEST = 256;

export class Readback {
  private readonly idle = new Map<number, GPUBuffer[]>();

  constructor(
    private readonly device: GPUDevice,
    private readonly onCreate: () => void,
  ) {}

  prepare(tensors: readonly GpuTensor[]): PendingRead {
    const offsets: number[] = [];
    let bytes = 0;
    for (const tensor of tensors) {
      offsets.push(bytes);
      bytes += Math.ceil(tensor.bytes / ALIGNMENT) * ALIGNMENT;
    }
    const size = 2 ** Math.ceil(Math.log2(Math.max(SMALLEST, bytes)));
    const staging = this.idle.get(size)?.pop() ?? this.create(size);
    return {
      record: (encoder) =>
        tensors.forEach((tensor, i) =>
          encoder.copyBufferToBuffer(memoryOf(tensor).buffer, 0, staging, offsets[i], tensor.bytes),
        ),
      values: async () => {
        await staging.mapAsync(GPUMapMode.READ, 0, Math.max(ALIGNMENT, bytes));
        const mapped = staging.getMappedRange(0, Math.max(ALIGNMENT, bytes));
        const values = tensors.map(({ rows, cols, half }, i) =>
          half
            ? decodeFloat16(new Uint16Array(mapped, offsets[i], rows * cols))
            : new Float32Array(mapped, offsets[i], rows * cols).slice(),
        );
        staging.unmap();
        const list = this.idle.get(size);
        if (list) list.push(staging);
        else this.idle.set(size, [staging]);
        return values;
      },
    };
  }

  private create(size: number): GPUBuffer {
    this.onCreate();
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    return this.device.createBuffer({ label: 'read back', size, usage });
  }
}
