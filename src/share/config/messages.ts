/** Names of the settings of a study that are no rows of a table, and words of their values. */
import { catalogue } from '../../core/language/catalogue.ts';

export const CONFIG_WORDS = catalogue('config', {
  backbone: 'Backbone',
  task: 'Task',
  inputSize: 'Input size',
  prompts: 'Prompts',
  seeds: 'Seeds',
  method: 'Method',
  name: 'Name',
  asBackbone: 'as the backbone',
  asTask: 'as the task',
  ownImages: 'your images',
});
