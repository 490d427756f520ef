/** Inputs of the towers: tokens plus positions. An element is `width` values, in which cols is given. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, inForm, USUAL_ELEMENTS, type ElementForm, type Width } from './elements.ts';

/**
 * result [S·tokens, cols] = (class token, patches of the sequence …) + positions [tokens, cols]; patches [S·(tokens − 1), cols].
 * Reads 8 and writes 4 bytes per value, positions coming from the cache.
 */
export const assembleTokensKernel = (width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  kernelOf(`assemble tokens ×${width}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [
        ['count', 'u32'],
        ['cols', 'u32'],
        ['tokens', 'u32'],
      ],
      tensors: [
        { name: 'patches', access: 'read', element: elementOf(width) },
        { name: 'classToken', access: 'read', element: elementOf(width) },
        { name: 'positions', access: 'read', element: elementOf(width) },
        { name: 'result', access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(
        `
  let row = i / p.cols;
  let c = i - row * p.cols;
  let sequence = row / p.tokens;
  let t = row - sequence * p.tokens;
  var value = positions[t * p.cols + c];
  if (t == 0u) { value += classToken[c]; }
  else { value += patches[(row - sequence - 1u) * p.cols + c]; }
  result[i] = value;`,
        form,
      ),
    }),
  );

/** result [·, cols] = table[ids[i]] + positions[i mod tokens]. Reads 8 and writes 4 bytes per value. */
export const embedTokensKernel = (width: Width, form: ElementForm = USUAL_ELEMENTS) =>
  kernelOf(`embed tokens ×${width}${inForm(form)}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [
        ['count', 'u32'],
        ['cols', 'u32'],
        ['tokens', 'u32'],
        ['ids', 'u32'],
      ],
      tensors: [
        { name: 'table', access: 'read', element: elementOf(width) },
        { name: 'positions', access: 'read', element: elementOf(width) },
        { name: 'result', access: 'read_write', element: elementOf(width) },
      ],
      body: eachElement(
        `
  let row = i / p.cols;
  let c = i - row * p.cols;
  result[i] = table[constants[p.ids + row] * p.cols + c] + positions[row % p.tokens * p.cols + c];`,
        form,
      ),
    }),
  );
