/** Names of the settings of a study that are no rows of a table, in German. */
import type { CONFIG_WORDS } from './messages.ts';

export const CONFIG_WORDS_DE: typeof CONFIG_WORDS = {
  backbone: 'Backbone',
  task: 'Aufgabe',
  inputSize: 'Eingabegröße',
  prompts: 'Prompts',
  seeds: 'Seeds',
  method: 'Methode',
  name: 'Name',
  asBackbone: 'wie das Backbone',
  asTask: 'wie die Aufgabe',
  ownImages: 'deine Bilder',
};
