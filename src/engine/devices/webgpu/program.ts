/** Recorded submissions that can be sent again: their commands, and the words they read from the host. */
import { recordedOf, type ConstantArray, type Recorded, type Written } from './constants.ts';
import type { PooledBuffer } from './buffer-pool.ts';
import { memoryOf, type GpuTensor } from './gpu-tensor.ts';
import type { Pipeline } from './pipelines.ts';
import type { Workgroups } from './workgroups.ts';

/** Cost of a dispatch: what is shown of it, and where submissions are cut. */
export interface Cost {
  /** Multiplications and additions, counted separately. */
  readonly flops: number;
  /** Every operand once. */
  readonly bytes: number;
}

/** One dispatch. */
export interface Command {
  readonly pipeline: Pipeline;
  readonly group: GPUBindGroup;
  /** What the bind group binds. */
  readonly memories: readonly PooledBuffer[];
  /** Byte offset of its uniform block among the words of the submission. */
  readonly block: number;
  readonly workgroups: Workgroups;
  readonly cost: Cost;
  /** Where its form is chosen, when sites are named. */
  readonly site: string | null;
}

/** A small array that is computed from a program's inputs: `refill` brings it up to date, in place. */
export interface Derived {
  readonly array: ConstantArray;
  readonly refill: () => void;
}

/** A buffer kept outside the program, with the generation it had when the program was recorded. */
interface Kept {
  readonly memory: PooledBuffer;
  readonly life: number;
}

/** The commands of a submission while they are recorded, and the words for them. */
export interface Section {
  readonly commands: readonly Command[];
  readonly written: Written;
}

export interface Program {
  /** One behind the other: what takes long is no single submission. */
  readonly submissions: readonly { readonly commands: readonly Command[]; readonly constants: Recorded }[];
  readonly derived: readonly Derived[];
  readonly kept: readonly Kept[];
  /** Buffers that were given back while recording: the program needs them idle. */
  readonly scratch: readonly PooledBuffer[];
  readonly results: readonly { readonly memory: PooledBuffer; readonly rows: number; readonly cols: number }[];
  /** The pace by which dispatches and submissions were cut; null when none was. */
  readonly cutAt: number | null;
}

/** @param inputs arrays whose contents change; those in `derived` need not be named */
export function programOf(
  sections: readonly Section[],
  inputs: readonly ConstantArray[],
  { derived, cutAt }: Pick<Program, 'derived' | 'cutAt'>,
  results: readonly GpuTensor[],
): Program {
  const outputs = results.map((tensor) => ({ memory: memoryOf(tensor), rows: tensor.rows, cols: tensor.cols }));
  const returned = new Set(outputs.map(({ memory }) => memory));
  const bound = sections.flatMap(({ commands }) => commands.flatMap(({ memories }) => memories));
  const others = [...new Set(bound)].filter((memory) => !returned.has(memory));
  const changing = [...inputs, ...derived.map(({ array }) => array)];
  return {
    submissions: sections.map(({ commands, written }) => ({ commands, constants: recordedOf(written, changing) })),
    derived: [...derived],
    kept: others.filter(({ state }) => state === 'live').map((memory) => ({ memory, life: memory.life })),
    scratch: others.filter(({ state }) => state === 'idle'),
    results: outputs,
    cutAt,
  };
}

/** Whether no buffer has been reassigned since the program was recorded. */
export function canRepeat({ kept, scratch, results }: Program): boolean {
  return (
    kept.every(({ memory, life }) => memory.state === 'live' && memory.life === life) &&
    scratch.every(({ state }) => state === 'idle') &&
    results.every(({ memory }) => memory.state === 'idle')
  );
}
