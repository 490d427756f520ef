/** Compares the forms that are chosen for a study with the usual ones, before its first step and at its own shapes: what was found in another study was found at others. */
import type { Fault, FormWatch, ProvenChoice } from '../../../kernel-tuning.ts';
import type { Runtime } from '../runtime.ts';
import type { Met } from './choices.ts';
import { dispatchesOf } from './forms.ts';
import { GpuBench } from './gpu-bench.ts';
import { boundBytes, MOST_BYTES } from './proof.ts';
import { struckKey } from './tuner.ts';

/** What is compared: the kernels, and what they are given. */
const nameOf = ({ site, form }: Met): string =>
  [
    site.id,
    ...[site.usual, form].flatMap((name) =>
      dispatchesOf(site.launch(name)).flatMap(({ kernel, tensors }) => [
        kernel.key,
        ...tensors.map(({ rows, cols }) => `${rows}×${cols}`),
      ]),
    ),
  ].join(' | ');

const isComparable = ({ site, form }: Met): boolean => boundBytes(site.launch(form)) <= MOST_BYTES;

/**
 * Nothing is compared twice while the device is open.
 * @param patience milliseconds that a kernel may take
 * @returns compares what `record` would dispatch in other forms than the usual ones; nothing of it is executed
 */
export function createProver(
  runtime: Runtime,
  patience: number,
): (record: () => void, watch: FormWatch) => Promise<ProvenChoice> {
  const { choices } = runtime;
  const right = new Set<string>();
  const step = (): Promise<void> => Promise.resolve();
  return async (record, watch) => {
    const met = choices.meeting(() => runtime.collect(record));
    /** Sites of which a kernel is wrong, or takes too much memory to be compared. */
    const left = new Set(met.filter((one) => !isComparable(one)).map(({ site }) => site.id));
    const open = met
      .filter((one) => !left.has(one.site.id) && !right.has(nameOf(one)))
      .map((one) => ({
        ...one,
        bench: new GpuBench(runtime, { ...watch, step, sites: [one.site], patience }),
      }));
    try {
      await Promise.all(open.map(({ site, form, bench }) => bench.whenCompiled(site.id, [site.usual, form])));
    } catch (error) {
      await watch.onUncompiled(Object.fromEntries(open.map(({ site, form }) => [site.id, form])));
      throw error;
    }
    const faults: Record<string, Fault> = {};
    const refused = new Set<string>();
    for (const { site, form, bench } of open) {
      const fault = await bench.prove(site.id, form);
      if (fault === 'lost') await runtime.finish(); // rejects with what is known of the loss
      bench.free();
      if (!fault) right.add(nameOf({ site, form }));
      else {
        faults[struckKey(site, form, fault)] = fault;
        refused.add(site.id);
      }
    }
    const isProven = (id: string): boolean =>
      met.some(({ site }) => site.id === id) && !left.has(id) && !refused.has(id);
    return {
      choice: Object.fromEntries(Object.entries(choices.present).filter(([id]) => isProven(id))),
      refused: [...refused],
      faults,
    };
  };
}
