/**
 * While something waits for Dawn, it looks for news in every turn of the event loop: on a card that the processor emulates, which then computes on what
 * such looking leaves of it. Here it looks every millisecond.
 */
const EVERY = 1;
const { setImmediate: given, setTimeout: after } = globalThis;

/** Dawn's own: a native function without a name and without parameters. Those that settle a promise have one. */
const isDawns = (callback: (...args: never) => void): boolean =>
  callback.name === '' && callback.length === 0 && Function.prototype.toString.call(callback).includes('[native code]');

/** Dawn ignores what it is given: what Dawn asks for is a Timeout, which `clearImmediate` does not stop. */
function later<T extends unknown[]>(callback: (...args: T) => void, ...args: T): unknown {
  return isDawns(callback) ? after(callback, EVERY, ...args) : given(callback, ...args);
}

// Files that share a process share its globals.
if (given.name !== later.name) globalThis.setImmediate = Object.assign(later, given);
