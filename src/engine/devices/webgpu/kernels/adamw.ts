/**
 * AdamW with decoupled decay in place, over the blocks (segment-blocks.ts) of the active segments. Moves 28 bytes per value (parameter, both
 * moments, gradient).
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { BLOCK_FIELDS, blockWords, eachBlockValue } from './segment-blocks.ts';

/** Learning rate, 1/(1−β1ⁿ), 1/(1−β2ⁿ), weight decay. */
const KNOWN = ['rate', 'correction1', 'correction2', 'decay'];
export const ADAMW_BLOCK_WORDS = blockWords(KNOWN.length);

export const adamwKernel = () =>
  kernelOf('AdamW', (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: [
        ...BLOCK_FIELDS,
        ['beta1', 'f32'],
        ['beta2', 'f32'],
        ['rest1', 'f32'],
        ['rest2', 'f32'],
        ['epsilon', 'f32'],
      ],
      tensors: [
        { name: 'params', access: 'read_write', element: 'f32' },
        { name: 'gradients', access: 'read', element: 'f32' },
        { name: 'm', access: 'read_write', element: 'f32' },
        { name: 'v', access: 'read_write', element: 'f32' },
      ],
      body: eachBlockValue(
        KNOWN,
        `    let g = gradients[i];
    let mi = p.beta1 * m[i] + p.rest1 * g;
    let vi = p.beta2 * v[i] + p.rest2 * g * g;
    m[i] = mi;
    v[i] = vi;
    let direction = mi * correction1 / (sqrt(vi * correction2) + p.epsilon);
    params[i] -= rate * (direction + decay * params[i]);`,
      ),
    }),
  );
