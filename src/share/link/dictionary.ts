/** Words that result links store in one byte. Links refer to words by position: only append entries, never change, move or remove one. At most 192 fit. */
export const DICTIONARY: readonly string[] = [
  // Names of settings.
  ...['version', 'backbone', 'task', 'shots', 'arms', 'seeds', 'training', 'analyses'],
  ...['id', 'name', 'method', 'rank', 'alpha', 'rsLora', 'projections', 'towers', 'learningRate', 'weightDecay'],
  ...['p0', 'rampFraction', 'schedule', 'granularity', 'keepProbability', 'inputDropout'],
  ...['steps', 'batchSize', 'learningRateSchedule', 'warmupSteps', 'augment', 'validateEvery'],
  ...['testImages', 'landscape', 'shapley', 'pruning', 'enabled', 'points', 'paths', 'images', 'estimator'],
  ...['permutations', 'seedsPerArm', 'sparsities', 'scopes', 'randomMasks'],
  // Values of settings.
  ...['lora', 'copra', 'layer-drop', 'lora-dropout', 'LoRA', 'CopRA', 'Layer drop', 'LoRA with dropout'],
  ...['q', 'k', 'v', 'o', 'fc1', 'fc2', 'vision', 'text', 'linear', 'sine', 'exponential', 'layer', 'module'],
  ...['cosine', 'constant', 'factor', 'product', 'exact', 'permutation', 'factors', 'update'],
  ...['running', 'complete', 'stopped', 'wasm', 'tfjs-webgpu', 'tfjs-wasm', 'tfjs-cpu', 'webgpu', 'cpu'],
  ...['emoji-clip', 'dropped', 'groups9-negative', 'groups9-swap', 'groups9-sketch', 'groups9-mosaic', 'groups9-night'],
  ...['groups9-openmoji', 'animals', 'food', 'travel'],
  ...['Emoji groups, negative', 'Emoji groups, swapped colours', 'Emoji groups, sketch', 'Emoji groups, mosaic'],
  ...[
    'Emoji groups, night',
    'Emoji groups, OpenMoji',
    'Animals and plants',
    'Food and drink',
    'Travel and places',
    'Objects',
  ],
  // Names of classes.
  ...['smileys emotion', 'people body', 'animals nature', 'food drink', 'travel places', 'activities', 'objects'],
  ...['symbols', 'flags', 'animal mammal', 'animal bird', 'animal reptile', 'animal marine', 'animal bug'],
  ...[
    'plant flower',
    'plant other',
    'food fruit',
    'food vegetable',
    'food prepared',
    'food asian',
    'food sweet',
    'drink',
  ],
  ...['dishware', 'place geographic', 'place building', 'transport ground', 'transport water', 'transport air', 'time'],
  ...['sky weather', 'clothing', 'musical instrument', 'computer', 'book paper', 'office', 'tool', 'household'],
  // Labels of pruned adapters.
  ...['all', 'none', 'even', 'odd', 'low', 'middle', 'high'],
  // Methods and settings of arms, added later.
  ...['stochastic-depth', 'progressive-dropout', 'initialDropout', 'rescale', 'loraPlusRatio', 'dora'],
  // Backbones, added later.
  'emoji-clip-2',
  // Labels of pruned adapters and devices, since format 2.
  ...['q+k', 'q+v', 'k+v', 'shapley-3', 'norm-3', 'random-3', 'shapley-6', 'norm-6', 'random-6'],
  ...['shapley-9', 'norm-9', 'random-9', 'WebAssembly SIMD, 1 thread', 'WebAssembly SIMD, 2 threads'],
  ...['WebAssembly SIMD, 4 threads', 'WebAssembly SIMD, 8 threads', 'WebAssembly SIMD, 16 threads'],
];
