/** Describes how an edited study differs from the one whose result is shown: the text beside the run button. */
import { ARM_KEYS, STUDY_KEYS, valueAt, type Key } from '../../share/config/config-keys.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../../study/config/config.ts';
import { inSentence } from '../../study/config/settings/rows.ts';
import { STUDY_STATE_WORDS } from './messages.ts';

export interface ConfigChange {
  readonly label: string;
  /** Empty where the values are too long to show. */
  readonly from: string;
  readonly to: string;
  /** Training changes affect every number; analysis changes leave the trained adapters unchanged. */
  readonly affects: 'training' | 'analyses';
}

/** Maximum length of a shown value, in characters. */
const MAX_SHOWN = 80;

/** One change; empty where the values are the same. */
export const change = (label: string, from: string, to: string, affects: ConfigChange['affects']): ConfigChange[] =>
  from === to ? [] : [inWords(label, from, to, affects)];

/** Says only that it changed where both values are called the same, or take too long to say. */
function inWords(label: string, from: string, to: string, affects: ConfigChange['affects']): ConfigChange {
  const shown = from !== to && from.length <= MAX_SHOWN && to.length <= MAX_SHOWN;
  return { label, ...(shown ? { from, to } : { from: '', to: STUDY_STATE_WORDS.changes.changed }), affects };
}

/** Equal values are passed over before they are put into words: most are equal, and this is asked with every key typed. */
function* differences(keys: readonly Key[], shown: object, edited: object, name = ''): Generator<ConfigChange> {
  for (const key of keys) {
    const [before, after] = [shown, edited].map((settings) => valueAt(settings, key));
    if (before === after) continue;
    const [from, to] = [before, after].map(key.show);
    yield* change(name + inSentence(key.label), from, to, key.path[0] === 'analyses' ? 'analyses' : 'training');
  }
}

/** Settings in which two arms differ, whatever they are called. */
export const armChanges = (from: ArmConfig, to: ArmConfig): ConfigChange[] => [
  ...differences(ARM_KEYS, completeArm(from), { ...completeArm(to), name: from.name }),
];

/** Number of keys for the training data; keys for the amount of training and the analyses follow. */
const DATA_KEYS = STUDY_KEYS.findIndex(({ key }) => key === 'seeds');

/** Of the arms that both have. The first arm is the baseline, and a checkpoint holds the runs in the order of the arms. */
function orderChange(shown: readonly ArmConfig[], edited: readonly ArmConfig[]): ConfigChange[] {
  const common = (arms: readonly ArmConfig[], others: readonly ArmConfig[]) =>
    arms.filter(({ id }) => others.some((other) => other.id === id));
  const [before, after] = [common(shown, edited), common(edited, shown)];
  if (before.every(({ id }, i) => id === after[i].id)) return [];
  const [from, to] = [before, after].map((arms) => arms.map(({ name }) => name).join(', '));
  return [inWords(STUDY_STATE_WORDS.changes.order, from, to, 'training')];
}

function* changesBetween(shown: StudyConfig, edited: StudyConfig): Generator<ConfigChange> {
  const arm = (from: string, to: string): ConfigChange => ({
    label: STUDY_STATE_WORDS.changes.arm,
    from,
    to,
    affects: 'training',
  });
  yield* differences(STUDY_KEYS.slice(0, DATA_KEYS), shown, edited);
  for (const after of edited.arms) {
    const before = shown.arms.find(({ id }) => id === after.id);
    if (before) yield* differences(ARM_KEYS, before, after, `${after.name} `);
    else yield arm('–', after.name);
  }
  const gone = shown.arms.filter(({ id }) => !edited.arms.some((other) => other.id === id));
  for (const { name } of gone) yield arm(name, STUDY_STATE_WORDS.changes.removed);
  yield* orderChange(shown.arms, edited.arms);
  yield* differences(STUDY_KEYS.slice(DATA_KEYS), shown, edited);
}

/** Settings that differ, most consequential first; empty when running would repeat the shown study. */
export const configChanges = (shown: StudyConfig, edited: StudyConfig): ConfigChange[] => [
  ...changesBetween(shown, edited),
];

/** Whether running would repeat the shown study. Ends at the first change. */
export const isSameStudy = (shown: StudyConfig, edited: StudyConfig): boolean =>
  changesBetween(shown, edited).next().done === true;
