/** Whether a kernel computes the same in another form: both get the same made-up inputs, and what they write is compared. */
import { haveSameBits, relativeError } from '../../../trust/agreement.ts';
import { HALF_ROUNDING, halfBits } from '../../../precision.ts';
import { DeviceLostError } from '../../../errors.ts';
import type { Fault } from '../../../kernel-tuning.ts';
import { memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import type { Runtime } from '../runtime.ts';
import type { Site } from './choices.ts';
import { dispatchesOf, type Inputs, type Launch } from './forms.ts';

/** Sums in another order differ by a few roundings, relative to the largest value. */
const REORDERED = 1e-4;
/** Where it is halves that are written, such sums may round to the next one. */
const REORDERED_HALVES = REORDERED + 2 * HALF_ROUNDING;
/** Values compared at the beginning and at the end of an output: all of it, unless it is large. */
const WINDOW = 2 ** 20;
/** Inputs repeat after so many values: a prime, so that rows differ. */
const PERIOD = 65521;

const random = Float32Array.from({ length: PERIOD }, (_, i) => {
  const mixed = Math.imul(i + 1, 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) >>> 8) / 2 ** 23 - 1;
});

/** Values in [−1, 1), the same for the same arguments. */
function madeUp(length: number, start: number): Float32Array {
  const values = new Float32Array(length);
  let from = start % PERIOD;
  for (let at = 0; at < length; from = 0) {
    const part = random.subarray(from, from + Math.min(PERIOD - from, length - at));
    values.set(part, at);
    at += part.length;
  }
  return values;
}

/** The same as halves, two to a word; nothing reads these words as floats. */
const madeUpHalves = (words: number, start: number): Float32Array =>
  new Float32Array(halfBits(madeUp(2 * words, start)).buffer);

/** A site whose tensors take more is left alone: they are needed twice. */
export const MOST_BYTES = 512 * 2 ** 20;

/** Bytes of what a launch binds. */
export const boundBytes = (launch: Launch): number =>
  [...new Set(dispatchesOf(launch).flatMap(({ tensors }) => tensors))].reduce((sum, { bytes }) => sum + bytes, 0);

/** Times as long as the usual form another one may take. */
const MOST_TIMES = 3;

interface Output {
  readonly values: Float32Array;
  /** The largest relative error of another form. */
  readonly most: number;
}

/** What a launch wrote, and how long that took. */
interface Launched {
  readonly outputs: readonly Output[];
  readonly milliseconds: number;
}

/** Tensors like those of a site's launch, filled for every form anew. */
export class Proof {
  private readonly tensors = new Map<GpuTensor, GpuTensor>();
  /** What is bound as halves. */
  private readonly halves = new Set<GpuTensor>();
  /** What a made-up value becomes where not all of [−1, 1) can be met. */
  private readonly meets = new Map<GpuTensor, Inputs[string]>();
  /** What the usual form leaves behind. */
  private readonly written = new Set<GpuTensor>();
  private expected: Launched | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly site: Site,
  ) {
    for (const { kernel, tensors } of dispatchesOf(site.launch(site.usual)))
      tensors.forEach((tensor, i) => {
        const known = this.tensors.get(tensor);
        const copy = known ?? runtime.tensor(tensor.rows, tensor.cols, tensor.half);
        this.tensors.set(tensor, copy);
        if (kernel.tensors[i].access === 'read_write') this.written.add(copy);
        // What one dispatch hands to the next is no result: another form may do without it.
        else if (known) this.written.delete(copy);
        if (kernel.tensors[i].halves) this.halves.add(copy);
        const meets = site.inputs[kernel.tensors[i].name] as Inputs[string] | undefined;
        if (meets) this.meets.set(copy, meets);
      });
    let start = 0;
    for (const copy of this.tensors.values()) {
      if (!this.written.has(copy)) this.fill(copy, start);
      start += 7919;
    }
  }

  /**
   * What is wrong with a form, which runs twice, or null. It is waited for as long as it runs: whatever comes after it on the device would wait too.
   * @param patience milliseconds that a launch may take, more where the usual form takes long itself
   * @param onLaunch awaited before the form runs
   * @throws DeviceLostError when the device was lost while the form did not run
   */
  async faultOf(form: string, patience: number, onLaunch?: () => Promise<void>): Promise<Fault | null> {
    const { site } = this;
    if (!this.expected) {
      await this.prepared();
      this.expected = await this.launched(site.usual);
    }
    const { outputs: expected, milliseconds: usual } = this.expected;
    await this.prepared();
    await onLaunch?.();
    const found = await this.returned(form);
    if (!found) return 'lost';
    const { outputs, milliseconds } = found;
    const isExact = site.hasSameBits(form);
    for (const [i, { values, most }] of expected.entries()) {
      if (!(relativeError(outputs[i].values, values) <= most)) return 'wrong';
      if (isExact && !haveSameBits(outputs[i].values, values)) return 'bits';
    }
    if (milliseconds > Math.max(patience, MOST_TIMES * usual)) return 'slow';
    // Right once may be wrong the next time: some drivers are so, with the workgroups of some forms.
    await this.prepared();
    const again = await this.returned(form);
    if (!again) return 'lost';
    return outputs.every(({ values }, i) => haveSameBits(again.outputs[i].values, values)) ? null : 'wrong';
  }

  free(): void {
    for (const copy of this.tensors.values()) this.runtime.free(copy);
    this.tensors.clear();
  }

  private fill(copy: GpuTensor, start: number): void {
    const words = copy.bytes / 4;
    const values = this.halves.has(copy) ? madeUpHalves(words, start) : madeUp(words, start);
    const meets = this.meets.get(copy);
    this.runtime.write(copy, meets ? values.map((value, at) => meets(value, at, copy.cols)) : values);
  }

  private onCopies(launch: Launch): Launch {
    const tensors = launch.tensors.map((tensor) => this.tensors.get(tensor) ?? tensor);
    return { ...launch, tensors, ...(launch.first && { first: this.onCopies(launch.first) }) };
  }

  /** Fills what a form writes over, and waits until the device has nothing else to do. */
  private async prepared(): Promise<void> {
    for (const copy of this.written) this.fill(copy, 1);
    await this.runtime.finish();
  }

  /** As `launched`; null: the device was lost. */
  private returned(form: string): Promise<Launched | null> {
    return this.launched(form).catch((error: unknown) => {
      if (error instanceof DeviceLostError) return null;
      throw error;
    });
  }

  /** The windows of what a form writes. */
  private async launched(form: string): Promise<Launched> {
    const { runtime } = this;
    const from = performance.now();
    runtime.dispatchLaunch(this.onCopies(this.site.launch(form)));
    const windows = [...this.written].flatMap((tensor) => {
      const length = tensor.rows * tensor.cols;
      const starts = length > WINDOW ? [0, length - WINDOW] : [0];
      const { half } = tensor;
      return starts.map((start) => ({ tensor, start, window: runtime.tensor(1, Math.min(WINDOW, length), half) }));
    });
    runtime.submit((encoder) => {
      for (const { tensor, start, window } of windows)
        encoder.copyBufferToBuffer(
          memoryOf(tensor).buffer,
          tensor.valueBytes * start,
          memoryOf(window).buffer,
          0,
          window.bytes,
        );
    });
    const copies = windows.map(({ window }) => window);
    try {
      const values = await runtime.read(copies);
      const milliseconds = performance.now() - from;
      const outputs = copies.map(({ half }, i) => ({ values: values[i], most: half ? REORDERED_HALVES : REORDERED }));
      return { outputs, milliseconds };
    } finally {
      for (const window of copies) runtime.free(window);
    }
  }
}
