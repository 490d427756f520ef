import { expect, test } from 'vitest';
import type { GpuStep } from '../../../study/run/gpu-step.ts';
import { summariseGpuStep } from './gpu-summary.ts';

const step = (matmul: number | null, attention: number | null): GpuStep => ({
  step: 8,
  peakGflops: 40,
  allocatedBytes: 2e6,
  statistics: {
    dispatches: 5,
    uploads: 2,
    uploadedBytes: 1000,
    submits: 1,
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
    kinds: {
      attention: { dispatches: 3, flops: 2e6, bytes: 10, milliseconds: attention },
      matmul: { dispatches: 2, flops: 60e6, bytes: 20, milliseconds: matmul },
    },
  },
});

test('with timestamps: shares of time, and arithmetic against the peak', () => {
  const { rows, milliseconds, matmulGflops, matmulShareOfPeak } = summariseGpuStep(step(3, 1));
  expect(milliseconds).toBe(4);
  expect(rows.map(({ kind, share }) => [kind, share])).toEqual([
    ['matmul', 0.75],
    ['attention', 0.25],
  ]);
  expect(matmulGflops).toBeCloseTo(20);
  expect(matmulShareOfPeak).toBeCloseTo(0.5);
});

test('without timestamps there are counts only', () => {
  const { rows, milliseconds, matmulGflops } = summariseGpuStep(step(null, null));
  expect(milliseconds).toBeNull();
  expect(matmulGflops).toBeNull();
  expect(rows.map(({ kind }) => kind)).toEqual(['attention', 'matmul']);
});
