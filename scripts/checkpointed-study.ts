/** Runs a study whose training is kept in a file, so that a run that was interrupted continues. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { StudyConfig } from '../src/study/config/config.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { openEngine, runHeadless, type HeadlessOptions } from './headless.ts';
import { threadsOf } from './whole-number.ts';

export interface CheckpointedOptions extends Pick<HeadlessOptions, 'onAdapter' | 'onCoalitions' | 'testedOn'> {
  /** The file of the training so far. Delete it once the result is written. */
  readonly checkpoint: string;
  /** Threads of the engine; absent: as many as there are cores. */
  readonly threads?: string;
}

/** Seconds that the processor has worked for this process, on all threads: with one thread, what a study takes on a machine that does nothing else. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * The result says how long the study takes where nothing else runs: the page tells its readers. With several threads it is the time by the clock.
 * @throws Error when the study was stopped before its end, or its threads are no number
 */
export async function runCheckpointed(
  name: string,
  config: StudyConfig,
  { checkpoint, threads, ...options }: CheckpointedOptions,
): Promise<StudyResult> {
  await mkdir(path.dirname(checkpoint), { recursive: true });
  const count = threadsOf(threads);
  const engine = await openEngine('auto', count);
  const now = count === 1 ? processorSeconds : undefined;
  const result = await runHeadless(config, engine, { ...options, now, checkpoint }).finally(() => engine.dispose());
  if (result.status !== 'complete')
    throw new Error(`“${name}” was stopped before its end. The same command continues it.`);
  return result;
}
