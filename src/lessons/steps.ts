/** Lessons and their steps by id, in order: everything a link can name, known before the lessons themselves load. The names are part of addresses. */
export const LESSON_STEPS: Readonly<Record<string, readonly string[]>> = {
  picture: ['decide', 'learned', 'mistakes', 'camera'],
  lora: ['backbone', 'factors', 'start', 'train', 'carry'],
  'two-seeds': ['average', 'why', 'copra', 'compare', 'run'],
  shapley: ['question', 'by-hand', 'sum', 'twelve', 'run'],
  pruning: ['gain', 'layers', 'weights', 'run'],
  merging: ['clients', 'rules', 'train', 'merge', 'tasks'],
  honest: ['regimes', 'map', 'pictures', 'seeds', 'paired', 'control', 'run', 'checklist'],
};
