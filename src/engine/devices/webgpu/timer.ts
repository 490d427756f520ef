/** Measures every dispatch of a submission with timestamp queries: one compute pass each, so only during a measurement. */
import type { Command } from './program.ts';

const MAX_QUERIES = 4096; // the limit of a query set

export class DispatchTimer {
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly staging: GPUBuffer;
  private readonly timed: Command[] = [];

  constructor(device: GPUDevice) {
    const size = 8 * MAX_QUERIES;
    this.queries = device.createQuerySet({ label: 'dispatch timer', type: 'timestamp', count: MAX_QUERIES });
    this.resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  /** The pass of the next dispatch; beyond the capacity, dispatches are not timed. */
  pass(command: Command): GPUComputePassDescriptor {
    const at = 2 * this.timed.length;
    if (at + 2 > MAX_QUERIES) return {};
    this.timed.push(command);
    return {
      timestampWrites: { querySet: this.queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    const count = 2 * this.timed.length;
    if (count === 0) return;
    encoder.resolveQuerySet(this.queries, 0, count, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, this.staging, 0, 8 * count);
  }

  /** The timed dispatches with their milliseconds. Releases the timer. @throws Error when the device was lost */
  async finish(): Promise<{ command: Command; milliseconds: number }[]> {
    try {
      return this.timed.length > 0 ? await this.read() : [];
    } finally {
      this.queries.destroy();
      this.resolved.destroy();
      this.staging.destroy();
    }
  }

  private async read(): Promise<{ command: Command; milliseconds: number }[]> {
    await this.staging.mapAsync(GPUMapMode.READ);
    const nanoseconds = new BigUint64Array(this.staging.getMappedRange());
    return this.timed.map((command, i) => ({
      command,
      milliseconds: Math.max(0, Number(nanoseconds[2 * i + 1] - nanoseconds[2 * i]) / 1e6),
    }));
  }
}
