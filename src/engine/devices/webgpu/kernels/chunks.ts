/**
 * Chunks named by an index: rows, groups of rows and slices of slots are all chunks. An element is `width` values, in which
 * all counts are given.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, inForm, USUAL_ELEMENTS, type ElementForm, type Width } from './elements.ts';

/** @param statement uses i, the element of the packed chunks, and `place`, its element among those the index names */
const chunksKernel = (verb: string, width: Width, form: ElementForm, target: string, statement: string) =>
  kernelOf(`${verb} chunks ×${width}${inForm(form)}`, (key) =>
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
        { name: target, access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(
        `
  let chunk = i / p.size;
  let place = constants[p.index + chunk] * p.stride + p.offset + i - chunk * p.size;
  ${statement}`,
        form,
      ),
    }),
  );

/** result[g·size + j] = source[index[g]·stride + offset + j]. Reads and writes 4 bytes per value. */
export const gatherChunksKernel = (width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  chunksKernel('gather', width, form, 'result', 'result[i] = source[place];');

/** sums[index[g]·stride + offset + j] += source[g·size + j]; the index holds distinct values. Moves 12 bytes per value. */
export const addChunksKernel = (width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  chunksKernel('add', width, form, 'sums', 'sums[place] += source[i];');
