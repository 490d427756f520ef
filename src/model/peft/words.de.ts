/** What people read when an adapter does not fit, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer, withDecimalPoint } from '../../core/number-format.ts';
import type { PEFT_CHECKS } from './words.ts';

const TOWERS = { vision: 'Bild-Encoder', text: 'Text-Encoder' };

const shape = (sizes: readonly number[]): string => `[${sizes.join(', ')}]`;

const some = (items: readonly string[]): string =>
  items.length > 3 ? `${items.slice(0, 3).join(', ')} und ${integer(items.length - 3)} weitere` : items.join(', ');

export const modelPeft: typeof PEFT_CHECKS = {
  otherType: (file, type) => `${file}: peft_type ist „${type}“; hier lassen sich nur LORA-Adapter auswerten.`,
  cannotUse: (file, why) => `${file}: Der Adapter lässt sich nicht verwenden: ${why}.`,
  bias: 'Er hat einen Bias hinter seinen Faktoren (lora_bias), den diese Seite nicht berechnet. Trainiere ihn mit lora_bias=False',
  modelBias: 'Er hat auch Biases des Modells trainiert (bias). Trainiere ihn mit bias="none"',
  fan: 'fan_in_fan_out ist für andere Modelle als diese',
  replication: 'Er wiederholt Schichten des Modells (layer_replication)',
  initialisation:
    'Seine Initialisierung (init_lora_weights) hat die eingefrorenen Gewichte geändert. Wandle ihn in einfaches LoRA um: save_pretrained mit path_initial_model_for_weight_conversion',
  variant: (key) => `Er gehört zu einer Variante von LoRA (${key}), die diese Seite nicht berechnet`,
  patternTooLarge: (file, pattern) =>
    `${file}: Das Muster „${pattern}“ ist zu groß, um es zu vergleichen. Nenne stattdessen die Module beim Namen.`,
  patternRefused: (file, pattern, why) =>
    `${file}: Das Muster „${pattern}“ lässt sich hier nicht vergleichen („${why}“). Lookahead, Lookbehind und Verweise auf Gruppen werden nicht unterstützt: Nenne stattdessen die Module beim Namen.`,
  patternsTooLarge: (file) => `${file}: Seine Muster sind zu groß für die Zahl der Module in der Datei.`,

  doesNotFit: (why) => `Der Adapter passt nicht: ${why}`,
  stranger: (tensor) => `„${tensor}“ ist weder ein LoRA-Faktor noch der Klassifikator dieses Backbones.`,
  otherShape: (tensor, is, due) => `„${tensor}“ hat die Form ${shape(is)}; Rang und Backbone verlangen ${shape(due)}.`,
  unsaidDora: (tensor) => `„${tensor}“ gehört zu DoRA, aber adapter_config.json sagt das nicht (use_dora).`,
  noMagnitudes: (module) =>
    `„${module}“ hat keine Beträge (lora_magnitude_vector), obwohl adapter_config.json use_dora sagt.`,
  otherModule: (module) => `„${module}“ ist ein Modul, das diese Seite nicht anpasst.`,
  noTower: (module, tower) => `„${module}“ liegt im ${TOWERS[tower]}, den dieses Backbone nicht hat.`,
  noLayer: (module, layer, tower, layers) =>
    `„${module}“ ist Schicht ${layer}; der ${TOWERS[tower]} dieses Backbones hat ${germanCount(layers, 'Schicht', 'Schichten')}.`,
  oneFactor: (module) => `„${module}“ hat nur einen seiner zwei Faktoren.`,
  classifierOfClip: 'Er bringt einen Klassifikator mit, aber ein CLIP klassifiziert durch seine Prompts.',
  halfClassifier: 'Sein Klassifikator hat nur eines von weight und bias.',
  patchClassifier:
    'Sein Klassifikator liest auch den Mittelwert der Patch-Tokens; diese Seite klassifiziert nur durch das Klassen-Token.',
  meanClassifier:
    'Sein Klassifikator liest das Mittel der Patch-Tokens, wie es CLIPForImageClassification tut; diese Seite klassifiziert mit dem Klassen-Token.',
  unsaidClassifier:
    'Seine Konfiguration sagt nicht, für welches Modell er trainiert wurde. Der Klassifikator wird als einer des Klassen-Tokens gelesen; einer von CLIPForImageClassification liest das Mittel der Patch-Tokens und wäre hier falsch.',
  leftOut: (modules) =>
    `Ausgelassen, wie PEFT es täte: ${some(modules)} (in der Datei, aber nicht unter den target_modules).`,
  withoutEffect: (modules) => `Als Ziel genannt, aber nicht in der Datei und deshalb ohne Wirkung: ${some(modules)}.`,
  noTarget: 'Keiner seiner Faktoren gehört zu seinen eigenen target_modules.',
  noFactors: 'Die Datei enthält keine LoRA-Faktoren.',
  otherRank: (module, rank) => `rank_pattern gibt „${module}“ den Rang ${withDecimalPoint(String(rank))}.`,
  unsoundScaleOf: (module, what) => `Bei „${module}“: ${what}`,
  twice: (tower, layer, projection) =>
    `Er passt ${projection} in Schicht ${layer} des ${TOWERS[tower]}s doppelt an, unter zwei Namen.`,
  unsoundValue: (tensor, value, at) => `„${tensor}“ enthält ${value} an Stelle ${at}.`,
  tooLargeValue: (tensor, value, at, most) =>
    `„${tensor}“ enthält ${withDecimalPoint(String(value))} an Stelle ${at}; kein trainierter Adapter enthält Zahlen über ${integer(most)}.`,
  unsoundScale: (scale, most) =>
    `Die Skalierung ist ${withDecimalPoint(String(scale))}; kein trainierter Adapter wird mit mehr als ${integer(most)} skaliert.`,

  otherUpdate: (tensor, is, update) =>
    `Der Adapter passt nicht: „${tensor}“ ist ${shape(is)}, sein Update ${shape(update)}.`,
  noWeights: (module) =>
    `Dem Checkpoint fehlen die Gewichte von „${module}“, die der Adapter ändert. Hole das ganze Modell oder exportiere den Adapter.`,
  zeroScale: (layer, projection) =>
    `Der Adapter von ${projection} in Schicht ${layer} des Bild-Encoders lässt sich nicht schreiben: Dort ist layer_scale des Modells 0.`,
};
