/** Dispatches of kernels that compute every element on its own. */
import type { FieldValue } from '../constants.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import type { Kernel } from '../kernel.ts';
import { elementsOf, type ElementForm } from '../kernels/elements.ts';
import type { Cost } from '../program.ts';
import type { Launch } from '../tuning/forms.ts';
import { grid } from '../workgroups.ts';

/** All elements at once: no such kernel is long. @param values of the kernel's fields, the first is the number of elements */
export const elementLaunch = (
  kernel: Kernel,
  tensors: readonly GpuTensor[],
  values: readonly [count: number, ...others: FieldValue[]],
  form: ElementForm,
  cost: Cost,
): Launch => ({
  kernel,
  tensors,
  valuesFrom: () => values,
  count: 1,
  workgroupsOf: () => grid(Math.ceil(values[0] / elementsOf(form))),
  cost,
});
