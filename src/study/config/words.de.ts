/** What is wrong with the settings of a study as a whole, in German. */
import type { CONFIG_CHECKS } from './words.ts';

export const studyConfig: typeof CONFIG_CHECKS = {
  template: 'Eine Vorlage braucht {}, wo der Name der Klasse hingehört.',
  sameArm: 'Zwei Arme der Studie haben dieselbe Kennung.',
  seedTwice: 'Ein Seed kommt in der Studie zweimal vor.',
};
