/** Parts in processes of their own: a driver that crashes or hangs takes one part with it. Both ends of what is said between them. */
import { fork, type ChildProcess } from 'node:child_process';
import { errorText } from '../../src/core/error-text.ts';
import type { Findings, PartId } from './report.ts';
import type { Ended } from './schedule.ts';

export type Found = Findings[PartId];

/** What a part tells: what it has found so far, the end, or why it failed. */
type Message = { readonly partial: Found } | { readonly found: Found } | { readonly error: string };

/** What a part knows of its time. */
export interface PartTime {
  /** Seconds until it should have ended. */
  readonly left: () => number;
}

/** Between the time a part is told and the time it is ended. */
const GRACE = 4;
/** Characters of its last words that are quoted. */
const LAST_WORDS = 400;

const running = new Set<ChildProcess>();

/** Ends a process and what it started. */
function end(child: ChildProcess): void {
  running.delete(child);
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // no group of its own, as on Windows
  }
}

const endAll = (): void => running.forEach(end);
process.once('exit', endAll);

/** The program that this is, started again. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { COPRA_BUNDLE: bundle } = process.env;
  if (bundle === undefined) throw new Error('Parts are started by scripts/node-run.mjs only.');
  const child = fork(bundle, [...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
    detached: process.platform !== 'win32',
    execArgv: ['--enable-source-maps'],
  });
  running.add(child);
  return child;
}

/** What a part is run with. */
export interface PartRun {
  readonly seconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what it has found so far. */
  readonly tell: (found: Found) => void;
  /** Ends it early; its reason is a text. */
  readonly signal: AbortSignal;
}

/** @param words how the program is told to run the part */
export function runPart(
  words: readonly string[],
  { seconds, environment, tell, signal }: PartRun,
): Promise<Ended<Found>> {
  const child = start([...words, String(Math.max(1, seconds - GRACE))], environment);
  let lastWords = '';
  let partial: Found | null = null;
  child.stderr?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS)));
  return new Promise((resolve) => {
    const close = (ended: Ended<Found>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      end(child);
      resolve(ended);
    };
    const stop = (why: string): void => close({ state: 'stopped', found: partial, why });
    const onAbort = (): void => stop(String(signal.reason));
    signal.addEventListener('abort', onAbort);
    const timer = setTimeout(() => stop(`was not done after ${Math.round(seconds)} s`), 1000 * seconds);
    child.on('message', (message: Message) => {
      if ('partial' in message) {
        ({ partial } = message);
        tell(partial);
      } else if ('found' in message) close({ state: 'done', found: message.found, why: null });
      else close({ state: 'failed', found: partial, why: message.error });
    });
    // After its last words.
    child.once('close', (code, signal) =>
      close({
        state: 'failed',
        found: partial,
        why: `ended with ${code ?? signal ?? 'nothing'}: ${lastWords.trim().split('\n').at(-1) ?? ''}`,
      }),
    );
  });
}

/** What another process of this program writes to its error stream until it ends. */
export function wordsOf(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const child = start(args, environment);
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(child), 60_000);
    child.once('close', () => {
      clearTimeout(timer);
      running.delete(child);
      resolve(words);
    });
  });
}

/** In the process of a part: computes it and tells what it found. @param seconds until it should have ended */
export async function serve(
  part: (time: PartTime, tell: (partial: Found) => void) => Promise<Found>,
  seconds: number,
): Promise<void> {
  process.on('disconnect', () => process.exit(1)); // nobody waits for it any more
  const until = performance.now() + 1000 * seconds;
  const send = (message: Message): Promise<void> =>
    new Promise((resolve) => {
      if (process.send) process.send(message, () => resolve());
      else resolve();
    });
  const time = { left: () => (until - performance.now()) / 1000 };
  try {
    await send({ found: await part(time, (partial) => void send({ partial })) });
  } catch (error) {
    await send({ error: errorText(error) });
  }
}
