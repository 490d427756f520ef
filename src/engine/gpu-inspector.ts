/** What an engine on a GPU can tell about itself, for the panels that show it. Plain data, apart from the inspector. */

export type KernelKind =
  | 'matmul'
  | 'lora'
  | 'attention'
  | 'layer norm'
  | 'activation'
  | 'gather'
  | 'objective'
  | 'optimizer'
  | 'fill';

/** What a browser says of a graphics card. */
export interface GpuDescription {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  /** True when the adapter is emulated on the CPU (SwiftShader, lavapipe). */
  readonly software: boolean;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** Of the dispatches of one kind of kernel. */
export interface KindStatistics {
  dispatches: number;
  /** Multiplications and additions, counted separately. */
  flops: number;
  /** Bytes read and written, every operand once. */
  bytes: number;
  /** Measured on the GPU; null without timestamps. */
  milliseconds: number | null;
}

/** Of everything since the last reading, or of what was measured. */
export interface GpuStatistics {
  dispatches: number;
  /** queue.writeBuffer calls and their bytes. */
  uploads: number;
  uploadedBytes: number;
  submits: number;
  buffersCreated: number;
  bindGroupsCreated: number;
  pipelinesCreated: number;
  /** Milliseconds of which the times of dispatches are whole multiples, 0.1 where a browser rounds; 0: none are seen. */
  grain: number;
  readonly kinds: Partial<Record<KernelKind, KindStatistics>>;
}

/** Counts and times what is sent to a graphics card. */
export interface GpuInspector {
  readonly description: GpuDescription;
  /** Counts since the last call, not timed. */
  takeStatistics(): GpuStatistics;
  /** Dispatches of `run` by kind of kernel, with their times where the GPU measures them. `run` must await its results. */
  measure(run: () => Promise<unknown>): Promise<GpuStatistics>;
  /** GFLOP/s of a large matrix product on this GPU, measured once. @throws Error when it cannot be measured now, as on a device that was lost */
  peakGflops(): Promise<number>;
  /** Bytes of all buffers, including idle ones. */
  readonly allocatedBytes: number;
}
