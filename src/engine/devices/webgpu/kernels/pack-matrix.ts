/**
 * Lays weights out for matmul.ts: matrix[row, left + c] = source[row·rowStride + c·colStride] for row < rows, and source[bias + c]
 * in the row behind them when there is one; zero in the columns that pad to a multiple of four. One thread per four columns.
 *
 * Halves lie two to a word, the first one low, and are moved as bits: no GPU rounds them.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, withComponent } from './elements.ts';

export const packMatrixKernel = (half: boolean) =>
  kernelOf(`pack matrix${half ? ' of halves' : ''}`, (key) => {
    const [element, vector] = half ? (['u32', 'vec2<u32>'] as const) : (['f32', 'vec4<f32>'] as const);
    const from = (at: string) => (half ? `halfAt(${at})` : `source[${at}]`);
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
        { name: 'source', access: 'read', element },
        { name: 'matrix', access: 'read_write', element: vector },
      ],
      body: `${half ? 'fn halfAt(i: u32) -> u32 { return (source[i / 2u] >> (16u * (i % 2u))) & 0xffffu; }\n' : ''}${eachElement(`
  let vectors = (p.cols + 3u) / 4u;
  let row = i / vectors;
  let vector = i - row * vectors;
  var value = vec4<${element}>();
  for (var j = 0u; j < min(4u, p.cols - 4u * vector); j++) {
    let c = 4u * vector + j;
    var one = ${element}();
    if (row < p.rows) { one = ${from('row * p.rowStride + c * p.colStride')}; }
    else if (p.bias >= 0) { one = ${from('u32(p.bias) + c')}; }
    ${withComponent('value', element, 'j', 'one')}
  }
  matrix[p.first + row * p.stride + vector] = ${half ? 'value.xz | (value.yw << vec2<u32>(16u))' : 'vec4<f32>(value)'};`)}`,
    });
  });
