/**
 * Executes the list of commands that the host wrote. Threads claim items of a command from a shared counter, so that a slow or busy core
 * delays nobody; what an item computes does not depend on who computes it, so results are the same for any number of threads.
 */
import { announce, awaitGeneration, barrier, claim, setThread } from './control';
import { Layout, Link } from './kernel-id';

/** Items [from, to) of a command; `extra` belongs to the segment they lie in. */
export type Compute = (c: usize, from: i32, to: i32, extra: usize) => void;

/** Claimed items [from, to): directly, or through the command's segments (first item, first index, count, extra). */
function dispatch(compute: Compute, c: usize, from: i32, to: i32): void {
  let segment = load<usize>(c, Layout.WORD_SEGMENTS * 4);
  if (!segment) return compute(c, from, to, 0);
  for (let s = load<i32>(c, Layout.WORD_SEGMENT_COUNT * 4); s > 0; s--) {
    const first = load<i32>(segment);
    if (first >= to) return;
    const start = load<i32>(segment, 4);
    const begin = max(from - first, 0);
    const end = min(to - first, load<i32>(segment, 8));
    if (begin < end) compute(c, start + begin, start + end, load<usize>(segment, 12));
    segment += 16;
  }
}

// @inline
function linkOf(c: usize): i32 {
  return load<i32>(c, Layout.WORD_LINK * 4);
}

function executeList(compute: Compute): void {
  let c = load<usize>(Layout.CONTROL_COMMANDS);
  const end = c + <usize>load<i32>(Layout.CONTROL_COUNT) * <usize>Layout.COMMAND_BYTES;
  while (c < end) {
    const items = load<i32>(c, Layout.WORD_ITEMS * 4);
    const grain = load<i32>(c, Layout.WORD_GRAIN * 4);
    let last = c;
    while (linkOf(last) == Link.chain) last += Layout.COMMAND_BYTES;
    for (let from = claim(c, grain); from < items; from = claim(c, grain)) {
      const to = min(items, from + grain);
      for (let part = c; part <= last; part += Layout.COMMAND_BYTES)
        dispatch(compute, part, from, min(to, load<i32>(part, Layout.WORD_ITEMS * 4)));
    }
    if (linkOf(last) == Link.barrier) barrier();
    c = last + Layout.COMMAND_BYTES;
  }
}

/** Executes the list with all threads; returns when all of it is done. Called on the main thread. */
export function runList(compute: Compute, threads: i32): void {
  setThread(0, threads);
  announce();
  executeList(compute);
}

/** The life of helper thread `index`: sleeps until there is a list, and returns when the host sets the quit word. */
export function help(compute: Compute, index: i32, threads: i32): void {
  setThread(index, threads);
  let seen = 0;
  while (true) {
    seen = awaitGeneration(seen);
    if (load<i32>(Layout.CONTROL_QUIT)) return;
    executeList(compute);
  }
}
