/** The settings of an arm besides its id, name and method. */
import { DEFAULT_INITIAL_DROPOUT } from '../../../copra/methods/method.ts';
import { dropsLayers, METHODS, methodOf } from '../../../copra/methods/registry.ts';
import { PROJECTIONS, TOWERS } from '../../../core/adapter-layout.ts';
import { choice, counts, many, number, onOff, rowsOf } from './rows.ts';

/** A decade below and above a rate, in half decades. */
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
    min: 0.001,
    max: 1024,
    usual: 4,
    sweep: { scale: 'log', values: () => [1, 2, 4, 8, 16] },
  }),
  rsLora: onOff({
    label: 'rsLoRA',
    query: 'rslora',
    usual: false,
  }),
  projections: many({
    label: 'Projections',
    query: 'projections',
    options: PROJECTIONS,
    usual: ['q', 'k', 'v'],
  }),
  towers: many({
    label: 'Towers',
    query: 'towers',
    options: TOWERS,
    usual: ['vision'],
  }),
  learningRate: number({
    label: 'Learning rate',
    short: 'lr',
    query: 'lr',
    min: 1e-6,
    max: 1,
    usual: 3e-3,
    sweep: { scale: 'log', values: aroundRate },
  }),
  weightDecay: number({
    label: 'Weight decay',
    short: 'decay',
    query: 'weight-decay',
    min: 0,
    max: 1,
    usual: 0.01,
    sweep: { scale: 'linear', values: () => [0, 0.01, 0.1] },
  }),
  p0: number({
    label: 'Initial p₀',
    short: 'p₀',
    query: 'p0',
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
    min: 0.01,
    max: 1,
    step: 0.01,
    usual: 0.75,
    sweep: { scale: 'linear', values: () => [0.25, 0.5, 0.75, 1] },
  }),
  rampSlope: number({
    label: 'Ramp over depth',
    short: 'slope',
    query: 'ramp-slope',
    optional: true,
    min: -1,
    max: 1,
    step: 0.05,
    usual: 0,
    sweep: { scale: 'linear', values: () => [-0.5, 0, 0.5] },
  }),
  schedule: choice({
    label: 'Ramp schedule',
    short: 'schedule',
    query: 'schedule',
    options: { linear: 'linear', sine: 'sine', exponential: 'exponential', constant: 'constant' },
    usual: 'linear',
  }),
  granularity: choice({
    label: 'Granularity',
    query: 'granularity',
    options: { layer: 'layer', module: 'projection' },
    usual: 'layer',
  }),
  keepProbability: number({
    label: 'Keep probability',
    short: 'p',
    query: 'keep',
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
    min: 0,
    max: 0.9,
    step: 0.01,
    usual: 0.25,
    sweep: { scale: 'linear', values: () => [0.1, 0.25, 0.5] },
  }),
  initialDropout: number({
    label: 'Initial dropout',
    query: 'dropout-start',
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
    optional: true,
    usual: false,
  }),
  rateByActivity: onOff({
    label: 'Rate divided by activity',
    query: 'rate-by-activity',
    optional: true,
    usual: false,
    when: ({ method }) => dropsLayers(method),
  }),
  loraPlusRatio: number({
    label: 'LoRA+ ratio',
    short: 'ratio',
    query: 'loraplus',
    optional: true,
    min: 0.01,
    max: 1000,
    usual: 1,
    sweep: { scale: 'log', values: () => [1, 4, 16] },
  }),
  dora: onOff({
    label: 'DoRA',
    query: 'dora',
    optional: true,
    usual: false,
  }),
  samRadius: number({
    label: 'SAM radius',
    short: 'ρ',
    query: 'sam',
    optional: true,
    min: 0,
    max: 10,
    usual: 0,
    sweep: { scale: 'linear', values: () => [0, 0.02, 0.05, 0.1, 0.2] },
  }),
  take: choice({
    label: 'Adapter taken',
    short: 'take',
    query: 'take',
    optional: true,
    options: {
      last: 'last',
      average: 'mean of last',
      updates: 'equal updates',
      loss: 'equal loss',
    },
    usual: 'last',
  }),
  averageShare: number({
    label: 'Averaged share',
    short: 'share',
    query: 'average-share',
    optional: true,
    min: 0.05,
    max: 1,
    step: 0.05,
    usual: 0.25,
    when: ({ take }) => take === 'average',
    sweep: { scale: 'linear', values: () => [0.1, 0.25, 0.5] },
  }),
};

export type ArmSettingKey = keyof typeof ARM_SETTINGS;
/** Keys and rows in the order of the table. */
export const ARM_ROWS = rowsOf(ARM_SETTINGS);

const OF_METHODS: readonly string[] = METHODS.flatMap(({ settings }) => settings);

/** Whether the setting applies to the method. A setting that some methods list applies to those methods; any other applies to all. */
export const matters = (key: ArmSettingKey, method: string): boolean =>
  !OF_METHODS.includes(key) || (methodOf(method).settings as readonly string[]).includes(key);

/** Whether the setting has an effect in an arm: it applies to its method, and the settings beside it do not switch it off. @param arm with all of its settings */
export const reads = (
  key: ArmSettingKey,
  arm: Readonly<Record<string, unknown>> & { readonly method: string },
): boolean => matters(key, arm.method) && counts(ARM_SETTINGS[key], arm);

/**
 * "Adapter taken: mean of last": the choice that gives the setting an effect in an arm whose method knows it; null where nothing has to, or none does.
 * @param arm with all of its settings
 */
export function switchedOnBy(
  key: ArmSettingKey,
  arm: Readonly<Record<string, unknown>> & { readonly method: string },
): string | null {
  if (!matters(key, arm.method) || reads(key, arm)) return null;
  const choices = ARM_ROWS.flatMap(([own, row]) =>
    row.kind === 'choice'
      ? Object.entries<string>(row.options).map(([option, name]) => ({ own, row, option, name }))
      : [],
  );
  const found = choices.find(({ own, option }) => reads(key, { ...arm, [own]: option }));
  return found ? `${found.row.label}: ${found.name}` : null;
}
