/** The words of backbones: their facts, where they come from, and their prompts. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

/** @param limit that holds; null: none */
const boundStays = (limit: string | null): string =>
  limit === null ? 'There is no bound.' : `The bound stays at ${limit}.`;

export const BACKBONE_WORDS = catalogue('backbone', {
  take: 'Use',
  get: 'Get',
  takeThis: (name: string) => `Use ${name}`,
  getThis: (name: string) => `Get ${name}`,
  /** @param size to fetch @param memory it needs @param time of a step; null while it is not known @param licence null where none is named */
  costs: (size: string, memory: string, time: string | null, licence: string | null) =>
    `${size} to fetch · memory about ${memory}${time === null ? '' : ` · step about ${time}`} · licence ${licence ?? 'none on its card'}`,
  lacksFiles: 'That folder holds no model: it needs config.json and a .safetensors file.',
  studyAsSet: (runs: number, images: number) =>
    `Memory and time per step are for the study as it is set: ${counted(runs, 'run')} × ${counted(images, 'image')}. Fewer seeds, a smaller batch or a smaller input need less of both.`,
  curated: 'Backbones that work well here',
  any: 'Any CLIP, ViT or DINOv2: name on the hub, or address',
  anyPlaceholder: 'owner/name@revision',
  orDrop:
    'Or drop a model’s folder (config.json and .safetensors) on this page. Only what is needed is fetched; models and images stay on this device.',
  chooseFolder: 'Choose a model’s folder',
  hub: 'Address of the hub',
  noHub: (address: string) => `“${address}” is not an address of a hub: it starts with https://.`,
  memoryLimit: 'Memory a training may take on this device, in GB',
  memoryLimitPlaceholder: 'what the device allows',
  noAmount: (text: string, limit: string | null) =>
    `“${text}” is no amount of memory: write a number of GB, such as 2 or 1.5, or nothing. ${boundStays(limit)}`,
  /** Three digits behind a separator, of decimals or of thousands. */
  twoAmounts: (text: string, limit: string | null) =>
    `“${text}” can be read in two ways: write the number without separators between thousands, or with fewer decimals. ${boundStays(limit)}`,
  facts: {
    kind: 'Kind',
    vision: 'Vision',
    text: 'Text',
    tower: (layers: number, width: number, heads: number) =>
      `${counted(layers, 'layer')} × ${width}, ${counted(heads, 'head')}`,
    noText: 'none: a head is trained',
    input: 'Input',
    inputSize: (side: number, tokens: number) => `${side} × ${side} px, ${tokens} tokens`,
    size: 'Size',
    parameters: (parameters: string, size: string) => `${parameters} parameters, ${size}`,
    memory: 'Memory',
    memoryPlan: 'To fit it',
    memoryFor: (memory: string, runs: number, images: number) =>
      `about ${memory} for ${counted(runs, 'run')} × ${counted(images, 'image')}`,
    step: 'Step',
    stepHere: (time: string) => `about ${time} on this device`,
    licence: 'Licence',
    noLicence: 'not named',
    revision: 'Revision',
    confirmed: '· as the hub names it',
  },
  onDevice: {
    label: 'Models on this device',
    none: 'None yet: the bundled backbone is part of the page.',
    /** @param total null where it is not known */
    unfinished: (size: string, total: string | null) => `unfinished: ${size}${total === null ? '' : ` of ${total}`}`,
    inUse: ' · in use',
    continue: 'Continue',
    continueThis: (name: string) => `Continue ${name}`,
    delete: 'Delete',
    deleteThis: (name: string) => `Delete ${name}`,
    /** @param free null where it is not known */
    space: (used: string, free: string | null) =>
      `${used} in use${free === null ? '' : `, ${free} free for this page`}.`,
  },
  prompts: {
    title: 'Prompts',
    default: 'a picture of …',
    summary: (templates: number, own: number) =>
      `${counted(templates, 'template')}${own > 0 ? `, ${counted(own, 'own prompt of a class', 'own prompts of classes')}` : ''}`,
    templates: 'Templates, one per line; {} is the name of the class',
    incomplete: 'Every template needs {} where the name of the class goes.',
    averagedFrozen:
      'Several templates are averaged only while the text tower is frozen: keep one, or let the arms adapt the vision tower only.',
    averaged: 'The features of the templates are averaged for every class.',
    ofOne: 'Prompt of one class',
    back: 'Back to the default prompts',
  },
  transfer: {
    getting: (name: string) => `Getting ${name}`,
    starting: 'starting',
    describe: 'reading its description',
    weights: 'fetching',
    check: 'checking',
    soFar: (phase: string, done: string) => `${phase}: ${done}`,
    of: (phase: string, done: string, total: string) => `${phase} ${done} of ${total}`,
    left: (time: string) => `${time} left`,
    cancel: 'Cancel',
  },
});
