/** WGSL that finds the i-th row of the live groups; see ops/live-runs.ts. */
import type { FieldType } from '../kernel.ts';

/** Fields that a kernel using `liveIndex` needs. */
export const LIVE_FIELDS = [
  ['starts', 'u32'],
  ['runLength', 'u32'],
] as const satisfies readonly [string, FieldType][];

export const LIVE_INDEX = `
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }`;
