/**
 * Replays the commands of a step. What a step dispatches depends almost only on the gates, so commands are kept when the same gates come a second
 * time. From then on a step costs the host a copy of its constants and the encoding. Re-recorded when a buffer has been reassigned, or long dispatches were cut too short.
 */
import type { HostArray, Repeater } from '../../optional-operations.ts';
import type { GpuTensor } from './gpu-tensor.ts';
import type { Program } from './program.ts';
import type { Runtime } from './runtime.ts';

/** Most programs kept, of a few hundred kilobytes each. */
const MAX_PROGRAMS = 8;
/** Most keys remembered after their first step. */
const MAX_SEEN = 256;

export class StepRepeater implements Repeater<GpuTensor> {
  /** Least recently used first. */
  private readonly programs = new Map<string, Program>();
  private readonly seen = new Set<string>();

  constructor(private readonly runtime: Runtime) {}

  run(key: string, inputs: readonly HostArray[], record: () => GpuTensor[]): GpuTensor[] {
    if (this.runtime.collecting) return record();
    const program = this.programs.get(key);
    if (program) {
      this.programs.delete(key);
      const results = this.runtime.repeat(program);
      if (results) {
        this.programs.set(key, program);
        return results;
      }
    }
    // The first step also lays out matrices, which must not be replayed.
    if (!this.seen.has(key)) {
      if (this.seen.size >= MAX_SEEN) this.seen.clear();
      this.seen.add(key);
      return record();
    }
    const { results, program: recorded } = this.runtime.record(record, inputs);
    if (recorded) {
      const [oldest] = this.programs.keys();
      if (this.programs.size >= MAX_PROGRAMS && oldest !== undefined) this.programs.delete(oldest);
      this.programs.set(key, recorded);
    }
    return results;
  }
}
