/** Sets single settings of a study by their keys, for addresses and the command line. */
import * as v from 'valibot';
import { without } from '../../core/without.ts';
import { StudyConfigSchema, type AnalysisId } from '../../study/config/config.ts';
import { ARM_KEYS, STUDY_KEYS, type Key } from './config-keys.ts';
import { firstViolation } from '../../platform/describe-issues.ts';
import { SHORTHANDS } from './shorthands.ts';
import { BASE_ANALYSES } from '../link/base-config.ts';
import { isObject, type Value } from '../link/value.ts';

export type Group = { readonly [key: string]: Value };

/** A possible study, or why it is none. */
export type Assigned = { readonly study: Group } | { readonly problem: string };

/** Checks a possible study and returns it. What is wrong is said of a setting that is named beside it. */
export function validStudy(study: Group): Assigned {
  const { issues } = v.safeParse(StudyConfigSchema, study);
  return issues ? { problem: firstViolation(issues).what } : { study };
}

/** @param value undefined removes the setting */
function write(group: Group, [step, ...rest]: readonly string[], value: Value | undefined): Group {
  const inner = group[step];
  if (rest.length === 0 && value === undefined) return without(group, step);
  return { ...group, [step]: rest.length > 0 && isObject(inner) ? write(inner, rest, value) : value } as Group;
}

/** Setting part of an absent analysis switches it on; a shorthand replaces the whole analysis. */
function writeStudy(study: Group, { path, kind, optional }: Key, text: string): Group {
  const [part, id] = path;
  const ofAnalysis = part === 'analyses' && path.length === 3;
  const whole = ofAnalysis && path[2] === 'enabled' ? SHORTHANDS[id as AnalysisId]?.(text) : null;
  if (whole) return write(study, [part, id], whole);
  const value = kind.parse(text);
  const begun =
    ofAnalysis && !isObject((study.analyses as Group)[id]) ? write(study, [part, id], BASE_ANALYSES[id]) : study;
  return write(begun, path, value === null && optional ? undefined : value);
}

/** @param id null means all arms */
function writeArms(study: Group, { path }: Key, id: string | null, value: Value): Group {
  const arms = study.arms as readonly Group[];
  return { ...study, arms: arms.map((arm) => (id === null || arm.id === id ? write(arm, path, value) : arm)) };
}

/** Sorts keys of single arms after keys of all arms, which they override. */
export const inOrder = <T extends readonly [key: string, ...rest: string[]]>(pairs: readonly T[]): T[] =>
  pairs.toSorted(([a], [b]) => Number(a.includes('.')) - Number(b.includes('.')));

/** The study with one setting changed ("steps", "rank", "copra.rank"); null for an unknown key. */
export function assign(study: Group, key: string, text: string): Assigned | null {
  const dot = key.lastIndexOf('.');
  const id = dot < 0 ? null : key.slice(0, dot);
  const ofStudy = STUDY_KEYS.find((candidate) => candidate.key === key);
  const ofArms = ARM_KEYS.find((candidate) => candidate.key === key.slice(dot + 1));
  const place = ofStudy ?? ofArms;
  if (!place) return null;
  if (!ofStudy && id !== null && !(study.arms as readonly Group[]).some((arm) => arm.id === id)) return null;
  try {
    return validStudy(ofStudy ? writeStudy(study, place, text) : writeArms(study, place, id, place.kind.parse(text)));
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}
