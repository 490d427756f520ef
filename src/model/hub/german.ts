/** What the workers of models and adapters say, in German: they fetch and keep files with the code of the platform. */
import { PLATFORM_DE } from '../../platform/german.ts';
import { MODEL_DE } from '../german.ts';

export const HUB_WORKER_DE = { ...PLATFORM_DE, ...MODEL_DE };
