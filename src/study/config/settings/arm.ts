/** The settings of an arm besides its id, name and method. */
import { DEFAULT_INITIAL_DROPOUT } from '../../../copra/methods/method.ts';
import { METHODS, methodOf } from '../../../copra/methods/registry.ts';
import { PROJECTIONS } from '../../../core/adapter-layout.ts';
import { choice, many, number, onOff, rowsOf } from './rows.ts';

/** Two tenfold steps around a rate, in halves. */
const aroundRate = (rate: number): number[] =>
  [rate / 10, rate / Math.sqrt(10), rate, rate * Math.sqrt(10), Math.min(1, rate * 10)].map((value) =>
    Number(value.toPrecision(1)),
  );

/** Usual values are method.md's regime for small models, the same for all arms unless they are the point of a comparison. */
export const ARM_SETTINGS = {
  rank: number({
    label: 'Rank',
    short: 'r',
    query: 'rank',
    help: 'Width r of the factors A and B. A higher rank can express larger changes and costs more memory.',
    min: 1,
    max: 64,
    whole: true,
    step: 1,
    usual: 4,
    sweep: { scale: 'log', values: () => [1, 2, 4, 8, 16] },
  }),
  alpha: number({
    label: 'Alpha',
    short: 'α',
    query: 'alpha',
    help: 'Strength α of the update: B·A is multiplied by α/r, so α = r leaves it as it is.',
    min: 0.001,
    max: 1024,
    usual: 4,
    sweep: { scale: 'log', values: () => [1, 2, 4, 8, 16] },
  }),
  rsLora: onOff({
    label: 'rsLoRA',
    query: 'rslora',
    help: 'Rank-stabilised LoRA: scales by α/√r instead of α/r, which keeps high ranks from learning more slowly.',
    usual: false,
  }),
  projections: many({
    label: 'Projections',
    query: 'projections',
    help: 'Which linear maps of a layer get an adapter: queries, keys, values and output of attention, and the two maps of the MLP.',
    options: PROJECTIONS,
    usual: ['q', 'k', 'v'],
  }),
  towers: many({
    label: 'Towers',
    query: 'towers',
    help: 'Which encoder is adapted. With the vision tower alone, class prompts are encoded once and stay fixed.',
    options: ['vision', 'text'],
    usual: ['vision'],
  }),
  learningRate: number({
    label: 'Learning rate',
    short: 'lr',
    query: 'lr',
    help: 'Peak step size of AdamW. Too high and training diverges, too low and it does not arrive.',
    min: 1e-6,
    max: 1,
    usual: 3e-3,
    sweep: { scale: 'log', values: aroundRate },
  }),
  weightDecay: number({
    label: 'Weight decay',
    short: 'decay',
    query: 'weight-decay',
    help: 'Pulls factors towards zero at every step in which they are active.',
    min: 0,
    max: 1,
    usual: 0.01,
    sweep: { scale: 'linear', values: () => [0, 0.01, 0.1] },
  }),
  p0: number({
    label: 'Initial p₀',
    short: 'p₀',
    query: 'p0',
    help: 'Activation probability at the first step. The paper’s figures start at 0, its code at 0.1.',
    min: 0,
    max: 1,
    step: 0.01,
    usual: 0,
    sweep: { scale: 'linear', values: () => [0, 0.1, 0.25, 0.5] },
  }),
  rampFraction: number({
    label: 'Ramp fraction',
    short: 'ramp',
    query: 'ramp',
    help: 'Share of the steps over which p rises (or dropout falls); what follows is plain LoRA.',
    min: 0.01,
    max: 1,
    step: 0.01,
    usual: 0.75,
    sweep: { scale: 'linear', values: () => [0.25, 0.5, 0.75, 1] },
  }),
  schedule: choice({
    label: 'Ramp schedule',
    short: 'schedule',
    query: 'schedule',
    help: 'Shape in which the activation probability rises from p₀ to 1, or input dropout falls to its final share.',
    options: { linear: 'linear', sine: 'sine', exponential: 'exponential' },
    usual: 'linear',
  }),
  granularity: choice({
    label: 'Granularity',
    query: 'granularity',
    help: 'What switches together: all adapted projections of a layer, or every projection on its own.',
    options: { layer: 'layer', module: 'projection' },
    usual: 'layer',
  }),
  keepProbability: number({
    label: 'Keep probability',
    short: 'p',
    query: 'keep',
    help: 'Probability with which a layer is active, the same at every step. With stochastic depth it is that of the last layer.',
    min: 0,
    max: 1,
    step: 0.01,
    usual: 0.5,
    sweep: { scale: 'linear', values: () => [0.25, 0.5, 0.75] },
  }),
  inputDropout: number({
    label: 'Input dropout',
    short: 'dropout',
    query: 'dropout',
    help: 'Share of the inputs of A that is zeroed at random during training. With progressive dropout it is the share after the ramp.',
    min: 0,
    max: 0.9,
    step: 0.01,
    usual: 0.25,
    sweep: { scale: 'linear', values: () => [0.1, 0.25, 0.5] },
  }),
  initialDropout: number({
    label: 'Initial dropout',
    query: 'dropout-start',
    help: 'Share of the inputs of A that is zeroed at the first step; it falls to the input dropout along the ramp.',
    optional: true,
    min: 0,
    max: 0.9,
    step: 0.01,
    usual: DEFAULT_INITIAL_DROPOUT,
    sweep: { scale: 'linear', values: () => [0.5, 0.7, 0.9] },
  }),
  rescale: onOff({
    label: 'Rescale by 1/p',
    query: 'rescale',
    help: 'While a layer is active in training, its branch is divided by the probability that it is, so that the mean over all masks is the whole branch. The papers do not; without it, layers that were trained in small groups overshoot when all are on.',
    optional: true,
    usual: false,
  }),
  loraPlusRatio: number({
    label: 'LoRA+ ratio',
    short: 'ratio',
    query: 'loraplus',
    help: 'B learns at so many times the learning rate of A. 1 is plain LoRA; LoRA+ (Hayou et al., 2024) takes 16 as a start.',
    optional: true,
    min: 0.01,
    max: 1000,
    usual: 1,
    sweep: { scale: 'log', values: () => [1, 4, 16] },
  }),
  dora: onOff({
    label: 'DoRA',
    query: 'dora',
    help: 'Every adapted map also learns how long its rows are: B·A then changes their directions only (Liu et al., 2024). Its updates are not of low rank, so what merges, interpolates or prunes updates leaves such an arm out.',
    optional: true,
    usual: false,
  }),
};

export type ArmSettingKey = keyof typeof ARM_SETTINGS;
/** Keys and rows in the order of the table. */
export const ARM_ROWS = rowsOf(ARM_SETTINGS);

const OF_METHODS: readonly string[] = METHODS.flatMap(({ settings }) => settings);

/** Whether arms of the method depend on the setting: what methods list is read by those that list it, anything else by all. */
export const matters = (key: ArmSettingKey, method: string): boolean =>
  !OF_METHODS.includes(key) || (methodOf(method).settings as readonly string[]).includes(key);
