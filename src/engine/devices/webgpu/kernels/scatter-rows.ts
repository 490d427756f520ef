/**
 * Sums rows of x [·, cols] that go to the same row, gathered by the receiving row: no atomics, and always the same order. Row r receives
 * the rows list[starts[r] … starts[r + 1]). Reads 4 bytes per value of x, writes 4 per value of the result; an element is `width`
 * values of a receiving row, in which cols and offset are given.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, inForm, USUAL_ELEMENTS, type ElementForm, type Width } from './elements.ts';

/** result [rows, cols]: every row is written, with zeros where nothing goes. */
export const scatterRowsKernel = (width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  kernelOf(`scatter rows ×${width}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [
        ['count', 'u32'],
        ['cols', 'u32'],
        ['starts', 'u32'],
        ['list', 'u32'],
      ],
      tensors: [
        { name: 'x', access: 'read', element: elementOf(width) },
        { name: 'result', access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(
        `
  let r = i / p.cols;
  let c = i - r * p.cols;
  var sum = ${elementOf(width)}();
  for (var k = constants[p.starts + r]; k < constants[p.starts + r + 1u]; k++) {
    sum += x[constants[p.list + k] * p.cols + c];
  }
  result[i] = sum;`,
        form,
      ),
    }),
  );
