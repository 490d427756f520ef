/** WGSL that several kernels share. */

/** Index of a workgroup of a one-dimensional dispatch that `grid` (runtime.ts) may have folded into two. */
export const GRID_INDEX = `
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }`;
