/**
 * Records dispatches and replays them with as little work per step as WebGPU allows.
 *
 * Operations call `dispatch`. Pipelines, buffers and bind groups are made the first time and found again afterwards: a training step that repeats
 * creates nothing. Everything the host has to tell the GPU in a submission travels in one buffer (constants.ts), written once before it
 * is submitted; nothing is submitted until a value is read.
 */
import { BufferPool, type PooledBuffer } from './buffer-pool.ts';
import { Constants, type FieldValue } from './constants.ts';
import { GpuTensor, memoryOf } from './gpu-tensor.ts';
import { emptyStatistics, type GpuStatistics } from './gpu-statistics.ts';
import type { Kernel } from './kernel.ts';

const CONSTANT_BYTES = 4 * 2 ** 20;
/** Cached bind groups above this number are dropped all at once: only studies that change shape all the time get there. */
const MAX_BIND_GROUPS = 16384;
/** Workgroups per dimension every WebGPU device allows. */
export const MAX_WORKGROUPS = 65535;

/** What a dispatch costs, for people: never used to decide anything. */
export interface Cost {
  readonly flops: number;
  /** Every operand once. */
  readonly bytes: number;
}

interface Prepared {
  readonly kernel: Kernel;
  readonly id: number;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

interface Command {
  readonly prepared: Prepared;
  readonly group: GPUBindGroup;
  readonly block: number;
  readonly workgroups: readonly [number, number, number];
}

/** One dimension of up to 65,535 workgroups becomes two: index = x + y · 65535 in the shader (`gridIndex`). */
export function grid(count: number): [number, number, number] {
  return count <= MAX_WORKGROUPS ? [count, 1, 1] : [MAX_WORKGROUPS, Math.ceil(count / MAX_WORKGROUPS), 1];
}

export class Runtime {
  readonly device: GPUDevice;
  readonly pool: BufferPool;
  private statistics: GpuStatistics = emptyStatistics();
  private readonly constants = new Constants(CONSTANT_BYTES);
  private readonly constantBuffer: GPUBuffer;
  private readonly prepared = new Map<Kernel, Prepared>();
  private readonly groups = new Map<string, GPUBindGroup>();
  private commands: Command[] = [];
  private submission = 0;
  private readonly staging = new Map<number, GPUBuffer[]>();

  constructor(device: GPUDevice) {
    this.device = device;
    this.pool = new BufferPool(device, (make) => {
      this.statistics.buffersCreated++;
      return make();
    });
    this.constantBuffer = device.createBuffer({
      label: 'constants',
      size: CONSTANT_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  // Tensors ----------------------------------------------------------------------------------------------------------------
  /** An uninitialised tensor. */
  tensor(rows: number, cols: number): GpuTensor {
    return new GpuTensor(this.pool.take(4 * rows * cols), rows, cols);
  }

  /** A tensor with values written at once: into memory that no recorded command uses. */
  uploaded(values: Float32Array, rows: number, cols: number): GpuTensor {
    const memory = this.pool.take(4 * rows * cols, this.submission);
    this.writeBuffer(memory, values);
    return new GpuTensor(memory, rows, cols);
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
    const tensor = new GpuTensor(memoryOf(consumed), consumed.rows, consumed.cols);
    consumed.memory = null;
    return tensor;
  }

  private writeBuffer(memory: PooledBuffer, values: Float32Array): void {
    this.device.queue.writeBuffer(memory.buffer, 0, values as Float32Array<ArrayBuffer>);
    this.statistics.uploads++;
    this.statistics.uploadedBytes += values.byteLength;
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
    workgroups: readonly [number, number, number],
    cost: Cost,
  ): void {
    if (workgroups[0] === 0 || workgroups[1] === 0 || workgroups[2] === 0) return;
    if (!this.constants.fits(values)) this.submit();
    const prepared = this.prepare(kernel);
    const group = this.bindGroup(prepared, tensors);
    const block = this.constants.write(kernel.fields, values);
    this.commands.push({ prepared, group, block, workgroups });
    for (const tensor of tensors) memoryOf(tensor).lastUse = this.submission;
    this.count(kernel, cost);
  }

  private count({ kind }: Kernel, { flops, bytes }: Cost): void {
    const kinds = this.statistics.kinds;
    const entry = (kinds[kind] ??= { dispatches: 0, flops: 0, bytes: 0, milliseconds: null });
    entry.dispatches++;
    entry.flops += flops;
    entry.bytes += bytes;
    this.statistics.dispatches++;
  }

  private prepare(kernel: Kernel): Prepared {
    const known = this.prepared.get(kernel);
    if (known) return known;
    const { device } = this;
    const visibility = GPUShaderStage.COMPUTE;
    const layout = device.createBindGroupLayout({
      label: kernel.key,
      entries: [
        { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
        { binding: 1, visibility, buffer: { type: 'read-only-storage' } },
        ...kernel.tensors.map(({ access }, i) => ({
          binding: i + 2,
          visibility,
          buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
        })),
      ],
    });
    const pipeline = device.createComputePipeline({
      label: kernel.key,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label: kernel.key, code: kernel.code }), entryPoint: 'main' },
    });
    const prepared = { kernel, id: this.prepared.size, pipeline, layout };
    this.prepared.set(kernel, prepared);
    this.statistics.pipelinesCreated++;
    return prepared;
  }

  private bindGroup({ kernel, id, layout }: Prepared, tensors: readonly GpuTensor[]): GPUBindGroup {
    let key = String(id);
    for (const tensor of tensors) key += `,${memoryOf(tensor).id}`;
    let group = this.groups.get(key);
    if (group) return group;
    if (this.groups.size >= MAX_BIND_GROUPS) this.groups.clear();
    group = this.device.createBindGroup({
      label: kernel.key,
      layout,
      entries: [
        { binding: 0, resource: { buffer: this.constantBuffer, size: 256 } },
        { binding: 1, resource: { buffer: this.constantBuffer } },
        ...tensors.map((tensor, i) => ({ binding: i + 2, resource: { buffer: memoryOf(tensor).buffer } })),
      ],
    });
    this.groups.set(key, group);
    this.statistics.bindGroupsCreated++;
    return group;
  }

  /** Sends what is recorded. */
  submit(finish?: (encoder: GPUCommandEncoder) => void): void {
    if (this.commands.length === 0 && !finish) return;
    const encoder = this.device.createCommandEncoder();
    if (this.commands.length > 0) {
      const view = this.constants.view;
      this.device.queue.writeBuffer(this.constantBuffer, 0, view);
      this.statistics.uploads++;
      this.statistics.uploadedBytes += view.byteLength;
      const pass = encoder.beginComputePass();
      let current: GPUComputePipeline | null = null;
      for (const { prepared, group, block, workgroups } of this.commands) {
        if (prepared.pipeline !== current) pass.setPipeline((current = prepared.pipeline));
        pass.setBindGroup(0, group, [block]);
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
      pass.end();
    }
    finish?.(encoder);
    this.device.queue.submit([encoder.finish()]);
    this.statistics.submits++;
    this.commands = [];
    this.constants.reset();
    this.submission++;
  }

  // Reading ----------------------------------------------------------------------------------------------------------------
  /** Copies of tensors as they are after all recorded commands; one submission, one synchronisation. */
  async read(tensors: readonly GpuTensor[]): Promise<Float32Array[]> {
    const offsets: number[] = [];
    let bytes = 0;
    for (const tensor of tensors) {
      offsets.push(bytes);
      bytes += Math.ceil(tensor.bytes / 8) * 8;
    }
    const size = 2 ** Math.ceil(Math.log2(Math.max(256, bytes)));
    const staging = this.staging.get(size)?.pop() ?? this.createStaging(size);
    this.submit((encoder) => {
      tensors.forEach((tensor, i) => {
        const memory = memoryOf(tensor);
        encoder.copyBufferToBuffer(memory.buffer, 0, staging, offsets[i], tensor.bytes);
        memory.lastUse = this.submission;
      });
    });
    await staging.mapAsync(GPUMapMode.READ);
    const mapped = new Float32Array(staging.getMappedRange().slice(0));
    staging.unmap();
    const list = this.staging.get(size);
    if (list) list.push(staging);
    else this.staging.set(size, [staging]);
    return tensors.map((tensor, i) => mapped.slice(offsets[i] / 4, offsets[i] / 4 + tensor.rows * tensor.cols));
  }

  private createStaging(size: number): GPUBuffer {
    this.statistics.buffersCreated++;
    return this.device.createBuffer({
      label: 'read back',
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** Counts since the last call. */
  takeStatistics(): GpuStatistics {
    const taken = this.statistics;
    this.statistics = emptyStatistics();
    return taken;
  }

  get memoryBytes(): number {
    return this.pool.liveBytes;
  }

  dispose(): void {
    this.device.destroy();
  }
}
