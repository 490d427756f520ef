/** What an edited study would change against the one whose result is shown: the words beside the run button. */
import { counted } from '../core/counted.ts';
import { BUNDLED_TASKS } from '../data/tasks.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../study/config.ts';
import { DEFAULT_SNAPSHOTS } from '../study/snapshots.ts';

export interface ConfigChange {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** Training changes alter every number; analysis changes leave the trained adapters as they would be. */
  readonly affects: 'training' | 'analyses';
}

const ARM_LABELS: Record<Exclude<keyof ArmConfig, 'id'>, string> = {
  name: 'name',
  method: 'method',
  rank: 'rank',
  alpha: 'α',
  rsLora: 'rsLoRA scale',
  projections: 'projections',
  towers: 'towers',
  learningRate: 'learning rate',
  weightDecay: 'weight decay',
  p0: 'p₀',
  rampFraction: 'ramp',
  schedule: 'schedule',
  granularity: 'granularity',
  keepProbability: 'keep probability',
  inputDropout: 'input dropout',
  initialDropout: 'input dropout at the start',
  rescale: 'division by p',
  loraPlusRatio: 'LoRA+ ratio',
  dora: 'DoRA',
};

const TRAINING_LABELS: Record<keyof StudyConfig['training'], string> = {
  steps: 'steps',
  batchSize: 'batch size',
  learningRateSchedule: 'learning-rate schedule',
  warmupSteps: 'warm-up steps',
  augment: 'augmentation',
  validateEvery: 'validation interval',
};

/** Analyses that configurations of earlier versions do not know. */
const OPTIONAL_ANALYSES = [
  ['merging', 'merging'],
  ['federated', 'federated'],
  ['plane', 'plane'],
  ['geometry', 'distances'],
  ['multitask', 'many tasks'],
] as const;

type Value = string | number | boolean | null | readonly (string | number)[];

const show = (value: Value): string => {
  if (value === null) return 'all';
  if (value === true) return 'on';
  if (value === false) return 'off';
  if (typeof value === 'object') return value.length > 6 ? counted(value.length, 'value') : value.join(' ');
  return String(value);
};

const taskName = (id: string): string =>
  id === 'dropped' ? 'your images' : (BUNDLED_TASKS.find((task) => task.id === id)?.name ?? id);

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Settings that differ, most consequential first; empty when running would repeat the shown study. */
export function configChanges(shown: StudyConfig, edited: StudyConfig): ConfigChange[] {
  const changes: ConfigChange[] = [];
  const compare = (label: string, from: Value, to: Value, affects: ConfigChange['affects']): void => {
    if (!equal(from, to)) changes.push({ label, from: show(from), to: show(to), affects });
  };
  compare('backbone', shown.backbone, edited.backbone, 'training');
  compare('input size', shown.imageSize ?? 'its own', edited.imageSize ?? 'its own', 'training');
  if (!equal(shown.prompts, edited.prompts))
    changes.push({ label: 'prompts', from: '', to: 'changed', affects: 'training' });
  compare('task', taskName(shown.task), taskName(edited.task), 'training');
  compare('shots per class', shown.shots, edited.shots, 'training');
  for (const arm of edited.arms) {
    const before = shown.arms.find((other) => other.id === arm.id);
    if (!before) {
      changes.push({ label: 'arm', from: '–', to: arm.name, affects: 'training' });
      continue;
    }
    for (const [key, label] of Object.entries(ARM_LABELS) as [keyof typeof ARM_LABELS, string][]) {
      compare(`${arm.name} ${label}`, completeArm(before)[key], completeArm(arm)[key], 'training');
    }
  }
  for (const arm of shown.arms) {
    if (!edited.arms.some((other) => other.id === arm.id))
      changes.push({ label: 'arm', from: arm.name, to: 'removed', affects: 'training' });
  }
  compare('seeds', shown.seeds, edited.seeds, 'training');
  for (const [key, label] of Object.entries(TRAINING_LABELS) as [keyof typeof TRAINING_LABELS, string][]) {
    compare(label, shown.training[key], edited.training[key], 'training');
  }
  compare('test images', shown.analyses.testImages, edited.analyses.testImages, 'analyses');
  for (const analysis of ['landscape', 'shapley', 'pruning'] as const) {
    const before = shown.analyses[analysis];
    const after = edited.analyses[analysis];
    if (before.enabled !== after.enabled) compare(analysis, before.enabled, after.enabled, 'analyses');
    else if (!equal(before, after))
      changes.push({ label: `${analysis} settings`, from: '', to: 'changed', affects: 'analyses' });
  }
  for (const [analysis, label] of OPTIONAL_ANALYSES) {
    const [before, after] = [shown.analyses[analysis], edited.analyses[analysis]];
    if ((before?.enabled ?? false) !== (after?.enabled ?? false))
      compare(label, before?.enabled ?? false, after?.enabled ?? false, 'analyses');
    else if (after?.enabled && !equal(before, after))
      changes.push({ label: `${label} settings`, from: '', to: 'changed', affects: 'analyses' });
  }
  if (edited.analyses.plane?.enabled || edited.analyses.geometry?.enabled)
    compare(
      'adapters followed',
      shown.analyses.snapshots ?? DEFAULT_SNAPSHOTS,
      edited.analyses.snapshots ?? DEFAULT_SNAPSHOTS,
      'analyses',
    );
  return changes;
}
