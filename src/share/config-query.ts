/**
 * A study's configuration as the readable part of an address: what differs from the frozen base of base-config.ts. People edit it, so what
 * cannot be understood is skipped and named, and the rest counts.
 */
import * as v from 'valibot';
import { METHODS } from '../copra/methods/registry.ts';
import { StudyConfigSchema, type StudyConfig } from '../study/config.ts';
import { BASE_ARM, BASE_CONFIG } from './base-config.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt, type Key } from './config-keys.ts';
import { describeIssues } from './describe-issues.ts';
import { nearest } from './nearest-word.ts';
import { isObject, type Value } from './value-codec.ts';

type Group = { readonly [key: string]: Value };

const BASE_ARMS = ['lora', 'copra'];
/** Addresses of a later version say so; this one need not. */
const VERSION = '1';
const MAX_PARAMETERS = 200;

/** What an arm is when the address names nothing but its id: "copra-2" is a CopRA arm called "CopRA 2". */
function baseArm(id: string): Group {
  const [, stem, number] = /^(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  const method = METHODS.find((candidate) => candidate.id === id) ?? METHODS.find((candidate) => candidate.id === stem);
  if (!method) return { ...BASE_ARM, id, name: id };
  return { ...BASE_ARM, id, method: method.id, name: method.id === id ? method.label : `${method.label} ${number}` };
}

const baseConfig = (ids: readonly string[]): Group => ({ ...BASE_CONFIG, arms: ids.map(baseArm) });

function write(group: Group, [step, ...rest]: readonly string[], value: Value): Group {
  const inner = group[step];
  return { ...group, [step]: rest.length > 0 && isObject(inner) ? write(inner, rest, value) : value };
}

const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Commas, colons and slashes need no escape in a query and read better without. */
const escape = (text: string): string =>
  encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');

/** Without the leading "?"; empty for the base itself, which "v=1" names. */
export function configToQuery(config: StudyConfig): string {
  const ids = config.arms.map(({ id }) => id);
  const pairs: [string, string][] = [];
  if (!same(ids, BASE_ARMS)) pairs.push(['arms', ids.join(',')]);
  for (const key of STUDY_KEYS) {
    const value = valueAt(config, key);
    if (!same(value, valueAt(BASE_CONFIG, key))) pairs.push([key.key, key.kind.print(value)]);
  }
  const bases = ids.map(baseArm);
  for (const place of ARM_KEYS) {
    const { key, kind } = place;
    const values = config.arms.map((arm) => valueAt(arm, place));
    const changed = values.map((value, i) => !same(value, valueAt(bases[i], place)));
    if (changed.every(Boolean) && values.every((value) => same(value, values[0]))) {
      pairs.push([key, kind.print(values[0])]);
      continue;
    }
    values.forEach((value, i) => {
      if (changed[i]) pairs.push([`${ids[i]}.${key}`, kind.print(value)]);
    });
  }
  return pairs.map(([key, text]) => `${escape(key)}=${escape(text)}`).join('&');
}

export interface QueryConfig {
  /** Null when the query says nothing about a study. */
  readonly config: StudyConfig | null;
  /** What was skipped and why, for people. */
  readonly problems: readonly string[];
}

interface Assignment {
  readonly text: string;
  readonly apply: (config: Group) => Group;
}

/** A value's place in the configuration, or null for a key that is none of ours. Keys of single arms come after keys for all arms. */
function assignment(key: string, text: string, ids: readonly string[]): Assignment | null {
  const said = text === '' ? key : `${key}=${text}`;
  const study = STUDY_KEYS.find((candidate) => candidate.key === key);
  if (study) return { text: said, apply: (config) => write(config, study.path, study.kind.parse(text)) };
  const dot = key.lastIndexOf('.');
  const name = key.slice(dot + 1);
  const arm = ARM_KEYS.find((candidate) => candidate.key === name);
  const id = dot < 0 ? null : key.slice(0, dot);
  if (!arm || (id !== null && !ids.includes(id))) return null;
  return { text: said, apply: (config) => writeArms(config, arm, text, id) };
}

function writeArms(config: Group, { path, kind }: Key, text: string, id: string | null): Group {
  const value = kind.parse(text);
  const arms = (config.arms as readonly Group[]).map((arm) =>
    id === null || arm.id === id ? write(arm, path, value) : arm,
  );
  return { ...config, arms };
}

const KNOWN = [...STUDY_KEYS, ...ARM_KEYS].map(({ key }) => key).concat('arms');

/** Other keys belong to other parts of the page or to whoever passed the address on; one that looks misspelt is named. */
function misspelling(key: string, ids: readonly string[]): string | null {
  const dot = key.lastIndexOf('.');
  const name = key.slice(dot + 1);
  const id = key.slice(0, dot);
  if (dot >= 0 && ARM_KEYS.some((arm) => arm.key === name) && !ids.includes(id))
    return `“${key}” names no arm of this study; its arms are ${ids.join(', ')}`;
  const meant = nearest(name, KNOWN);
  return meant === null ? null : `“${key}” is no setting; “${dot < 0 ? '' : `${id}.`}${meant}” may be meant`;
}

/** The query without what configToQuery may have written: keys of other parts of the page stay. With or without "?"; returned without. */
export function withoutConfig(query: string): string {
  const own = new Set(KNOWN);
  const isOwn = (key: string): boolean => key === 'v' || own.has(key.slice(key.lastIndexOf('.') + 1));
  const parts = query.replace(/^\?/, '').split('&');
  return parts.filter((part) => part !== '' && !isOwn([...new URLSearchParams(part).keys()][0] ?? '')).join('&');
}

/** @param query with or without "?" */
export function queryToConfig(query: string): QueryConfig {
  const problems: string[] = [];
  const skip = (text: string, why: string) => problems.push(`“${text}” is skipped: ${why}.`);
  const parameters = [...new URLSearchParams(query)].slice(0, MAX_PARAMETERS);
  const version = parameters.findLast(([key]) => key === 'v')?.[1] ?? VERSION;
  if (version !== VERSION) skip(`v=${version}`, `this page reads version ${VERSION} of settings`);

  const valid = (candidate: Group, text: string): Group | null => {
    const parsed = v.safeParse(StudyConfigSchema, candidate);
    if (!parsed.success) skip(text, describeIssues(parsed.issues));
    return parsed.success ? candidate : null;
  };
  let said = parameters.some(([key]) => key === 'v');
  let config = baseConfig(BASE_ARMS);
  let ids = BASE_ARMS;
  const arms = parameters.findLast(([key]) => key === 'arms')?.[1];
  if (arms !== undefined) {
    said = true;
    const wanted = [...new Set(arms.split(',').map((id) => id.trim()))];
    const changed = valid(baseConfig(wanted), `arms=${arms}`);
    if (changed) [config, ids] = [changed, wanted];
  }
  const ordered = parameters.toSorted(([a], [b]) => Number(a.includes('.')) - Number(b.includes('.')));
  for (const [key, text] of ordered) {
    if (key === 'arms' || key === 'v') continue;
    const found = assignment(key, text, ids);
    if (!found) {
      const problem = misspelling(key, ids);
      if (problem) problems.push(`${problem}.`);
      continue;
    }
    said = true;
    try {
      config = valid(found.apply(config), found.text) ?? config;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      skip(found.text, error.message);
    }
  }
  return { config: said ? v.parse(StudyConfigSchema, config) : null, problems };
}
