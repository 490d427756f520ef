/** Names of the settings of a study that are no rows of a table, and what is wrong with settings that people write, in German. */
import { either } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';
import type { CONFIG_WORDS } from './messages.ts';

export const config: typeof CONFIG_WORDS = {
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
  unknown: 'unbekannt',

  skipped: (said, why) => `„${said}“ wird übersprungen: ${why}.`,
  tooMany: (first, most) =>
    `„${first}“ und alles danach wird übersprungen: Eine Adresse fasst höchstens ${integer(most)} Einstellungen.`,
  otherVersion: (version) => `Diese Seite liest Version ${version} der Einstellungen`,
  noArm: (key, arms) => `„${key}“ nennt keinen Arm dieser Studie; ihre Arme sind ${arms}.`,
  misspelt: (key, meant) => `„${key}“ ist keine Einstellung; vielleicht ist „${meant}“ gemeint.`,
  noneOf: (said, known) => `„${said}“ ist nicht ${either(known)}`,
  number: 'Hier wird eine Zahl erwartet',
  onOrOff: 'Hier wird „on“ oder „off“ erwartet',
  seedRange: 'Hier wird ein Bereich von Seeds wie 0-3 erwartet',
  seedOnce: 'Jeder Seed darf nur einmal vorkommen',
};
