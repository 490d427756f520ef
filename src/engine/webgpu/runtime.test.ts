import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillZero } from './ops/fill.ts';
import type { Runtime } from './runtime.ts';
import { openTestRuntime } from './test-runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.dispose());

test('values go up and come back; commands run in order', async () => {
  const a = runtime.uploaded(Float32Array.of(1, 2, 3), 1, 3);
  const b = runtime.uploaded(Float32Array.of(4, 5), 2, 1);
  fillZero(runtime, b);
  expect((await runtime.read([a, b])).map((x) => [...x])).toEqual([
    [1, 2, 3],
    [0, 0],
  ]);
  runtime.free(a);
  runtime.free(b);
});

test('a repeated step creates nothing', async () => {
  const step = async () => {
    const a = runtime.tensor(10, 300);
    fillZero(runtime, a);
    await runtime.read([a]);
    runtime.free(a);
  };
  await step();
  runtime.takeStatistics();
  await step();
  expect(runtime.takeStatistics()).toMatchObject({
    dispatches: 1,
    uploads: 1,
    submits: 1,
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
  });
});

test('an upload never overwrites memory that a recorded command still reads', async () => {
  const a = runtime.uploaded(new Float32Array(64).fill(7), 1, 64);
  const kept = runtime.uploaded(new Float32Array(64).fill(1), 1, 64);
  fillZero(runtime, a);
  runtime.free(a);
  const b = runtime.uploaded(new Float32Array(64).fill(3), 1, 64);
  const [values] = await runtime.read([b]);
  expect(values.every((v) => v === 3)).toBe(true);
  runtime.free(b);
  runtime.free(kept);
});
