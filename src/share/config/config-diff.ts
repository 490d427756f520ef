/** A configuration as its difference from a frozen base: most studies change only a few settings. */
import { sameJson } from '../../core/same-json.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { BASE_ARM, BASE_CONFIG, LINK_BASE_ARMS, LINK_BASE_CONFIG } from '../link/base-config.ts';
import { BinaryError } from '../link/binary.ts';
import { isArray, isObject, type Value } from '../link/value.ts';
import { LINK_CHECKS } from '../link/words.ts';

type Group = { readonly [key: string]: Value };

/**
 * The entries of `value` that `base` lacks or has differently; nested groups are compared entry by entry. A switched-off entry may be present as undefined,
 * which counts as absent.
 */
function difference(base: Group, value: Group): Group {
  const changed: Record<string, Value> = {};
  for (const [key, item] of Object.entries<Value | undefined>(value)) {
    if (item === undefined) continue;
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    if (old === undefined) changed[key] = item;
    else if (isObject(old) && isObject(item)) {
      const inner = difference(old, item);
      if (Object.keys(inner).length > 0) changed[key] = inner;
    } else if (!sameJson(old, item)) changed[key] = item;
  }
  return changed;
}

function apply(base: Group, changed: Group): Group {
  const result: Record<string, Value> = { ...base };
  for (const [key, item] of Object.entries(changed)) {
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    result[key] = old !== undefined && isObject(old) && isObject(item) ? apply(old, item) : item;
  }
  return result;
}

/** Null for an arm that equals the base's arm at the same index. */
export function configToDifference(config: StudyConfig): Value {
  const { arms, ...rest } = config;
  const changed = arms.map((arm, i) => (sameJson(LINK_BASE_ARMS[i] ?? null, arm) ? null : difference(BASE_ARM, arm)));
  return { ...difference(LINK_BASE_CONFIG, rest), arms: changed };
}

/**
 * Undoes configToDifference, or its counterpart in format 1. The caller validates the outcome with the schema.
 * @throws BinaryError when the shape is wrong.
 */
export function differenceToConfig(changed: Value, format: 1 | 2): Value {
  if (!isObject(changed) || !('arms' in changed) || !isArray(changed.arms)) {
    throw new BinaryError(LINK_CHECKS.noSettings);
  }
  const arms = changed.arms.map((arm, i) => {
    if (format === 2 && arm === null && i < LINK_BASE_ARMS.length) return LINK_BASE_ARMS[i];
    if (!isObject(arm)) throw new BinaryError(LINK_CHECKS.noArmSettings);
    return apply(BASE_ARM, arm);
  });
  return { ...apply(format === 1 ? BASE_CONFIG : LINK_BASE_CONFIG, changed), arms };
}
