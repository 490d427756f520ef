/**
 * A study's configuration as the readable part of an address: its difference from the frozen base of base-config.ts. People edit it, so unintelligible parts
 * are skipped and named, and the rest applies.
 */
import * as v from 'valibot';
import { shortened } from '../../core/shortened.ts';
import { sameJson } from '../../core/same-json.ts';
import { METHODS } from '../../copra/methods/registry.ts';
import { MAX_ARMS, StudyConfigSchema, type AnalysisId, type StudyConfig } from '../../study/config/config.ts';
import { BASE_ANALYSES, BASE_ARM, BASE_CONFIG } from '../link/base-config.ts';
import { assign, inOrder, validStudy, type Group } from './config-assign.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt } from './config-keys.ts';
import { CONFIG_WORDS } from './messages.ts';
import { nearest } from './nearest-word.ts';

const BASE_ARMS = ['lora', 'copra'];
/** Addresses of a later version must state it; this version is optional. */
const VERSION = '1';
/** Keys of other parts of the page, and of whoever passed the address on. */
const OTHER_PARAMETERS = 50;
/** All settings of a study with most arms. */
const MAX_PARAMETERS = STUDY_KEYS.length + MAX_ARMS * ARM_KEYS.length + OTHER_PARAMETERS;
/** More ids of arms are not even looked at: no study has as many. */
const MAX_IDS = 200;
/** Characters that are quoted of what is skipped, and of why: an address can hold megabytes. */
const MOST_QUOTED = 80;
const MOST_WHY = 400;

/** The arm that an address means when it gives only an id: "copra-2" is a CopRA arm called "CopRA 2". */
function baseArm(id: string): Group {
  const [, stem, number] = /^(.*?)(?:-(\d+))?$/.exec(id) ?? [];
  const method = METHODS.find((candidate) => candidate.id === id) ?? METHODS.find((candidate) => candidate.id === stem);
  if (!method) return { ...BASE_ARM, id, name: id };
  return { ...BASE_ARM, id, method: method.id, name: method.id === id ? method.label : `${method.label} ${number}` };
}

const baseConfig = (ids: readonly string[]): Group => ({ ...BASE_CONFIG, arms: ids.map(baseArm) });

/** The base of an address that mentions no arms. Analyses that the base lacks have the settings they get when switched on. */
function baseOf({ analyses }: StudyConfig): Group {
  const begun = Object.entries(BASE_ANALYSES).filter(([id]) => analyses[id as AnalysisId] !== undefined);
  const given = begun.map(([id, base]) => [id, { ...base, enabled: null }] as const);
  return { ...BASE_CONFIG, analyses: { ...(BASE_CONFIG.analyses as Group), ...Object.fromEntries(given) } };
}

/** Commas, colons and slashes need no escape in a query and read better without. */
const escape = (text: string): string =>
  encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');

/** Without the leading "?"; empty for the base itself, which "v=1" names. */
export function configToQuery(config: StudyConfig): string {
  const ids = config.arms.map(({ id }) => id);
  const pairs: [string, string][] = [];
  if (!sameJson(ids, BASE_ARMS)) pairs.push(['arms', ids.join(',')]);
  const base = baseOf(config);
  for (const key of STUDY_KEYS) {
    const value = valueAt(config, key);
    if (!sameJson(value, valueAt(base, key))) pairs.push([key.key, key.kind.print(value)]);
  }
  const bases = ids.map(baseArm);
  for (const place of ARM_KEYS) {
    const { key, kind } = place;
    const values = config.arms.map((arm) => valueAt(arm, place));
    const changed = values.map((value, i) => !sameJson(value, valueAt(bases[i], place)));
    if (changed.every(Boolean) && values.every((value) => sameJson(value, values[0]))) {
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
  /** Null if the query says nothing about a study. */
  readonly config: StudyConfig | null;
  /** Another version wrote it: what is skipped may be what it is about. */
  readonly isOfOtherVersion: boolean;
  /** What was skipped and why, for people. */
  readonly problems: readonly string[];
}

const KNOWN = [...STUDY_KEYS, ...ARM_KEYS].map(({ key }) => key).concat('arms');

/** Some reasons are sentences of their own. */
const withoutPoint = (why: string): string => why.replace(/\.$/, '');

/** Other keys belong to other parts of the page or to whoever passed the address on. A key that looks misspelt is named. */
function misspelling(key: string, ids: readonly string[]): string | null {
  const dot = key.lastIndexOf('.');
  const name = key.slice(dot + 1);
  const id = key.slice(0, dot);
  if (dot >= 0 && ARM_KEYS.some((arm) => arm.key === name) && !ids.includes(id))
    return CONFIG_WORDS.noArm(shortened(key, MOST_QUOTED), shortened(ids.join(', '), MOST_WHY));
  const meant = nearest(name, KNOWN);
  return meant === null ? null : CONFIG_WORDS.misspelt(key, dot < 0 ? meant : `${id}.${meant}`);
}

/** The query without what configToQuery may have written; keys of other parts of the page stay. Accepts a leading "?", returns none. */
export function withoutConfig(query: string): string {
  const own = new Set(KNOWN);
  const isOwn = (key: string): boolean => key === 'v' || own.has(key.slice(key.lastIndexOf('.') + 1));
  const parts = query.replace(/^\?/, '').split('&');
  return parts.filter((part) => part !== '' && !isOwn([...new URLSearchParams(part).keys()][0] ?? '')).join('&');
}

/** @param query with or without "?" */
export function queryToConfig(query: string): QueryConfig {
  const problems: string[] = [];
  const skip = (text: string, why: string) =>
    problems.push(CONFIG_WORDS.skipped(shortened(text, MOST_QUOTED), withoutPoint(shortened(why, MOST_WHY))));
  const all = [...new URLSearchParams(query)];
  const parameters = all.slice(0, MAX_PARAMETERS);
  if (all.length > MAX_PARAMETERS)
    problems.push(CONFIG_WORDS.tooMany(shortened(all[MAX_PARAMETERS].join('='), MOST_QUOTED), MAX_PARAMETERS));
  const version = parameters.findLast(([key]) => key === 'v')?.[1] ?? VERSION;
  const isOfOtherVersion = version !== VERSION;
  if (isOfOtherVersion) skip(`v=${version}`, CONFIG_WORDS.otherVersion(VERSION));

  let said = parameters.some(([key]) => key === 'v');
  let config = baseConfig(BASE_ARMS);
  let ids = BASE_ARMS;
  const arms = parameters.findLast(([key]) => key === 'arms')?.[1];
  if (arms !== undefined) {
    said = true;
    const wanted = [...new Set(arms.split(',').map((id) => id.trim()))].slice(0, MAX_IDS);
    const checked = validStudy(baseConfig(wanted));
    if ('problem' in checked) skip(`arms=${arms}`, checked.problem);
    else [config, ids] = [checked.study, wanted];
  }
  for (const [key, text] of inOrder(parameters)) {
    if (key === 'arms' || key === 'v') continue;
    const assigned = assign(config, key, text);
    if (!assigned) {
      const problem = misspelling(key, ids);
      if (problem) problems.push(problem);
      continue;
    }
    said = true;
    if ('problem' in assigned) skip(text === '' ? key : `${key}=${text}`, assigned.problem);
    else config = assigned.study;
  }
  return { config: said ? v.parse(StudyConfigSchema, config) : null, isOfOtherVersion, problems };
}
