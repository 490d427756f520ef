/** What is wrong with the settings of a study as a whole. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CONFIG_CHECKS = catalogue('studyConfig', {
  template: 'A template needs {} where the class name goes.',
  sameArm: 'Two arms of the study have the same id.',
  seedTwice: 'A seed appears twice in the study.',
});
