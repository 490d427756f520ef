/** x[row, ·] *= factors[row] in place. Moves 8 bytes per value; one thread per element of `width` values, in which cols is given. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, type Width } from './elements.ts';

export const scaleRowsKernel = (width: Width) =>
  kernelOf(`scale rows ×${width}`, (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: [
        ['count', 'u32'],
        ['cols', 'u32'],
        ['factors', 'u32'],
      ],
      tensors: [{ name: 'x', access: 'read_write', element: elementOf(width) }],
      body: eachElement(`
  x[i] *= bitcast<f32>(constants[p.factors + i / p.cols]);`),
    }),
  );
