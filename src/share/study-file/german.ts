/** What the study file worker says, in German: the texts of all layers whose code it runs. */
import { RULES_WORDS_DE } from '../../copra/federated/messages.de.ts';
import { METHOD_WORDS_DE } from '../../copra/methods/messages.de.ts';
import { LIST_WORDS_DE } from '../../core/messages.de.ts';
import { DATA_DE } from '../../data/german.ts';
import { MODEL_DE } from '../../model/german.ts';
import { ISSUE_WORDS_DE } from '../../platform/issue-words.de.ts';
import { SETTING_NAMES_DE, SETTING_VALUES_DE } from '../../study/config/settings/messages.de.ts';
import { STUDY_DE } from '../../study/german.ts';
import { MEASURE_WORDS_DE } from '../../study/result/measures/messages.de.ts';
import { CONFIG_WORDS_DE } from '../config/messages.de.ts';
import { SHARE_CHECKS_DE } from '../words.de.ts';

export const STUDY_FILE_DE = {
  ...DATA_DE,
  ...MODEL_DE,
  ...STUDY_DE,
  config: CONFIG_WORDS_DE,
  'federated-rules': RULES_WORDS_DE,
  issues: ISSUE_WORDS_DE,
  lists: LIST_WORDS_DE,
  measures: MEASURE_WORDS_DE,
  methods: METHOD_WORDS_DE,
  'setting-names': SETTING_NAMES_DE,
  'setting-values': SETTING_VALUES_DE,
  'share-files': SHARE_CHECKS_DE,
};
