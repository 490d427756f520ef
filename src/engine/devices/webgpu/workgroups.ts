/** How many workgroups a dispatch may have. */

/** Workgroups per dimension every WebGPU device allows. */
const MAX_WORKGROUPS = 65535;

export type Workgroups = readonly [x: number, y: number, z: number];

/** One dimension of up to 65,535 workgroups becomes two: index = x + y · 65535 in the shader (`gridIndex`). */
export function grid(count: number): [number, number, number] {
  return count <= MAX_WORKGROUPS ? [count, 1, 1] : [MAX_WORKGROUPS, Math.ceil(count / MAX_WORKGROUPS), 1];
}

/** Whether there is anything to dispatch. @throws RangeError naming the kernel when a dimension is out of range */
export function checkWorkgroups(kernel: string, workgroups: Workgroups): boolean {
  const [x, y, z] = workgroups;
  if (!(x >= 0 && y >= 0 && z >= 0 && x <= MAX_WORKGROUPS && y <= MAX_WORKGROUPS && z <= MAX_WORKGROUPS))
    throw new RangeError(`The kernel ${kernel} is asked for ${workgroups.join(' × ')} workgroups.`);
  return x > 0 && y > 0 && z > 0;
}
