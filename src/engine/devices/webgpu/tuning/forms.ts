/**
 * Kernels that compute the same in several forms. A family names the problems that are alike (a site), the form that is used where nothing was
 * measured, and the others that a device can take. Data and pure functions: the tuner knows nothing else of kernels.
 */
import type { Kernel } from '../kernel.ts';
import type { FieldValue } from '../constants.ts';
import { GpuTensor } from '../gpu-tensor.ts';
import type { TileHardware } from '../kernels/tuning.ts';
import type { Cost } from '../program.ts';
import type { Workgroups } from '../workgroups.ts';

/** What bounds the forms that a device can take. */
export interface Hardware extends TileHardware {
  /** Whether threads of a subgroup can exchange values, whatever its size. */
  readonly subgroups: boolean;
  /** Sizes of subgroups that a kernel may ask for, where it gets one of several if it does not. Not every kernel may have every size. */
  readonly sizes: readonly number[];
  /** Whether its browsers make memory of workgroups slow: on Windows, Chrome takes it apart into single values for Intel's compiler. */
  readonly slowWorkgroups: boolean;
  /** Threads of a workgroup. */
  readonly invocations: number;
  /** Bytes of its memory. */
  readonly workgroupBytes: number;
}

/** One dispatch that is to be recorded, in as many pieces as it takes. */
export interface Launch {
  readonly kernel: Kernel;
  /** In the order of the kernel's bindings. */
  readonly tensors: readonly GpuTensor[];
  /** Values of the kernel's fields for a dispatch that begins with workgroup `first`. */
  readonly valuesFrom: (first: number) => readonly FieldValue[];
  /** Workgroups in a row. */
  readonly count: number;
  /** How as many of them are dispatched. */
  readonly workgroupsOf: (count: number) => Workgroups;
  readonly cost: Cost;
  /** A dispatch that comes before it, and whose results it reads. */
  readonly first?: Launch;
  /** A tensor among those of its dispatches that has memory while they are recorded, and no longer: what one of them hands to the next. At most SCRATCH_BYTES. */
  readonly scratch?: GpuTensor;
}

/**
 * Bytes that the scratch of a launch may take. Whatever its shape, it gets a block of this size, so that all launches share one: dispatches run one after the other.
 */
export const SCRATCH_BYTES = 8 * 2 ** 20;

/** Workgroups that may share a sum. */
export const SPLITS = [2, 4, 8];

/** Workgroups that fill a large card: where there are as many, sharing sums only costs a further dispatch. */
export const FULL_WORKGROUPS = 512;

/** A tensor for `Launch.scratch`. */
export const scratchTensor = (rows: number, cols: number): GpuTensor => new GpuTensor(null, rows, cols);

/** The launch with another one ahead of all its dispatches. */
export const after = (before: Launch, launch: Launch): Launch => ({
  ...launch,
  first: launch.first ? after(before, launch.first) : before,
});

/** The dispatches of a launch, in their order. */
export const dispatchesOf = (launch: Launch): Launch[] => [...(launch.first ? dispatchesOf(launch.first) : []), launch];

/**
 * What the values of tensors may be, by the names of their bindings: from a made-up one in [−1, 1), its place and the columns of its tensor to one that the kernel
 * can meet. What is not named may be any of those.
 */
export type Inputs = Readonly<Record<string, (random: number, at: number, cols: number) => number>>;

/** @typeParam P a problem: what the kernel is asked to do @typeParam F a form of the kernel */
export interface Family<P, F> {
  /** Ids stay: choices are kept under them. */
  readonly id: string;
  /** Names the problems of one site: everything that decides which form is fastest. */
  readonly siteOf: (problem: P) => string;
  /** Unique within the family. */
  readonly nameOf: (form: F) => string;
  /** The form where nothing was measured. */
  readonly usual: (hardware: Hardware, problem: P) => F;
  /** All further forms that this device can take for this problem, the likely first: where steps are long there is time for a few. */
  readonly others: (hardware: Hardware, problem: P) => F[];
  /** All forms that can be chosen, the usual one too, where `others` leaves some of them untried. */
  readonly every?: (hardware: Hardware, problem: P) => F[];
  /** Whether both add up in the same order, so that their results have the same bits. */
  readonly sameOrder: (problem: P, a: F, b: F) => boolean;
  /** Of what a proof makes up; absent: all values in [−1, 1). */
  readonly inputs?: Inputs;
}

/** Rounded to a power of two: problems of nearly one size are one site. */
export const sizeClass = (count: number): number => 2 ** Math.round(Math.log2(Math.max(1, count)));

/** Without the usual form and without a second one of the same name. */
export function apart<F>(usual: F, forms: readonly F[], nameOf: (form: F) => string): F[] {
  const seen = new Set([nameOf(usual)]);
  return forms.filter((form) => {
    const name = nameOf(form);
    return !seen.has(name) && Boolean(seen.add(name));
  });
}
