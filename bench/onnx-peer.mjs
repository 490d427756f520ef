/**
 * onnxruntime-web in a process of its own, which answers one question per line: `node onnx-peer.mjs <folder with onnxruntime-web> <model.onnx>
 * <patches.bin> <shape> <threads>`. The model's answer to the patches is computed anew for every line; the reply is a JSON object with the wall and
 * processor milliseconds that it took, and the scores.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [packages, model, input, shape, threads] = process.argv.slice(2);
const dist = path.join(packages, 'node_modules/onnxruntime-web/dist');
const ort = await import(pathToFileURL(path.join(dist, 'ort.node.min.mjs')).href);
ort.env.wasm.numThreads = Number(threads);
const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(model)), {
  executionProviders: ['wasm'],
});
const raw = readFileSync(input);
const values = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
const patches = new ort.Tensor('float32', values, shape.split(',').map(Number));

console.log('{}');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  const before = process.cpuUsage();
  const start = performance.now();
  const { scores } = await session.run({ patches });
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ wall, cpu: (user + system) / 1000, values: [...scores.data.slice(0, 64)] }));
}
process.exit(0);
