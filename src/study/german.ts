/** What a study says, in German. */
import { ANALYSIS_NOTICES_DE } from './analyses/words.de.ts';
import { CHECKPOINT_WORDS_DE } from './checkpoint/words.de.ts';
import { FRAME_WORDS_DE } from './classroom/frame-words.de.ts';
import { CONFIG_CHECKS_DE } from './config/words.de.ts';
import { PRECISION_NOTICES_DE } from './kernels/words.de.ts';
import { MAP_CHECKS_DE } from './map/words.de.ts';
import { MEMORY_WORDS_DE } from './result/memory-words.de.ts';
import { VALUE_CHECKS_DE } from './result/value-words.de.ts';
import { RESULT_CHECKS_DE } from './result/words.de.ts';
import { STUDY_NOTICES_DE } from './run/words.de.ts';
import { SCHEDULE_CHECKS_DE } from './schedules/messages.de.ts';

export const STUDY_DE = {
  'study-analyses': ANALYSIS_NOTICES_DE,
  'study-checkpoints': CHECKPOINT_WORDS_DE,
  'study-config': CONFIG_CHECKS_DE,
  'study-frames': FRAME_WORDS_DE,
  'study-maps': MAP_CHECKS_DE,
  'study-memory': MEMORY_WORDS_DE,
  'study-precision': PRECISION_NOTICES_DE,
  'study-results': RESULT_CHECKS_DE,
  'study-run': STUDY_NOTICES_DE,
  'study-schedules': SCHEDULE_CHECKS_DE,
  'study-values': VALUE_CHECKS_DE,
};
