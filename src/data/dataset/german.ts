/** What the dataset worker says, in German: it fetches files with the code of the platform, and prepares images with that of models. */
import { MODEL_DE } from '../../model/german.ts';
import { PLATFORM_DE } from '../../platform/german.ts';
import { DATA_DE } from '../german.ts';

export const DATASET_WORKER_DE = { ...PLATFORM_DE, ...MODEL_DE, ...DATA_DE };
