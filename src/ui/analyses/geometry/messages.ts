/** The words of adapters as points, and of the distances between them. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const GEOMETRY_WORDS = catalogue('geometry', {
  /** By what the vectors are of. */
  message: {
    updates: 'Every point is an adapter; near ones changed the weights alike.',
    factors: 'Every point is an adapter; near ones have like factors, as those of one seed have from the start.',
  },
  help: {
    vectors:
      'Every adapter is one long vector: of all its A and B, or of all its updates ΔW = s·B·A. t-SNE puts vectors with small distances near one another. It keeps neighbourhoods, not distances: the size of a gap or of a group means nothing, and another perplexity or seed draws another picture. The matrices show the distances and angles themselves.',
    runs: 'Equal seeds begin with the same A and with B = 0, so runs of all arms start in one place per seed. Points of a run are joined in the order of its steps; the trained adapter is the large one.',
    rates: 'The larger it is, the higher the learning rate of its arm.',
    factors:
      'A and B are not unique: B·P and P⁻¹·A are the same update. Runs of one seed have the start of A in common, which brings them together in A and B whatever they learned; ΔW does not have this.',
  },
  /** What the figure leaves DoRA arms out of. */
  distances: 'the distances between adapters',
  tooFew: (needed: number, has: number): string => `t-SNE needs ${counted(needed, 'adapter')}; the study has ${has}.`,
  adapters: (count: number): string => counted(count, 'adapter'),
  embedding: (perplexity: number, seed: number): string => `t-SNE, perplexity ${perplexity}, seed ${seed}`,
  perplexity: 'Perplexity',
  perplexityLabel: 't-SNE: perplexity',
  pictureSeed: 'Seed of the picture',
  pictureSeedLabel: 't-SNE: seed',
  spaces: { label: 'Adapters as points: vectors of', factors: 'A and B', updates: 'ΔW' },
  views: { label: 'Adapters as points: view', points: 't-SNE', distance: 'Distance', cosine: 'Cosine' },
  awaited: 'How the adapters of all runs lie relative to one another appears here when training is done.',
  off: 'Switch on Distances under Analyses, or choose the preset Geometry, to see how adapters lie relative to one another.',
  seed: (seed: number): string => `seed ${seed}`,
  /** In the legend. */
  marks: 'hollow: start of training, large: trained',
  /** A run, and a place on its way; null is its end. */
  run: (arm: string, seed: number): string => `${arm}, seed ${seed}`,
  place: (run: string, step: number | null): string => `${run}, ${step === null ? 'trained' : `step ${step}`}`,
  /** A cell of the matrix. */
  pair: (one: string, other: string, value: string): string => `${one} and ${other}: ${value}`,
  pretrained: 'pretrained',
  head: ['Adapter', 'Other adapter', 'A, B: cosine', 'distance', 'ΔW: cosine', 'distance'],
  relations: {
    title: 'Distances between trained adapters',
    caption:
      'Mean ± standard deviation over pairs (of the last rows over runs). The pretrained model is the adapter zero, to which there is no angle.',
    head: ['Of two adapters', 'A, B: cosine', 'A, B: distance', 'ΔW: cosine', 'ΔW: distance'],
    kinds: {
      'other seed': 'same method, other seed',
      'other method': 'same seed, other method',
      pretrained: 'trained, pretrained',
    },
    row: (arms: readonly string[], kind: string): string => `${arms.join(', ')}: ${kind}`,
  },
  caption: {
    /** What the vectors are of. */
    spaces: { updates: 'ΔW', factors: 'A and B' },
    /** The same, of a length: A does not begin at 0. */
    starts: { updates: 'ΔW', factors: 'A and B, their random start included' },
    seeds: (space: string, cosines: string): string =>
      `Cosine between trained adapters in ${space}: of one method and different seeds ${cosines}`,
    methods: (cosines: string): string => `of one seed and different methods ${cosines}`,
    distances: (space: string, distances: string): string =>
      `distance from the pretrained model in ${space}: ${distances}`,
    over: (seeds: string): string => `${seeds}, mean ± standard deviation`,
  },
});
