/** A transfer from a hub in the terminal: where it is kept, its progress, and its interruption. */
import { SingleBar } from 'cli-progress';
import { homedir } from 'node:os';
import path from 'node:path';
import { DEFAULT_HUB } from '../src/model/hub/model-id.ts';
import type { TransferProgress } from '../src/model/hub/progress.ts';
import { StoppedError } from './command-line.ts';

/** Folder of what was fetched, shared by all projects of this user. @param kind of things, such as "models" */
export const fetchedFolder = (kind: 'models' | 'adapters' | 'kernels'): string => {
  const { COPRA_MODELS, XDG_CACHE_HOME } = process.env;
  if (COPRA_MODELS !== undefined) return kind === 'models' ? COPRA_MODELS : path.join(COPRA_MODELS, '..', kind);
  return path.join(XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'copra-playground', kind);
};

export interface TransferOptions {
  readonly hub: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
}

/** Runs a transfer with a bar. Ctrl-C ends it; what has arrived is kept. @param name shown before the bar */
export async function withTransferBar<T>(name: string, work: (options: TransferOptions) => Promise<T>): Promise<T> {
  const bar = new SingleBar({
    format: '{name} {bar} {value} of {total} MB {note}',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort(new StoppedError('Interrupted. The next run goes on from what is kept.'));
  process.once('SIGINT', interrupt);
  let started = false;
  try {
    return await work({
      hub: process.env.COPRA_HUB ?? DEFAULT_HUB,
      signal: stop.signal,
      onProgress({ phase, doneBytes, totalBytes, waiting }) {
        if (phase === 'describe' && waiting === null) return;
        if (!started) bar.start(1, 0, { name, note: '' });
        started = true;
        bar.setTotal(Math.max(1, Math.round(totalBytes / 1e6)));
        bar.update(Math.round(doneBytes / 1e6), { note: waiting ?? (phase === 'check' ? 'checking' : '') });
      },
    });
  } finally {
    if (started) bar.stop();
    process.off('SIGINT', interrupt);
  }
}
