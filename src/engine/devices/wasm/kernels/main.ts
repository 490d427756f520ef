/** Entry points: the host writes a list of commands and calls `run` on the main thread; other threads stay in `helper`. */
import { compute } from './compute';
import { help, runList } from './list';

/** Whether this build multiplies and adds in one instruction. */
export const relaxedSimd: bool = ASC_FEATURE_RELAXED_SIMD;

/** Computes the list on this thread and the helpers, and returns when all of it is done. */
export function run(threads: i32): void {
  runList(compute, threads);
}

/** Computes along with `run` on a thread of its own, until the host sets CONTROL_QUIT. */
export function helper(index: i32, threads: i32): void {
  help(compute, index, threads);
}
