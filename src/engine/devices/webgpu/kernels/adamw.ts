/**
 * AdamW with decoupled decay in place, over the blocks (segment-blocks.ts) of the active segments. Moves 28 bytes per value (parameter, both
 * moments, gradient).
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { elementOf, inForm } from './elements.ts';
import { BLOCK_FIELDS, blockWords, eachBlockValue, USUAL_BLOCKS, type BlockForm } from './segment-blocks.ts';

/** Learning rate, 1/(1−β1ⁿ), 1/(1−β2ⁿ), weight decay. */
const KNOWN = ['rate', 'correction1', 'correction2', 'decay'];
export const ADAMW_BLOCK_WORDS = blockWords(KNOWN.length);

/** The threads of the form, and the values of a load: how long blocks are is the host's business. */
export const adamwKernel = ({ threads, width }: Pick<BlockForm, 'threads' | 'width'> = USUAL_BLOCKS) =>
  kernelOf(`AdamW${width === 1 ? '' : ` ×${width}`}${inForm({ threads, each: 1 })}`, (key) =>
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
        { name: 'params', access: 'read_write', element: elementOf(width) },
        { name: 'gradients', access: 'read', element: elementOf(width) },
        { name: 'm', access: 'read_write', element: elementOf(width) },
        { name: 'v', access: 'read_write', element: elementOf(width) },
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
        { threads, width, each: 1 },
      ),
    }),
  );
