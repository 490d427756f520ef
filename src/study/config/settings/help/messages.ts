/**
 * What every setting means, by its query key. Separate from the rows, because schema and addresses need the rows before first paint, and explanations are read
 * only after opening a fold.
 */
import { catalogue } from '../../../../core/language/catalogue.ts';
import type { SettingQuery } from '../query.ts';

export type Meanings = Readonly<Record<string, string>>;

const HELP: Readonly<Record<SettingQuery, string>> = {
  rank: 'Width r of the factors A and B. A higher rank can express larger changes and costs more memory.',
  alpha: 'Strength α of the update: B·A is multiplied by α/r, so α = r leaves it as it is.',
  rslora: 'Rank-stabilised LoRA: scales by α/√r instead of α/r, which keeps high ranks from learning more slowly.',
  projections:
    'Which linear maps of a layer get an adapter: queries, keys, values and output of attention, and the two maps of the MLP.',
  towers: 'Which tower is adapted. With the vision tower alone, class prompts are encoded once and stay fixed.',
  lr: 'Peak step size of AdamW. Too high and training diverges, too low and it does not get there in time.',
  'weight-decay': 'Pulls factors towards zero at every step in which they are active.',
  p0: 'Activation probability at the first step. The paper’s figures start at 0, its code at 0.1.',
  ramp: 'Share of the steps over which p rises (or dropout falls); CopRA is plain LoRA after it, progressive dropout keeps its final share.',
  'ramp-slope':
    'How much later the ramp of a deeper layer ends: with 0 all end at once, with 0.5 that of the last layer after one and a half times the ramp fraction, at most at the last step. Negative: earlier.',
  schedule:
    'Shape in which the activation probability rises from p₀ to 1, or input dropout falls to its final share. With “constant” nothing changes until the ramp ends: a control that drops as CopRA does, without its ramp.',
  granularity: 'What switches together: all adapted projections of a layer, or every projection on its own.',
  keep: 'Probability with which a layer is active, the same at every step. With stochastic depth it is that of the last layer.',
  dropout:
    'Share of the inputs of A that is zeroed at random during training. With progressive dropout it is the share after the ramp.',
  'dropout-start':
    'Share of the inputs of A that is zeroed at the first step; it falls to the input dropout along the ramp.',
  rescale:
    'While a layer is active in training, its branch is divided by the probability that it is, so that the mean over all masks is the whole branch. The papers do not; without it, layers that were trained in small groups overshoot when all are on.',
  'rate-by-activity':
    'The learning rate of a step is divided by the share of the layers that is active in it on average, at least by a tenth: what trains less often takes larger steps.',
  loraplus:
    'B learns at so many times the learning rate of A. 1 is plain LoRA; LoRA+ (Hayou et al., 2024) suggests 16 to start from.',
  dora: 'Every adapted map also learns how long its rows are: B·A then changes their directions only (Liu et al., 2024). Its updates are not of low rank, so what merges, interpolates or prunes updates leaves such an arm out.',
  sam: 'Sharpness-aware minimisation (Foret et al., 2021): every step takes the gradient not at the adapter but at that adapter moved by ρ along its gradient, whose length is over all of the run’s A and B. It looks for flat minima; 0 is off. Its steps take two passes, and about twice the time.',
  take: 'Which adapter of the training stands for the run, and is tested and analysed. All but the last are controls: they compare a method with a simpler change. Further tasks are taken in the same way, federated rounds with their last adapter.',
  'average-share':
    'So large a share of all steps is averaged, counted from the last: the factors A and B of every step, or of 20 of them at equal distances (LAWA; Kaddour, 2022).',
  steps:
    'Optimizer steps of every run. CopRA trains fewer adapters per step at first and needs enough steps to catch up: below about 1,000 its effects show less clearly.',
  shots:
    'Train on so many images of every class instead of all of them. All seeds and arms of a study train on the same ones.',
  draw: 'Which images the few are: another number draws others. Intervals are over seeds and test images. Whether a finding holds for other training images, other draws show, as in the map “Other training images”.',
  batch: 'Images per step, the same images for all arms of a seed.',
  'rate-schedule': 'How the learning rate changes: cosine falls to zero at the last step; constant stays at the peak.',
  warmup: 'Steps over which the learning rate rises from zero.',
  augment: 'Random rotation, scale, shift and colour of training images; test images are never changed.',
  'validate-every':
    'Steps between two points of the accuracy curve. A run has six points at least: where this is more than a sixth of its steps, a sixth is taken.',
  'test-images':
    'Upper limit of the test images of everything that is tested, the accuracy of every run included; Shapley values take fewer. Fewer images are faster and noisier.',
  snapshots:
    'How many adapters of a run are kept, equally spaced from its first to its trained one. Plane and distances show the way between them.',
  landscape: 'Accuracy and loss between the adapters of every pair of seeds.',
  'landscape-points': 'Equally spaced points of every path, its two ends included.',
  'landscape-paths': 'What is interpolated: the factors A and B, or the updates B·A.',
  'landscape-alignments':
    'The factor path also after the factors of the second seed were brought near to those of the first: rotated, and by the best invertible P. The updates stay as they are.',
  'landscape-train-images':
    'All paths also on the first of the training images, without augmentation. Barriers there tell a gap of generalisation from one of optimisation.',
  'along-training':
    'Every run tested at steps of its training, with everything and with every other layer on, and the factor path between every two seeds.',
  'along-training-steps':
    'How many adapters of a run are tested, the trained one included. They lie closer together early in training.',
  'along-training-points':
    'Points of every path at every step, its two ends included. With 3 the barrier is taken at the midpoint alone.',
  timing:
    'How long a step of every run takes on its own. In the study all runs train together, where their times cannot be told apart, so some steps are done again, one run at a time.',
  'timing-steps':
    'How many steps of every run are timed, from the middles of equal parts of its training. Each is done five times, and the least of the times counts.',
  plane: 'Accuracy and loss over the plane through three adapters of an arm, or through two and the backbone.',
  'plane-points': 'The grid is a square: twice as many points per side take four times as long.',
  geometry:
    'Distances and angles between the adapters of all runs, as factors and as updates, and a picture of them (t-SNE).',
  spectra:
    'Singular values of every update ΔW: how many directions share it, how many of those are new to the frozen weight, and how far the factors of two seeds are from a rotation of one another.',
  'spectra-directions':
    'How many leading singular directions of W + ΔW are held against those of W. 0 leaves it out: a frozen weight has to be decomposed for it, which takes seconds per projection for backbones of width 768.',
  'spectra-threshold':
    'A direction is an intruder if its cosine with every singular direction of W is smaller. The paper (Shuttleworth et al., 2024) takes 0.5.',
  sharpness:
    'Loss and accuracy when every A and B is moved at random by a share of its own length, in the same directions for all runs.',
  'sharpness-radii': 'Lengths of the perturbations, as shares of the length of every A and every B.',
  'sharpness-directions': 'How many random directions are tried; the figure shows their mean.',
  'sharpness-train-images': 'The same on the first of the training images, without augmentation; 0 leaves them out.',
  shapley: 'What every layer contributes, by trying coalitions of layers.',
  'shapley-images': 'Test images on which coalitions are judged. Cost grows in proportion.',
  'shapley-estimator':
    'Exact values try all 2ⁿ coalitions of n players, up to 16 of them and 12 of a tower; the others try some coalitions and report the error that follows. With more players odd order 3 stands in for exact.',
  'shapley-permutations': 'More orders, smaller error: it falls with the square root.',
  'shapley-evaluations': 'How many coalitions every sampled estimate may evaluate. More coalitions, smaller error.',
  'shapley-players':
    'Who is switched on and off: whole layers, or every adapted projection of every layer. Projections are mostly too many for exact values.',
  'shapley-evolution':
    'Also analyses the adapters as they are after the first and second third of the steps: three times the work.',
  'shapley-seeds': 'How many runs of every arm are analysed; the rest is skipped.',
  pruning: 'Accuracy with layers switched off and with weights set to zero.',
  sparsities:
    'The smallest weights are set to zero up to each of these shares; without any, only layers are switched off.',
  'pruning-scopes':
    'Among which weights the smallest are sought: all entries of A and B together, those of the update B·A, or every tensor on its own.',
  'random-masks': 'Masks that switch layers off at random, for every number of layers that a ranking switches off.',
  domains:
    'Accuracy on domains that no run was trained on, beside that of the backbone: what training gives there, and what it costs.',
  'test-domains':
    'The classes of the task, transformed or drawn in another style; of bundled tasks only concepts that are not trained on, of your own images their test images transformed. Domains that are held out of your images, and data sets added to them (under Task), are tested besides. The domain of the task itself is always tested too.',
  'domain-images':
    'How many test images of every other domain are used, at most. On the domain of the task itself all tested images are.',
  'domain-paths': 'The paths between two seeds along which the domains are tested.',
  'domain-points': 'Adapters on every path, both ends included.',
  'domain-orders':
    'Random orders in which the layers are switched on; a quarter, a half and three quarters of them are tested. Every second order is the reverse of the one before.',
  'domain-scales':
    'Every run is also tested with its update scaled by s, at so many equally spaced s between 0 (the backbone) and 1 (the run): weight interpolation (WiSE-FT), which costs no training. Arms are then compared at equal accuracy on the task. 0: none. Runs with DoRA are left out.',
  merging: 'All seeds of an arm merged into one adapter, in every way there is, against single runs and an ensemble.',
  'merging-factors': 'Tried by the methods that scale the merged update: 1 is the mean of the runs, K the sum of K.',
  'merging-density':
    'The share of the entries that TIES, DARE and magnitude merging keep. The published values lie between 0.1 and 0.5.',
  federated:
    'The arms trained again by clients with images of their own, whose adapters are aggregated round by round.',
  'federated-clients': 'Parts into which the training images are divided.',
  'federated-rounds': 'How often the server makes one adapter of those of the clients.',
  'federated-steps':
    'Steps of every client between two rounds; batch size and augmentation are those under Training. With rounds × local steps equal to the steps under Training, the figure compares with the ordinary run.',
  'federated-partition':
    'Which client holds which images: random parts of every class, or artwork styles of its own. The styles of your own images are not known.',
  'federated-alpha': 'Concentration of the Dirichlet distribution: 0.1 is very uneven, 100 nearly even.',
  'federated-rules': 'How the server aggregates; every rule is trained on its own.',
  'federated-participation': 'Share of the clients that take part in a round, drawn anew every time.',
  'federated-seeds': 'How many of the study’s seeds are federated, from the first on.',
  'many-tasks':
    'The arms are also trained on further tasks, one adapter per task; these are merged into one and tested on all tasks.',
  'merged-tasks':
    'Four bundled tasks: animals, food, travel and objects; the study’s own runs serve where its task is among them. Or the classes of the chosen task, also of your own images, divided into parts: by what stands before a slash where every class is named “part/class”, else into groups of neighbours.',
  'task-parts':
    'Into how many tasks the classes are divided, at least two classes each. Names of the form “part/class” decide for themselves.',
};

/** What single values of a setting mean, where their names do not explain it. */
const MEANINGS: { readonly [K in SettingQuery]?: Meanings } = {
  take: {
    last: 'As it is after the last step.',
    average: 'The mean of A and of B over the last steps (SWA, LAWA).',
    updates:
      'As it is once it has had as many updates of its A and B as the first arm of another method with the same seed has in all. The schedule of the learning rate stays that of all steps.',
    loss: 'As it is at the first of 32 steps, equally spaced, at which its training loss is at or below that with which the first arm of another method ends, for the same seed; a loss is the mean over a twentieth of the steps. The last where it never is.',
  },
  'shapley-estimator': {
    exact: 'Every coalition; up to 16 players, 12 of a tower.',
    odd: 'Regression on pairs with all triples: the most exact of the sampled ones.',
    kernel: 'Regression on pairs of complementary coalitions.',
    owen: 'Every layer flipped in coalitions of random size, as in the papers’ argument.',
    permutation: 'Random orders in which the layers join, and their reverses.',
  },
  'shapley-players': {
    layer: 'All projections of a layer together.',
    module: 'q, k, v, … of every layer on their own: a heat map.',
  },
};

export const SETTING_HELP = catalogue('settingHelp', {
  help: HELP,
  meanings: MEANINGS,
  /** What a rule of aggregation does, and whether the result is the average of the updates. */
  exact: (rule: string): string => `${rule} Exact.`,
  notExact: (rule: string): string => `${rule} Not exact.`,
});
