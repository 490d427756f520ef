/** What the study worker says, in German: the texts of all layers whose code it runs. */
import { RULES_WORDS_DE } from '../copra/federated/messages.de.ts';
import { METHOD_WORDS_DE } from '../copra/methods/messages.de.ts';
import { READING_WORDS_DE } from '../copra/readings/messages.de.ts';
import { LIST_WORDS_DE } from '../core/messages.de.ts';
import { DATA_DE } from '../data/german.ts';
import { ENGINE_NOTICES_DE } from '../engine/words.de.ts';
import { MODEL_DE } from '../model/german.ts';
import { SETTING_NAMES_DE, SETTING_VALUES_DE } from '../study/config/settings/messages.de.ts';
import { PLATFORM_DE } from '../platform/german.ts';
import { STUDY_DE } from '../study/german.ts';
import { MEASURE_WORDS_DE } from '../study/result/measures/messages.de.ts';
import { WORKER_WORDS_DE } from './words.de.ts';

export const WORKER_DE: Readonly<Record<string, object>> = {
  ...DATA_DE,
  ...MODEL_DE,
  ...PLATFORM_DE,
  ...STUDY_DE,
  engine: ENGINE_NOTICES_DE,
  'federated-rules': RULES_WORDS_DE,
  lists: LIST_WORDS_DE,
  measures: MEASURE_WORDS_DE,
  methods: METHOD_WORDS_DE,
  readings: READING_WORDS_DE,
  'setting-names': SETTING_NAMES_DE,
  'setting-values': SETTING_VALUES_DE,
  worker: WORKER_WORDS_DE,
};
