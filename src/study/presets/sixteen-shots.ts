import { dropsLayers } from '../../copra/methods/registry.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import { ablations } from './ablations.ts';
import { fewShots } from './few-shots.ts';
import type { Preset } from './preset.ts';

/** CLIP-LoRA's adapters: rank 2, ΔW = α / √r · BA with α = 1, in q, k and v of both towers. */
const ADAPTER: Partial<ArmConfig> = {
  ...{ rank: 2, alpha: 1, rsLora: true, projections: ['q', 'k', 'v'], towers: ['vision', 'text'] },
};

/** Of methods that train every layer in every step, and of those that switch layers off: docs/results.md says how they were chosen, for LoRA and for CopRA. */
const [RATE, DROPPING_RATE] = [3e-4, 1e-3];

const rateOf = ({ method }: ArmConfig): number => (dropsLayers(method) ? DROPPING_RATE : RATE);

const ablated = (id: string): ArmConfig => ablations.config.arms.find((arm) => arm.id === id)!;
const copra = ablated('copra');

/** CoTo's table r3, then CopRA with one of its two parts taken away, and with both: its ramp, and the plain LoRA of its last quarter. */
const ARMS: readonly ArmConfig[] = [
  ...['lora', 'dropout', 'progressive-25', 'stochastic-depth'].map(ablated),
  copra,
  // As many layers as CopRA has active on average: half while it drops …
  { ...copra, id: 'copra-constant', name: 'CopRA without its ramp', schedule: 'constant', p0: 0.5 },
  // … five eighths over all steps.
  { ...ablated('layer-drop'), keepProbability: 0.625 },
];

/**
 * The setting of CoTo's table r3 as far as it is known: that of CLIP-LoRA. Its 8,000 steps show an image of DTD, 16 of each of 47 classes, 340 times; as many
 * passes over 16 images of nine classes take 1,500 steps.
 */
const config: StudyConfig = {
  ...fewShots.config,
  shots: 16,
  arms: ARMS.map((arm) => ({ ...arm, ...ADAPTER, learningRate: rateOf(arm) })),
  training: { ...fewShots.config.training, steps: 1500 },
  analyses: { ...ablations.config.analyses, landscape: { enabled: true, points: 5, paths: ['factor'] } },
};

export const sixteenShots: Preset = {
  id: 'sixteen-shots',
  name: 'Sixteen images a class',
  config,
  saved: true,
};
