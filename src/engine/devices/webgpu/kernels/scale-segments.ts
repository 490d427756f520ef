/** x[i] *= factor for all i of a block (segment-blocks.ts), in place. Moves 8 bytes per value. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { BLOCK_FIELDS, blockWords, eachBlockValue } from './segment-blocks.ts';

const KNOWN = ['factor'];
export const SCALE_BLOCK_WORDS = blockWords(KNOWN.length);

export const scaleSegmentsKernel = () =>
  kernelOf('scale segments', (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: BLOCK_FIELDS,
      tensors: [{ name: 'x', access: 'read_write', element: 'f32' }],
      body: eachBlockValue(KNOWN, '    x[i] *= factor;'),
    }),
  );
