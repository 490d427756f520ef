/** Checkpoint files in the browser's private file system (OPFS). */
import { originFiles } from '../../platform/origin-files.ts';
import type { CheckpointFiles } from './checkpoint-store.ts';

export const checkpointFiles: CheckpointFiles = originFiles('checkpoints');
