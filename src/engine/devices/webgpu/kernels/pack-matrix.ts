/**
 * Lays weights out for matmul.ts: matrix[row, left + c] = source[row·rowStride + c·colStride] for row < rows, and source[bias + c]
 * in the row behind them when there is one; zero in the columns that pad to a multiple of four. One thread per four columns.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement } from './elements.ts';

export const packMatrixKernel = (half: boolean) =>
  kernelOf(`pack matrix${half ? ' f16' : ''}`, (key) => {
    const element = half ? 'vec4<f16>' : 'vec4<f32>';
    return defineKernel({
      key,
      kind: 'matmul',
      fields: [
        ['count', 'u32'],
        ['rows', 'u32'],
        ['cols', 'u32'],
        ['rowStride', 'u32'],
        ['colStride', 'u32'],
        ['bias', 'i32'],
        ['first', 'u32'],
        ['stride', 'u32'],
      ],
      tensors: [
        { name: 'source', access: 'read', element: 'f32' },
        { name: 'matrix', access: 'read_write', element },
      ],
      directives: half ? 'enable f16;' : '',
      body: eachElement(`
  let vectors = (p.cols + 3u) / 4u;
  let row = i / vectors;
  let vector = i - row * vectors;
  var value = vec4<f32>();
  for (var j = 0u; j < min(4u, p.cols - 4u * vector); j++) {
    let c = 4u * vector + j;
    if (row < p.rows) { value[j] = source[row * p.rowStride + c * p.colStride]; }
    else if (p.bias >= 0) { value[j] = source[u32(p.bias) + c]; }
  }
  matrix[p.first + row * p.stride + vector] = ${element}(value);`),
    });
  });
