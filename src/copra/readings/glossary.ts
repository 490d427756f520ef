/** The words that the page uses and does not explain where they stand. Text only; the page finds them by itself. */

interface TermEntry {
  /** As in the list of all words. */
  readonly name: string;
  /** How it is written in sentences; absent: the name and, for words, its plural with s. In lower case, unless case matters. */
  readonly forms?: readonly string[];
  /** What it means, in one or two sentences without other difficult words. */
  readonly text: string;
}

/** By id, in alphabetical order of the names. Ids are the anchors of docs/glossary.md. */
export const GLOSSARY = {
  adapter: {
    name: 'Adapter',
    text: 'What training adds to the frozen model: two thin matrices A and B in every adapted layer.',
  },
  arm: {
    name: 'Arm',
    text: 'One way of training in a study, such as LoRA or CopRA. All arms see the same images in the same order.',
  },
  backbone: {
    name: 'Backbone',
    text: 'The frozen model that adapters are added to. Alone it is the starting point: nothing was trained on these images.',
  },
  barrier: {
    name: 'Barrier',
    text: 'How far accuracy falls below the straight line between two adapters while one is blended into the other. 0 means that they can be averaged without loss.',
  },
  chance: { name: 'Chance', text: 'The accuracy of guessing: one divided by the number of classes.' },
  chord: {
    name: 'Chord',
    text: 'The straight line between the accuracies of two adapters: where a blend of them would be if nothing were lost.',
  },
  coalition: {
    name: 'Coalition',
    text: 'A set of layers that are on together, while all others are off.',
  },
  credit: {
    name: 'Credit',
    text: 'What a layer contributes to the accuracy: its Shapley value.',
  },
  deltaW: {
    name: 'ΔW',
    text: 'The update of a layer: B·A, what its adapter adds to the frozen weights.',
  },
  dirichlet: {
    name: 'Dirichlet',
    text: 'A random way to share images out among clients. The smaller α is, the more uneven the shares are.',
  },
  domain: {
    name: 'Domain',
    text: 'A look that pictures have, such as photo negatives or another artwork style.',
  },
  rank: {
    name: 'Effective rank',
    forms: ['effective rank', 'effective ranks', 'stable rank'],
    text: 'In how many directions an update changes a layer, counted by how strong they are.',
  },
  ensemble: {
    name: 'Ensemble',
    text: 'Several runs answer together, and their answers are averaged. Nothing is merged, so it costs as much as all of them.',
  },
  factorPath: {
    name: 'Factor path',
    text: 'From one adapter to another by blending A with A and B with B, as merging LoRA files does.',
  },
  gain: {
    name: 'Gain kept',
    forms: ['gain kept', 'gain'],
    text: 'The gain is what training adds to the accuracy of the backbone. Gain kept is the share of it that is left after layers are switched off or adapters are averaged.',
  },
  interval: {
    name: '95 % interval',
    forms: ['95 % interval', '95 % intervals'],
    text: 'The range that would hold the true value in 95 of 100 such studies. If an interval of a difference contains 0, it is not clear that there is a difference.',
  },
  midpoint: {
    name: 'Midpoint',
    forms: ['midpoint', 'midpoints', 'half-way'],
    text: 'The average of two adapters: half-way from one to the other.',
  },
  nats: {
    name: 'Nats',
    forms: ['nats'],
    text: 'The unit of the loss: how surprised the model is by the right answer. Lower is better.',
  },
  norm: { name: '‖ΔW‖', text: 'How large an update is: the length of all its entries together.' },
  points: {
    name: 'Points',
    forms: ['points'],
    text: 'Percentage points: from 60 % to 63 % are 3 points.',
  },
  productPath: {
    name: 'Product path',
    text: 'From one adapter to another by blending their updates B·A.',
  },
  samplingError: {
    name: 'Sampling error',
    text: 'How much an accuracy would change by itself if other test images had been drawn.',
  },
  seed: {
    name: 'Seed',
    text: 'The number that fixes all chance in a run: where training starts, the order of the images, which layers are off. Runs with other seeds show how much is luck.',
  },
  shapley: {
    name: 'Shapley value',
    text: 'A fair share of the accuracy for every layer: what it adds to a set of other layers, averaged over all sets.',
  },
  deviation: {
    name: 'Standard deviation',
    text: 'How far single values usually lie from their mean.',
  },
  standardError: {
    name: 'Standard error',
    text: 'How far a mean usually lies from the true one.',
  },
  validation: {
    name: 'Validation',
    text: 'Checking on images that are neither trained on nor used for the final test.',
  },
  zeroShot: {
    name: 'Zero-shot',
    text: 'The backbone without training: it compares pictures with the names of the classes.',
  },
} as const satisfies Readonly<Record<string, TermEntry>>;

export type TermId = keyof typeof GLOSSARY;

/** By id, widened: some entries list their forms, others are found by their names. */
const ENTRIES: readonly (readonly [TermId, TermEntry])[] = (Object.keys(GLOSSARY) as TermId[]).map((id) => [
  id,
  GLOSSARY[id],
]);

const isWord = (name: string): boolean => /^[A-Z][a-z]/.test(name);

/** In lower case for words; names like ΔW as they are. */
function formsOf({ name, forms }: TermEntry): readonly string[] {
  if (forms) return forms;
  return isWord(name) ? [name.toLowerCase(), `${name.toLowerCase()}s`] : [name];
}

/** Every form with its term. */
const TERMS: ReadonlyMap<string, TermId> = new Map(
  ENTRIES.flatMap(([id, entry]) => formsOf(entry).map((form) => [form.toLowerCase(), id] as const)),
);

/** Longer forms first: "gain kept" before "gain". Spaces may be no-break spaces. */
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}‖])(?:${[...TERMS.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((form) => form.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', '[ \\u00a0]'))
    .join('|')})(?![\\p{L}\\p{N}‖])`,
  'giu',
);

/** A piece of a text; `term` where it is a word of the glossary. */
interface Piece {
  readonly text: string;
  readonly term: TermId | null;
}

/**
 * Cuts a text at the words of the glossary. The pieces joined are the text.
 * @param known terms that need no explanation any more, because they occurred before; those found are added
 */
export function glossed(text: string, known: Set<TermId>): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const [found] = match;
    const term = TERMS.get(found.replaceAll('\u00a0', ' ').toLowerCase());
    if (term === undefined || known.has(term)) continue;
    known.add(term);
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), term: null });
    pieces.push({ text: found, term });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), term: null });
  return pieces;
}
