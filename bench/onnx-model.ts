/**
 * A vision tower as an ONNX model for onnxruntime-web: images' patches → class scores, with adapters merged into the weights and the last block
 * computing the class token only, as in the other contenders. An ONNX file is a protocol buffer; the few messages that it takes are written here
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR version 8, opset 17).
 */
import type { BlockWeights, ClipBackbone, LayerNormWeights, LinearWeights } from '../src/model/backbone.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const join = (parts: readonly Bytes[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}

/** Fields of a message: whole numbers, text, and messages or raw bytes, which look alike. */
const number = (field: number, value: number): Bytes => join([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Bytes): Bytes => join([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Bytes => bytes(field, new TextEncoder().encode(value));
const float = (field: number, value: number): Bytes =>
  join([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)]);

const FLOAT = 1;
const INT64 = 7;

type Attribute = { readonly f: number } | { readonly i: number } | { readonly ints: readonly number[] };

function attribute(name: string, value: Attribute): Bytes {
  if ('f' in value) return join([text(1, name), float(2, value.f), number(20, 1)]);
  if ('i' in value) return join([text(1, name), signed(3, value.i), number(20, 2)]);
  return join([text(1, name), ...value.ints.map((i) => number(8, i)), number(20, 7)]);
}

/** A negative number is ten bytes: 64 bits of two's complement in groups of seven. */
function signed(field: number, value: number): Bytes {
  if (value >= 0) return number(field, value);
  let rest = BigInt.asUintN(64, BigInt(value));
  const groups: number[] = [];
  for (; rest > 127n; rest >>= 7n) groups.push(Number(rest & 127n) + 128);
  return join([varint(field * 8), Uint8Array.from([...groups, Number(rest)])]);
}

class Graph {
  private readonly nodes: Bytes[] = [];
  private readonly initializers: Bytes[] = [];
  private count = 0;

  /** Adds an operation; returns the name of its output. */
  op(type: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, output?: string): string {
    const name = output ?? `t${this.count++}`;
    const parts = [...inputs.map((input) => text(1, input)), text(2, name), text(4, type)];
    for (const [key, value] of Object.entries(attributes)) parts.push(bytes(5, attribute(key, value)));
    this.nodes.push(bytes(1, join(parts)));
    return name;
  }

  floats(values: Float32Array, shape: readonly number[]): string {
    return this.constant(FLOAT, new Uint8Array(new Float32Array(values).buffer), shape);
  }

  integers(values: readonly number[]): string {
    return this.constant(INT64, new Uint8Array(BigInt64Array.from(values, BigInt).buffer), [values.length]);
  }

  private constant(type: number, raw: Bytes, shape: readonly number[]): string {
    const name = `c${this.count++}`;
    const dims = shape.map((dim) => number(1, dim));
    this.initializers.push(bytes(5, join([...dims, number(2, type), text(8, name), bytes(9, raw)])));
    return name;
  }

  model(input: readonly number[], output: readonly number[]): Bytes {
    const value = (field: number, name: string, shape: readonly number[]) => {
      const dims = shape.map((dim) => bytes(1, number(1, dim)));
      return bytes(field, join([text(1, name), bytes(2, bytes(1, join([number(1, FLOAT), bytes(2, join(dims))])))]));
    };
    const values = [value(11, 'patches', input), value(12, 'scores', output)];
    const graph = join([...this.nodes, text(2, 'tower'), ...this.initializers, ...values]);
    return join([number(1, 8), bytes(7, graph), bytes(8, join([text(1, ''), number(2, 17)]))]);
  }
}

/** W as [in, out]. */
function transposed({ weight, inFeatures, outFeatures }: LinearWeights): Float32Array {
  const values = new Float32Array(weight.length);
  for (let o = 0; o < outFeatures; o++)
    for (let i = 0; i < inFeatures; i++) values[i * outFeatures + o] = weight[o * inFeatures + i];
  return values;
}

/** patches [images, tokens − 1, in] → scores [images, classes]; `features` are unit rows [classes, projection]. */
export function onnxTower(backbone: ClipBackbone, features: Float32Array, images: number): Bytes {
  const { vision, visionProjection } = backbone;
  const { tokens, width, heads, layerNormEps } = vision.config;
  const size = width / heads;
  const graph = new Graph();
  const linear = (x: string, map: LinearWeights): string => {
    const y = graph.op('MatMul', [x, graph.floats(transposed(map), [map.inFeatures, map.outFeatures])]);
    return map.bias ? graph.op('Add', [y, graph.floats(map.bias, [map.outFeatures])]) : y;
  };
  const norm = (x: string, { gain, bias }: LayerNormWeights): string =>
    graph.op('LayerNormalization', [x, graph.floats(gain, [width]), graph.floats(bias, [width])], {
      axis: { i: -1 },
      epsilon: { f: layerNormEps },
    });
  const first = (x: string): string => graph.op('Gather', [x, graph.integers([0])], { axis: { i: 1 } });
  const heads4 = (x: string, rows: number, perm: readonly number[]): string => {
    const split = graph.op('Reshape', [x, graph.integers([images, rows, heads, size])]);
    return graph.op('Transpose', [split], { perm: { ints: perm } });
  };
  const scalar = (value: number): string => graph.floats(Float32Array.of(value), []);
  const block = (x: string, weights: BlockWeights, classTokenOnly: boolean): string => {
    const rows = classTokenOnly ? 1 : tokens;
    const normed = norm(x, weights.ln1);
    const q = heads4(linear(classTokenOnly ? first(normed) : normed, weights.q), rows, [0, 2, 1, 3]);
    const k = heads4(linear(normed, weights.k), tokens, [0, 2, 3, 1]);
    const v = heads4(linear(normed, weights.v), tokens, [0, 2, 1, 3]);
    const scores = graph.op('Mul', [graph.op('MatMul', [q, k]), scalar(1 / Math.sqrt(size))]);
    const mixed = graph.op('MatMul', [graph.op('Softmax', [scores], { axis: { i: -1 } }), v]);
    const back = graph.op('Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } });
    const context = graph.op('Reshape', [back, graph.integers([images, rows, width])]);
    const x1 = graph.op('Add', [linear(context, weights.o), classTokenOnly ? first(x) : x]);
    const hidden = linear(norm(x1, weights.ln2), weights.fc1);
    const gate = graph.op('Sigmoid', [graph.op('Mul', [hidden, scalar(1.702)])]);
    return graph.op('Add', [linear(graph.op('Mul', [hidden, gate]), weights.fc2), x1]);
  };

  const { patchEmbedding, classToken, positions, preNorm, finalNorm, blocks } = vision;
  const classTokens = graph.op('Expand', [graph.floats(classToken, [1, 1, width]), graph.integers([images, 1, width])]);
  const sequence = graph.op('Concat', [classTokens, linear('patches', patchEmbedding)], { axis: { i: 1 } });
  let x = graph.op('Add', [sequence, graph.floats(positions, [tokens, width])]);
  if (preNorm) x = norm(x, preNorm);
  blocks.forEach((weights, layer) => (x = block(x, weights, layer === blocks.length - 1)));
  const pooled = graph.op('Reshape', [norm(x, finalNorm), graph.integers([images, width])]);
  const unit = graph.op('LpNormalization', [linear(pooled, visionProjection)], { axis: { i: -1 }, p: { i: 2 } });
  const { outFeatures: projection } = visionProjection;
  const classes = features.length / projection;
  const table = transposed({ weight: features, bias: null, inFeatures: projection, outFeatures: classes });
  const cosines = graph.op('MatMul', [unit, graph.floats(table, [projection, classes])]);
  graph.op('Mul', [cosines, scalar(Math.exp(backbone.logitScale))], {}, 'scores');
  return graph.model([images, tokens - 1, patchEmbedding.inFeatures], [images, classes]);
}
