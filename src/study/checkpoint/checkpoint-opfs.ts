/** Checkpoint files in the browser's private file system (OPFS), which all tabs of the page share. */
import { originFiles } from '../../platform/origin-files.ts';
import { tabNews } from '../../platform/tab-news.ts';
import type { CheckpointFiles } from './checkpoint-store.ts';

export const checkpointFiles: CheckpointFiles = originFiles('checkpoints');

export const checkpointNews = tabNews('checkpoints');
