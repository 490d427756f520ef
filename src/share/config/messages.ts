/** Names of the settings of a study that are no rows of a table, words of their values, and what is wrong with settings that people write. */
import { catalogue } from '../../core/language/catalogue.ts';
import { either } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';

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
  unknown: 'unknown',

  /** What an address says, and why it does not count. */
  skipped: (said: string, why: string) => `“${said}” is skipped: ${why}.`,
  tooMany: (first: string, most: number) =>
    `“${first}” and what follows it is skipped: an address holds at most ${integer(most)} settings.`,
  otherVersion: (version: string) => `this page reads version ${version} of settings`,
  noArm: (key: string, arms: string) => `“${key}” names no arm of this study; its arms are ${arms}.`,
  misspelt: (key: string, meant: string) => `“${key}” is no setting; “${meant}” may be meant.`,
  noneOf: (said: string, known: readonly string[]) => `“${said}” is not ${either(known)}`,
  number: 'a number is expected',
  onOrOff: '“on” or “off” is expected',
  seedRange: 'a range of seeds such as 0-3 is expected',
  seedOnce: 'every seed may occur once',
});
