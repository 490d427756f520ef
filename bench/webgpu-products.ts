/** Large and typical matrix products on WebGPU: TensorFlow.js, jax-js and this project's kernels. */
import { jit, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import type { Device } from '../src/engine/device.ts';
import { tensor } from './jax-clip.ts';
import type { Row } from './table.ts';
import { timeInTurns } from './timing.ts';

/** x [rows, inputs] · W [inputs, outputs]. */
interface Product {
  readonly name: string;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

const PRODUCTS: readonly Product[] = [
  { name: 'square', rows: 1024, inputs: 1024, outputs: 1024 },
  { name: 'Emoji-CLIP fc1, 4 runs', rows: 4 * 32 * 17, inputs: 64, outputs: 256 },
  { name: 'Emoji-CLIP fc2, 4 runs', rows: 4 * 32 * 17, inputs: 256, outputs: 64 },
  { name: 'ViT-B/32 fc1, 8 images', rows: 400, inputs: 768, outputs: 3072 },
];
/** Minimum arithmetic per measurement: products are repeated to reach it. */
const FLOP_PER_MEASUREMENT = 2e9;

const values = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));

interface Contender {
  readonly name: string;
  run(): Promise<unknown>;
  dispose(): void;
}

function tfjsProduct({ rows, inputs, outputs }: Product, repeats: number): Contender {
  const x = tf.tensor2d(values(rows * inputs), [rows, inputs]);
  const weight = tf.tensor2d(values(inputs * outputs), [inputs, outputs]);
  return {
    name: 'tfjs',
    async run() {
      for (let i = 1; i < repeats; i++) tf.matMul(x, weight).dispose();
      const corner = tf.tidy(() => tf.slice(tf.matMul(x, weight), [0, 0], [1, 1]));
      await corner.data();
      corner.dispose();
    },
    dispose: () => {
      tf.dispose([x, weight]);
    },
  };
}

function jaxProduct({ rows, inputs, outputs }: Product, repeats: number): Contender {
  const x = tensor(values(rows * inputs), [rows, inputs]);
  const weight = tensor(values(inputs * outputs), [inputs, outputs]);
  const multiply = jit((a: np.Array, b: np.Array) => np.matmul(a, b));
  return {
    name: 'jax-js',
    async run() {
      const results = Array.from({ length: repeats }, () => multiply(x.ref, weight.ref));
      for (const result of results) await result.blockUntilReady();
      for (const result of results) result.dispose();
    },
    dispose: () => {
      x.dispose();
      weight.dispose();
      multiply.dispose();
    },
  };
}

function ownProduct<T>(device: Device<T>, { rows, inputs, outputs }: Product, repeats: number): Contender {
  const weight = values(inputs * outputs);
  const map = device.linear({ weight, bias: null, inFeatures: inputs, outFeatures: outputs });
  const x = device.upload(values(rows * inputs), rows, inputs);
  const groups = { count: 1, rowsPerGroup: rows };
  const multiply = () => device.applyLinear(x, map, groups, null, null);
  return {
    name: 'engine',
    async run() {
      for (let i = 1; i < repeats; i++) device.free(multiply());
      const y = multiply();
      const row = device.gatherRows(y, Int32Array.of(0));
      await device.read(row);
      device.free(y, row);
    },
    dispose: () => {
      device.free(x);
      device.freeLinear(map);
    },
  };
}

export async function measureProducts(device: Device<unknown>, rounds: number): Promise<Row[]> {
  const measured: { product: Product; gflops: number[] }[] = [];
  for (const product of PRODUCTS) {
    const flop = 2 * product.rows * product.inputs * product.outputs;
    const repeats = Math.ceil(FLOP_PER_MEASUREMENT / flop);
    const contenders = [
      tfjsProduct(product, repeats),
      jaxProduct(product, repeats),
      ownProduct(device, product, repeats),
    ];
    const timings = await timeInTurns(contenders, rounds, 1);
    contenders.forEach((contender) => {
      contender.dispose();
    });
    measured.push({ product, gflops: timings.map(({ min }) => (flop * repeats) / min / 1e6) });
  }
  const best = Math.max(...measured.flatMap(({ gflops }) => gflops));
  return measured.map(({ product: { name, ...shape }, gflops: [tfjs, jaxJs, own] }) => ({
    product: name,
    ...shape,
    'GFLOP/s, tfjs': tfjs,
    'GFLOP/s, jax-js': jaxJs,
    'GFLOP/s, engine': own,
    'share of best at this shape': own / Math.max(tfjs, jaxJs, own),
    'share of best': own / best,
  }));
}
