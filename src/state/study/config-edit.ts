/** Edits of a StudyConfig as pure functions, used by the controls of the study column. */
import { without } from '../../core/without.ts';
import { sameJson } from '../../core/same-json.ts';
import type { RandomBelow } from '../../platform/random-number.ts';
import { MAX_ARMS, plainArm, type AnalysisId, type ArmConfig, type StudyConfig } from '../../study/config/config.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import { switchedOn } from '../../study/config/settings/analysis-rows.ts';
import type { Row, RowValue } from '../../study/config/settings/rows.ts';

export function updateArm(config: StudyConfig, id: string, patch: Partial<ArmConfig>): StudyConfig {
  return { ...config, arms: config.arms.map((arm) => (arm.id === id ? plainArm({ ...arm, ...patch }) : arm)) };
}

type Settings = Readonly<Record<string, unknown>>;

/** Sets a setting in its group; an optional setting with its usual value is omitted. */
const withSetting = (group: Settings, key: string, { optional, usual }: Row, value: RowValue): Settings =>
  optional && sameJson(value, usual) ? without(group, key) : { ...group, [key]: value };

const withAnalyses = (config: StudyConfig, analyses: Settings): StudyConfig => ({
  ...config,
  analyses: analyses as StudyConfig['analyses'],
});

/** Sets a setting of the study itself. Where all images are taken, none are drawn. */
export function setOfStudy(config: StudyConfig, key: string, row: Row, value: RowValue): StudyConfig {
  const set = withSetting(config, key, row, value) as StudyConfig;
  return set.shots === null ? without(set, 'draw') : set;
}

/** Sets a setting shared by several analyses. */
export const setShared = (config: StudyConfig, key: string, row: Row, value: RowValue): StudyConfig =>
  withAnalyses(config, withSetting(config.analyses, key, row, value));

/** Sets a setting of an analysis. A setting that is usually off is omitted while off. */
export function setOfAnalysis(config: StudyConfig, id: AnalysisId, key: string, value: RowValue): StudyConfig {
  const { analyses } = config;
  const rows = ANALYSIS_SETTINGS[id];
  if (key === 'enabled' && value === false && !rows.enabled.usual) return withAnalyses(config, without(analyses, id));
  const settings = analyses[id] ?? switchedOn(rows);
  return withAnalyses(config, { ...analyses, [id]: withSetting(settings, key, rows[key], value) });
}

/** With a number behind it, an id has at most 24 characters. */
const LONGEST_STEM = 20;

export const stemOf = (id: string): string => id.replace(/-\d+$/, '').slice(0, LONGEST_STEM);

const numbered = (stem: string, n: number): string => (n === 1 ? stem : `${stem}-${n}`);

/** The first id of a numbered list that is not taken. */
export function firstFree(taken: readonly string[], numberedId: (n: number) => string): string {
  for (let n = 1; ; n++) if (!taken.includes(numberedId(n))) return numberedId(n);
}

/** A name that is not taken: "anna", or else "anna (2)". */
export const unusedName = (taken: readonly string[], name: string): string =>
  firstFree(taken, (n) => (n === 1 ? name : `${name} (${n})`));

/** An id that is not taken: "copra", or else "copra-2". */
export const unusedId = (taken: readonly string[], stem: string): string => firstFree(taken, (n) => numbered(stem, n));

/** A fresh id and name of one number: "copra" → "copra-2", "CopRA" → "CopRA 2". */
function unused({ arms }: StudyConfig, id: string, name: string): { id: string; name: string } {
  const stem = stemOf(id);
  const title = name.replace(/ \d+$/, '');
  for (let n = 1; ; n++) {
    const fresh = { id: numbered(stem, n), name: n === 1 ? title : `${title} ${n}` };
    if (!arms.some((arm) => arm.id === fresh.id || arm.name === fresh.name)) return fresh;
  }
}

export function addArm(config: StudyConfig, method: ArmConfig['method'], name: string): StudyConfig {
  if (config.arms.length >= MAX_ARMS) return config;
  const fresh = unused(config, method, name);
  return { ...config, arms: [...config.arms, defaultArm(method, fresh.id, fresh.name)] };
}

/** Adds an arm with all its settings, under a fresh id. */
export function addGivenArm(config: StudyConfig, arm: ArmConfig): StudyConfig {
  if (config.arms.length >= MAX_ARMS) return config;
  const taken = config.arms.map(({ id }) => id);
  return { ...config, arms: [...config.arms, { ...arm, id: unusedId(taken, stemOf(arm.method)) }] };
}

export function duplicateArm(config: StudyConfig, id: string): StudyConfig {
  const index = config.arms.findIndex((arm) => arm.id === id);
  if (index < 0 || config.arms.length >= MAX_ARMS) return config;
  const copy = { ...config.arms[index], ...unused(config, id, config.arms[index].name) };
  return { ...config, arms: config.arms.toSpliced(index + 1, 0, copy) };
}

/** Removes an arm, unless it is the last one. */
export function removeArm(config: StudyConfig, id: string): StudyConfig {
  return config.arms.length > 1 ? { ...config, arms: config.arms.filter((arm) => arm.id !== id) } : config;
}

/** Adds the next unused numbers, or removes seeds from the end. */
export function setSeedCount(config: StudyConfig, count: number): StudyConfig {
  const seeds = config.seeds.slice(0, count);
  for (let next = Math.max(-1, ...config.seeds) + 1; seeds.length < count; next++) seeds.push(next);
  return { ...config, seeds };
}

/** New seeds have five digits: short in captions, and so many that hardly two people of a class draw the same. */
const DRAWN_SEEDS = { first: 10_000, count: 90_000 };

/** Replaces the seeds with as many new ones that chance draws, none of them in use. */
export function renewSeeds(config: StudyConfig, below: RandomBelow): StudyConfig {
  const { first, count } = DRAWN_SEEDS;
  const taken = new Set(config.seeds);
  const seeds = config.seeds.map(() => {
    let at = below(count);
    while (taken.has(first + at)) at = (at + 1) % count;
    taken.add(first + at);
    return first + at;
  });
  return { ...config, seeds };
}

/** Selects another backbone at its native input size; prompts are kept as far as it uses them. */
export const withBackbone = (config: StudyConfig, id: string): StudyConfig =>
  config.backbone === id ? config : { ...without(config, 'imageSize'), backbone: id };
