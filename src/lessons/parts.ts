/** The parts of the page that lessons point at and teachers hide or lock. Their names are part of addresses: never rename one. */
export const PAGE_PARTS = [
  'presets',
  'device',
  'share',
  'task',
  'arms',
  'seeds',
  'training',
  'analyses',
  'backbone',
  'run',
  'tape',
  'curves',
  'gpu',
  'class',
  'summary',
  'landscape',
  'shapley',
  'layers',
  'weights',
  'plane',
  'points',
  'merging',
  'federated',
  'sweep',
  'many-tasks',
  'adapters',
  'strategy',
  'hand',
  'domains',
  'map',
  'interactions',
  'layer-sets',
] as const;

export type PagePart = (typeof PAGE_PARTS)[number];

export const isPagePart = (text: string): text is PagePart => (PAGE_PARTS as readonly string[]).includes(text);
