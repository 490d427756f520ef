/**
 * Adds chunks to where an index of distinct values says: sums[index[g]·stride + offset + j] += source[g·size + j]. Moves 12 bytes per
 * value; one thread per element of `width` values, in which all counts are given.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, type Width } from './elements.ts';

export const addChunksKernel = (width: Width) =>
  kernelOf(`add chunks ×${width}`, (key) =>
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
        { name: 'sums', access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(`
  let chunk = i / p.size;
  sums[constants[p.index + chunk] * p.stride + p.offset + i - chunk * p.size] += source[i];`),
    }),
  );
