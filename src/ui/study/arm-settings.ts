/** The settings of an arm as data: names, explanations, ranges. The controls are drawn from this table. */
import type { CompleteArm } from '../../study/config.ts';
import type { Option } from '../controls/Choice.tsx';

type NumberKey =
  | 'rank'
  | 'alpha'
  | 'learningRate'
  | 'weightDecay'
  | 'loraPlusRatio'
  | 'p0'
  | 'rampFraction'
  | 'keepProbability'
  | 'inputDropout'
  | 'initialDropout';
type ChoiceKey = 'schedule' | 'granularity';
type ManyKey = 'projections' | 'towers';

interface Common {
  readonly label: string;
  readonly help: string;
}

export type ArmSetting =
  | (Common & {
      readonly kind: 'number';
      readonly key: NumberKey;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    })
  | (Common & { readonly kind: 'choice'; readonly key: ChoiceKey; readonly options: readonly Option<string>[] })
  | (Common & { readonly kind: 'many'; readonly key: ManyKey; readonly options: readonly Option<string>[] })
  | (Common & { readonly kind: 'switch'; readonly key: 'rsLora' | 'rescale' | 'dora' });

/** Settings of every method. */
export const LORA_SETTINGS: readonly ArmSetting[] = [
  {
    kind: 'number',
    key: 'rank',
    label: 'Rank r',
    min: 1,
    max: 64,
    step: 1,
    help: 'Width of the factors A and B. A higher rank can express larger changes and costs more memory.',
  },
  {
    kind: 'number',
    key: 'alpha',
    label: 'Alpha α',
    min: 0.001,
    max: 1024,
    help: 'Strength of the update: B·A is multiplied by α/r, so α = r leaves it as it is.',
  },
  {
    kind: 'many',
    key: 'projections',
    label: 'Projections',
    options: ['q', 'k', 'v', 'o', 'fc1', 'fc2'].map((id) => ({ id, name: id })),
    help: 'Which linear maps of a layer get an adapter: queries, keys, values and output of attention, and the two maps of the MLP.',
  },
  {
    kind: 'many',
    key: 'towers',
    label: 'Towers',
    options: [
      { id: 'vision', name: 'vision' },
      { id: 'text', name: 'text' },
    ],
    help: 'Which encoder is adapted. With the vision tower alone, class prompts are encoded once and stay fixed.',
  },
  {
    kind: 'number',
    key: 'learningRate',
    label: 'Learning rate',
    min: 0.000001,
    max: 1,
    help: 'Peak step size of AdamW. Too high and training diverges, too low and it does not arrive.',
  },
  {
    kind: 'number',
    key: 'weightDecay',
    label: 'Weight decay',
    min: 0,
    max: 1,
    help: 'Pulls factors towards zero at every step in which they are active.',
  },
  {
    kind: 'switch',
    key: 'rsLora',
    label: 'Scale by α/√r',
    help: 'Rank-stabilised LoRA: scales by α/√r instead of α/r, which keeps high ranks from learning more slowly.',
  },
  {
    kind: 'number',
    key: 'loraPlusRatio',
    label: 'LoRA+ ratio',
    min: 0.01,
    max: 1000,
    help: 'B learns at so many times the learning rate of A. 1 is plain LoRA; LoRA+ (Hayou et al., 2024) takes 16 as a start.',
  },
  {
    kind: 'switch',
    key: 'dora',
    label: 'DoRA',
    help: 'Every adapted map also learns how long its rows are: B·A then changes their directions only (Liu et al., 2024). Its updates are not of low rank, so what merges, interpolates or prunes updates leaves such an arm out.',
  },
];

/** Settings that only some methods read; the method registry says which. */
export const METHOD_SETTINGS: readonly ArmSetting[] = [
  {
    kind: 'choice',
    key: 'schedule',
    label: 'Ramp',
    options: [
      { id: 'linear', name: 'linear' },
      { id: 'sine', name: 'sine' },
      { id: 'exponential', name: 'exponential' },
    ],
    help: 'Shape in which the activation probability rises from p₀ to 1, or input dropout falls to its final share.',
  },
  {
    kind: 'number',
    key: 'p0',
    label: 'Start p₀',
    min: 0,
    max: 1,
    step: 0.01,
    help: 'Activation probability at the first step. The paper’s figures start at 0, its code at 0.1.',
  },
  {
    kind: 'number',
    key: 'rampFraction',
    label: 'Ramp share',
    min: 0.01,
    max: 1,
    step: 0.01,
    help: 'Share of the steps over which p rises (or dropout falls); what follows is plain LoRA.',
  },
  {
    kind: 'choice',
    key: 'granularity',
    label: 'Drops',
    options: [
      { id: 'layer', name: 'layers' },
      { id: 'module', name: 'projections' },
    ],
    help: 'What switches together: all adapted projections of a layer, or every projection on its own.',
  },
  {
    kind: 'number',
    key: 'keepProbability',
    label: 'Keep p',
    min: 0,
    max: 1,
    step: 0.01,
    help: 'Probability with which a layer is active, the same at every step. With stochastic depth it is that of the last layer.',
  },
  {
    kind: 'switch',
    key: 'rescale',
    label: 'Divide by p',
    help: 'While a layer is active in training, its branch is divided by the probability that it is, so that the mean over all masks is the whole branch. The papers do not; without it, layers that were trained in small groups overshoot when all are on.',
  },
  {
    kind: 'number',
    key: 'initialDropout',
    label: 'Dropout at start',
    min: 0,
    max: 0.9,
    step: 0.01,
    help: 'Share of the inputs of A that is zeroed at the first step; it falls to the input dropout along the ramp.',
  },
  {
    kind: 'number',
    key: 'inputDropout',
    label: 'Input dropout',
    min: 0,
    max: 0.9,
    step: 0.01,
    help: 'Share of the inputs of A that is zeroed at random during training. With progressive dropout it is the share after the ramp.',
  },
];

export function valueText(arm: CompleteArm, setting: ArmSetting): string {
  const value = arm[setting.key];
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (setting.kind === 'choice') return setting.options.find(({ id }) => id === value)?.name ?? String(value);
  return String(value);
}
