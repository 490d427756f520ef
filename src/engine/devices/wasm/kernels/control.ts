/** Command arguments, work claims and the barrier. A command is 32 words; see Layout. */
import { Layout } from './kernel-id';

/** Index of this thread and number of threads: wasm globals are per instance, hence per thread. */
export let thread: i32 = 0;
export let threads: i32 = 1;

export function setThread(index: i32, count: i32): void {
  thread = index;
  threads = count;
}

// @inline
export function intArg(command: usize, index: i32): i32 {
  return load<i32>(command + ((<usize>(Layout.WORD_ARGUMENTS + index)) << 2));
}

// @inline
export function floatArg(command: usize, index: i32): f32 {
  return load<f32>(command + ((<usize>(Layout.WORD_ARGUMENTS + index)) << 2));
}

// @inline
export function pointerArg(command: usize, index: i32): usize {
  return <usize>intArg(command, index);
}

/** This thread's part of the scratch memory of a command. */
// @inline
export function scratchOf(command: usize): usize {
  return load<usize>(command, 24) + <usize>thread * load<usize>(command, 28);
}

/** This thread's 4 × 8 tile. */
// @inline
export function tileOf(): usize {
  return <usize>Layout.TILES + ((<usize>thread) << 7);
}

/** Takes the next `grain` items of a command; the result may lie behind its last item. */
// @inline
export function claim(command: usize, grain: i32): i32 {
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(command, grain, 12);
  const from = load<i32>(command, 12);
  store<i32>(command, from + grain, 12);
  return from;
}

/** Loads spent spinning before a thread sleeps: about the length of a short command. */
const SPINS: i32 = 4000;
/** Nanoseconds of one wait, and how many waits in vain mean that a thread is dead. A computer that slept ends one wait only. */
const WAIT: i64 = 5000000000;
const MAX_WAITS: i32 = 24;

/** Waits until every thread has arrived. Traps when one does not within two minutes. */
export function barrier(): void {
  if (!ASC_FEATURE_THREADS) return;
  if (threads == 1) return;
  const phase = atomic.load<i32>(Layout.CONTROL_PHASE);
  if (atomic.add<i32>(Layout.CONTROL_ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(Layout.CONTROL_ARRIVED, 0);
    atomic.store<i32>(Layout.CONTROL_PHASE, phase + 1);
    if (atomic.load<i32>(Layout.CONTROL_WAITERS) > 0) atomic.notify(Layout.CONTROL_PHASE, -1);
    return;
  }
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(Layout.CONTROL_PHASE) != phase) return;
  atomic.add<i32>(Layout.CONTROL_WAITERS, 1);
  let vain = 0;
  while (atomic.load<i32>(Layout.CONTROL_PHASE) == phase) {
    const result = atomic.wait<i32>(Layout.CONTROL_PHASE, phase, WAIT);
    if (result == AtomicWaitResult.TIMED_OUT && ++vain == MAX_WAITS) unreachable();
  }
  atomic.sub<i32>(Layout.CONTROL_WAITERS, 1);
}

/** Sleeps until the host announces a new list of commands; returns its number. */
export function awaitGeneration(seen: i32): i32 {
  if (!ASC_FEATURE_THREADS) return seen;
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(Layout.CONTROL_GENERATION) != seen) break;
  while (atomic.load<i32>(Layout.CONTROL_GENERATION) == seen) atomic.wait<i32>(Layout.CONTROL_GENERATION, seen, -1);
  return atomic.load<i32>(Layout.CONTROL_GENERATION);
}

/** Wakes the helper threads. */
export function announce(): void {
  if (!ASC_FEATURE_THREADS) return;
  if (threads == 1) return;
  atomic.add<i32>(Layout.CONTROL_GENERATION, 1);
  atomic.notify(Layout.CONTROL_GENERATION, -1);
}
