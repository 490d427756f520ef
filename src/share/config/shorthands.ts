/**
 * Keys that describe a whole analysis, from before each of its settings had its own: "federated=clients:10;rules:fedit". Published addresses contain them, so
 * they are read but never written.
 */
import { FEDERATED_SETTINGS } from '../../study/analyses/federated/settings.ts';
import type { AnalysisId } from '../../study/config/config.ts';
import type { Row } from '../../study/config/settings/rows.ts';
import { BASE_ANALYSES } from '../link/base-config.ts';
import type { Value } from '../link/value.ts';
import { itemsOf, kindOf, numberOf } from './config-keys.ts';
import { CONFIG_WORDS } from './messages.ts';

type Settings = Readonly<Record<string, Value>>;

const FEDERATED: Readonly<Record<string, Row>> = FEDERATED_SETTINGS;

/** "clients:10;rules:fedit,flexlora" */
function federated(text: string): Settings | null {
  if (!text.includes(':')) return null;
  const given = text.split(';').map((part): [string, Value] => {
    const [setting, ...rest] = part.split(':');
    if (!Object.hasOwn(FEDERATED, setting)) throw new RangeError(CONFIG_WORDS.noneOf(setting, Object.keys(FEDERATED)));
    return [setting, kindOf(FEDERATED[setting]).parse(rest.join(':'))];
  });
  return { ...BASE_ANALYSES.federated, ...Object.fromEntries(given) };
}

/** Density and factors, "0.2:0.5,1,2". */
function merging(text: string): Settings | null {
  const given = /^([^:]+):(.+)$/.exec(text);
  return given && { enabled: true, density: numberOf(given[1]), scales: itemsOf(given[2]).map(numberOf) };
}

/** Ids of tasks, or "parts:4". */
function multitask(text: string): Settings | null {
  const parts = /^parts:(.+)$/.exec(text);
  if (parts) return { enabled: true, tasks: [], parts: numberOf(parts[1]) };
  if (/^(on|true|1|yes|off|false|0|no)$/.test(text)) return null;
  return { ...BASE_ANALYSES.multitask, tasks: itemsOf(text).filter((id) => id !== '') };
}

/** Points along each side. */
const plane = (text: string): Settings | null =>
  /^[2-9]$|^\d\d+$/.test(text) ? { enabled: true, grid: numberOf(text) } : null;

/** @returns null for a plain "on" or "off" */
export const SHORTHANDS: { readonly [K in AnalysisId]?: (text: string) => Settings | null } = {
  federated,
  merging,
  multitask,
  plane,
};
