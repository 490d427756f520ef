/** The training of a headless study, and the analyses that it has finished, as a file on disk. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DeviceLostError } from '../src/engine/errors.ts';
import type { StudyCheckpoint } from '../src/study/checkpoint/checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../src/study/checkpoint/checkpoint-file.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { configChanges } from '../src/state/study/config-changes.ts';
import { writeWhole } from './output-file.ts';

/** Whoever ends the process in mid-write leaves the checkpoint before it. */
export const writeCheckpoint = (file: string, checkpoint: StudyCheckpoint): Promise<void> =>
  writeWhole(file, encodeCheckpoint(checkpoint));

/** Forgets finished analyses: whoever runs a study again that ended whole wants them done again. */
export async function forgetAnalyses(file: string): Promise<void> {
  const { finished, ...training } = await decodeCheckpoint(new Uint8Array(await readFile(file)).buffer);
  if (finished) await writeCheckpoint(file, training);
}

export interface CheckpointedTraining {
  /** Digest of the images of a study of own images; absent: a bundled task. */
  readonly images?: string;
  /** Seeds are added to a study; absent: all of its seeds are trained. */
  readonly adds?: boolean;
}

/**
 * The checkpoint, for a study that trains the same: its analyses may be others. Null when there is no such file.
 * @throws Error naming the first setting in which the training differs, or saying that the images or the trained seeds do. StudyCheckpointError when the file is
 * damaged.
 */
export async function readCheckpoint(
  file: string,
  config: StudyConfig,
  { images, adds = false }: CheckpointedTraining = {},
): Promise<StudyCheckpoint | null> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const checkpoint = await decodeCheckpoint(bytes.buffer);
  const change = configChanges(checkpoint.head.config, config).find(({ affects }) => affects === 'training');
  if (change)
    throw new Error(
      `${file} is the checkpoint of another study: ${change.label} is ${change.from || 'other'} there and ${change.to} here. Name another file, or remove it.`,
    );
  if (Boolean(checkpoint.head.adds) !== adds)
    throw new Error(
      adds
        ? `${file} is the checkpoint of a study of all these seeds, not of some that are added. Name another file, or remove it.`
        : `${file} is the checkpoint of seeds that were added to a study: name the study, with --add-seeds. Or name another file, or remove it.`,
    );
  if (checkpoint.head.images !== images)
    throw new Error(
      `${file} is the checkpoint of a study of other images: the files, their split or the edits differ. Name another file, or remove it.`,
    );
  return { ...checkpoint, head: { ...checkpoint.head, config } };
}

/** Why a study failed, with what goes on from its checkpoint where the device is lost for good: nothing is wrong with the study. */
export const saidWithCheckpoint = (error: unknown, file: string): unknown =>
  error instanceof DeviceLostError && existsSync(file)
    ? new Error(`${error.message} ${file} holds the training so far. Add --resume to go on with it.`, { cause: error })
    : error;
