/** Settings of a study set on a command line: "steps=400", "copra.rank=8". */
import * as v from 'valibot';
import { plainArm, StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { assign, inOrder, type Group } from './config-assign.ts';
import { ARM_KEYS, STUDY_KEYS } from './config-keys.ts';
import { nearest } from './nearest-word.ts';

const ofArm = (name: string): string => ARM_KEYS.find(({ path }) => path[0] === name)?.key ?? name;

/**
 * The query key for a path as written in a configuration: "training.steps" → "steps", "arms.copra.learningRate" → "copra.lr". An analysis alone means its
 * switch: "analyses.plane".
 */
function shortKey(key: string): string {
  const study = STUDY_KEYS.find(({ path }) => [key, `${key}.enabled`].includes(path.join('.')));
  if (study) return study.key;
  const [name, ...before] = key
    .replace(/^arms\./, '')
    .split('.')
    .reverse();
  return [...before.reverse(), ofArm(name)].join('.');
}

/** Says why a key is unknown, and suggests the nearest known key if there is one. */
function unknown(key: string, ids: readonly string[]): string {
  const armNames = ARM_KEYS.flatMap((arm) => [arm.key, arm.path[0]]);
  const known = [
    ...STUDY_KEYS.flatMap((study) => [study.key, study.path.join('.')]),
    ...armNames,
    ...ids.flatMap((id) => armNames.flatMap((name) => [`${id}.${name}`, `arms.${id}.${name}`])),
  ];
  const meant = nearest(key, known);
  return meant === null
    ? `“${key}” is no setting of this study, whose arms are ${ids.join(', ')}; docs/settings.md lists all keys.`
    : `“${key}” is no setting; “${meant}” may be meant.`;
}

/**
 * @param settings "key=value" each: query keys, or full paths of the configuration
 * @throws RangeError naming the first that cannot be set, and why
 */
export function withSettings(config: StudyConfig, settings: readonly string[]): StudyConfig {
  const pairs = settings.map((setting) => {
    const [key, text = ''] = setting.split(/=(.*)/s, 2).map((part) => part.trim());
    return [shortKey(key), text, key] as const;
  });
  const ids = config.arms.map(({ id }) => id);
  let study: Group = config;
  for (const [key, text, said] of inOrder(pairs)) {
    const assigned = assign(study, key, text);
    if (!assigned) throw new RangeError(unknown(said, ids));
    if ('problem' in assigned) throw new RangeError(`“${said}=${text}” cannot be set: ${assigned.problem}.`);
    study = assigned.study;
  }
  const parsed = v.parse(StudyConfigSchema, study);
  return { ...parsed, arms: parsed.arms.map(plainArm) };
}
