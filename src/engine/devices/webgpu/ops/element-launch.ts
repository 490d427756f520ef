/** Dispatches kernels that compute every element on its own. */
import type { FieldValue } from '../constants.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import type { Kernel } from '../kernel.ts';
import { elementsOf, type ElementForm } from '../kernels/elements.ts';
import type { Cost } from '../program.ts';
import type { Runtime } from '../runtime.ts';
import type { ElementProblem } from '../tuning/element-forms.ts';
import type { Family } from '../tuning/forms.ts';
import { grid } from '../workgroups.ts';

/**
 * All elements at once: no such kernel is long.
 * @param kernel the kernel in a form
 * @param values of its fields, the first is the number of elements that are computed
 */
export function launchElements(
  runtime: Runtime,
  family: Family<ElementProblem, ElementForm>,
  problem: ElementProblem,
  kernel: (form: ElementForm) => Kernel,
  tensors: readonly GpuTensor[],
  values: readonly [count: number, ...others: FieldValue[]],
  cost: Cost,
): void {
  runtime.launch(family, problem, (form) => ({
    kernel: kernel(form),
    tensors,
    valuesFrom: () => values,
    count: 1,
    workgroupsOf: () => grid(Math.ceil(values[0] / elementsOf(form))),
    cost,
  }));
}
