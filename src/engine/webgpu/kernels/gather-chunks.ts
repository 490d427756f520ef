/**
 * Copies chunks named by an index: result[g·size + j] = source[index[g]·stride + offset + j]. Rows, groups of rows and slices of slots
 * are all chunks. Reads and writes 4 bytes per value; one thread per element of `width` values, in which all counts are given.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, type Width } from './elements.ts';

export const gatherChunksKernel = (width: Width) =>
  kernelOf(`gather chunks ×${width}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [
        ['count', 'u32'],
        ['size', 'u32'],
        ['stride', 'u32'],
        ['offset', 'u32'],
        ['index', 'u32'],
      ],
      tensors: [
        { name: 'source', access: 'read', element: elementOf(width) },
        { name: 'result', access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(`
  let chunk = i / p.size;
  result[i] = source[constants[p.index + chunk] * p.stride + p.offset + i - chunk * p.size];`),
    }),
  );
