/** WGSL of kernels with one thread per element, or per four. */
import { GRID_INDEX } from './indexing.ts';

/** Values per load. Four where every run of values starts and ends at a multiple of four. */
export type Width = 1 | 4;

/** Of rows with so many values: 4 where all counts are multiples of it. */
export const widthOf = (...counts: readonly number[]): Width => (counts.every((count) => count % 4 === 0) ? 4 : 1);

/** The WGSL type of one load. */
export const elementOf = (width: Width) => (width === 4 ? 'vec4<f32>' : 'f32');

/** How elements are shared out. No form changes what is computed for one of them. */
export interface ElementForm {
  /** Of a workgroup. */
  readonly threads: number;
  /** Elements of a thread, `threads` apart, so that neighbours load neighbours. */
  readonly each: number;
}

/** Elements of a workgroup where nothing was measured, one for each thread. */
export const ELEMENTS = 256;
export const USUAL_ELEMENTS: ElementForm = { threads: ELEMENTS, each: 1 };

/** Elements of a workgroup. */
export const elementsOf = ({ threads, each }: ElementForm): number => threads * each;

export const elementFormName = ({ threads, each }: ElementForm): string =>
  `${threads} threads${each === 1 ? '' : ` of ${each}`}`;

/** What the name of a kernel says of its form: nothing of the usual one. */
export const inForm = (form: ElementForm): string =>
  form.threads === ELEMENTS && form.each === 1 ? '' : `, ${elementFormName(form)}`;

/** Entry point that runs `body` for every i below the field `count`; dispatch with grid(count / elementsOf(form)). */
export const eachElement = (body: string, { threads, each }: ElementForm = USUAL_ELEMENTS) => `${GRID_INDEX}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {${
  each === 1
    ? `
  let i = gridIndex(w) * ${threads}u + l.x;
  if (i >= p.count) { return; }
${body}`
    : `
  let first = gridIndex(w) * ${threads * each}u + l.x;
  let end = min(p.count, first + ${threads * each}u);
  for (var i = first; i < end; i += ${threads}u) {
${body}
  }`
}
}`;

/** Sets component `at` of a vec4 that is known on the GPU only: the compiler of Direct3D 11 and of older drivers for 12 (FXC) refuses to store to it. */
export const withComponent = (vector: string, element: 'f32' | 'u32', at: string, value: string): string =>
  `${vector} = select(${vector}, vec4<${element}>(${value}), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(${at}));`;
