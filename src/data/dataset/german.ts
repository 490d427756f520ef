/** What the dataset worker says, in German: reading an address uses the code that fetches models. */
import { MODEL_DE } from '../../model/german.ts';
import { DATA_DE } from '../german.ts';

export const DATASET_WORKER_DE = { ...MODEL_DE, ...DATA_DE };
