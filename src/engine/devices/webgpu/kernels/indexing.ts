/** WGSL that finds what a workgroup or thread works on. */
import type { FieldType } from '../kernel.ts';

/** Index of a workgroup of a one-dimensional dispatch that `grid` (runtime.ts) may have folded into two. */
export const GRID_INDEX = `
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }`;

/** Fields that a kernel using `liveIndex` needs. */
export const LIVE_FIELDS = [
  ['starts', 'u32'],
  ['runLength', 'u32'],
] as const satisfies readonly [string, FieldType][];

/** The i-th row of the live groups; see ops/live-runs.ts. */
export const LIVE_INDEX = `
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }`;
