/** Compiled kernels, one pipeline each: made when first needed, or ahead of time without blocking. */
import { askedApart } from './error-scopes.ts';
import type { Kernel } from './kernel.ts';

export interface Pipeline {
  readonly kernel: Kernel;
  /** Identifies the pipeline in cache keys. */
  readonly id: number;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class Pipelines {
  private readonly made = new Map<Kernel, Pipeline>();
  /** Under way: what is asked for several times side by side is compiled once. */
  private readonly making = new Map<Kernel, Promise<void>>();

  constructor(
    private readonly device: GPUDevice,
    private readonly onCreate: () => void,
  ) {}

  /** Blocks while a new kernel is compiled. A kernel that does not compile is reported when a result is read. */
  get(kernel: Kernel): Pipeline {
    const known = this.made.get(kernel);
    if (known) return known;
    const { layout, descriptor } = this.describe(kernel);
    return this.keep(kernel, layout, this.device.createComputePipeline(descriptor));
  }

  /**
   * Compiles kernels side by side.
   * @throws Error naming the kernel when one does not compile
   */
  async compile(kernels: Iterable<Kernel>, onProgress: (done: number, total: number) => void): Promise<void> {
    const missing = [...kernels].filter((kernel) => !this.made.has(kernel));
    let done = 0;
    await Promise.all(
      missing.map(async (kernel) => {
        const making = this.making.get(kernel) ?? this.make(kernel).finally(() => this.making.delete(kernel));
        this.making.set(kernel, making);
        await making;
        onProgress(++done, missing.length);
      }),
    );
  }

  private async make(kernel: Kernel): Promise<void> {
    const { device } = this;
    const { result, errors } = askedApart(device, () => this.describe(kernel));
    const { layout, descriptor } = result;
    const pipeline = await device.createComputePipelineAsync(descriptor).catch(async (cause: unknown) => {
      const reasons = (await errors).map(({ message }) => ` ${message}`);
      throw new Error(`The kernel ${kernel.key} does not compile on this GPU.${reasons.join('')}`, { cause });
    });
    if (!this.made.has(kernel)) this.keep(kernel, layout, pipeline);
  }

  private describe(kernel: Kernel): { layout: GPUBindGroupLayout; descriptor: GPUComputePipelineDescriptor } {
    const { device } = this;
    const { key: label, code, tensors } = kernel;
    const visibility = GPUShaderStage.COMPUTE;
    const layout = device.createBindGroupLayout({
      label,
      entries: [
        { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
        { binding: 1, visibility, buffer: { type: 'read-only-storage' } },
        ...tensors.map(({ access }, i) => ({
          binding: i + 2,
          visibility,
          buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
        })),
      ],
    });
    const module = device.createShaderModule({ label, code });
    return {
      layout,
      descriptor: {
        label,
        layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: 'main' },
      },
    };
  }

  private keep(kernel: Kernel, layout: GPUBindGroupLayout, pipeline: GPUComputePipeline): Pipeline {
    const kept = { kernel, id: this.made.size, pipeline, layout };
    this.made.set(kernel, kept);
    this.onCreate();
    return kept;
  }
}
