/** Entry points: the host writes a list of commands and calls `run` on the main thread; other threads stay in `helper`. */
import { compute } from './compute';
import { help, runList } from './list';

/** Whether this build multiplies and adds in one instruction. */
export const relaxedSimd: bool = ASC_FEATURE_RELAXED_SIMD;

export function run(threads: i32): void {
  runList(compute, threads);
}

export function helper(index: i32, threads: i32): void {
  help(compute, index, threads);
}
