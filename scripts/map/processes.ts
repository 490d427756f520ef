/** Studies in processes of their own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StudyConfig } from '../../src/study/config/config.ts';
import type { StudyRunner } from '../../src/study/map/run-map.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

export interface CellRequest {
  readonly config: StudyConfig;
}
export type CellAnswer = { readonly ready: true } | { readonly result: StudyResult } | { readonly error: string };

/** Characters of a process's last words that its error quotes. */
const LAST_WORDS = 500;

/** What a process runs: the file beside the bundle of the installed package, or the source through its runner. */
const [PROGRAM, ...ENTRY] = import.meta.env.PACKAGED
  ? [path.join(import.meta.dirname, 'cell-process.js')]
  : [path.join(import.meta.dirname, '../node-run.mjs'), path.join(import.meta.dirname, 'cell-process.ts')];

interface Pool {
  readonly runners: readonly StudyRunner[];
  /** Ends the processes. */
  readonly close: () => void;
}

/** Starts processes. Ctrl-C reaches them too: their studies stop, and runners resolve to null. */
export async function openProcesses(count: number, backend: string, threads: number): Promise<Pool> {
  let interrupted = false;
  const onInterrupt = (): void => void (interrupted = true);
  process.on('SIGINT', onInterrupt);
  const children = Array.from({ length: count }, () =>
    fork(PROGRAM, [...ENTRY, backend, String(threads)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }),
  );
  const close = (): void => {
    process.off('SIGINT', onInterrupt);
    for (const child of children) if (child.connected) child.disconnect();
  };
  try {
    const runners = children.map((child) => runnerOf(child, () => interrupted));
    await Promise.all(runners.map(({ ready }) => ready));
    return { runners: runners.map(({ run }) => run), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** @param interrupted whether the reader ended the run */
function runnerOf(child: ChildProcess, interrupted: () => boolean): { ready: Promise<unknown>; run: StudyRunner } {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-LAST_WORDS)));
  const gone = once(child, 'exit').then(([code]: unknown[]): CellAnswer => ({
    error: `A process that ran a cell ended with code ${String(code)}. Its last words: ${words.trim()}`,
  }));
  const next = (): Promise<CellAnswer> =>
    Promise.race([once(child, 'message').then(([message]) => message as CellAnswer), gone]);
  const checked = async (): Promise<StudyResult | null> => {
    const answer = await next();
    if ('result' in answer) return answer.result;
    if ('error' in answer && !interrupted()) throw new Error(answer.error);
    return null;
  };
  return {
    ready: checked(),
    run: (config) => {
      if (interrupted()) return Promise.resolve(null);
      child.send({ config } satisfies CellRequest);
      return checked();
    },
  };
}
