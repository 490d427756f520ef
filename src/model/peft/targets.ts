/** Which modules an adapter_config.json targets, and with what rank and α: PEFT's matching rules. */
import * as v from 'valibot';
import { ModelConfigError } from '../validate-json.ts';

export const Patterns = v.nullish(v.record(v.string(), v.pipe(v.number(), v.finite())), {});
export const Names = v.union([v.string(), v.array(v.string())]);

const FILE = 'adapter_config.json';
const MAX_PATTERN = 2000;
/** A repeated group that itself repeats: such patterns can take exponentially long, and no adapter needs them. */
const NESTED_REPEAT = /\([^()]*[*+][^()]*\)(?:[*+]|\{\d*,)/;

/** A Python pattern as one of this language. @throws ModelConfigError when it is none, or could run for ever. */
function compile(pattern: string): RegExp {
  if (pattern.length > MAX_PATTERN || NESTED_REPEAT.test(pattern))
    throw new ModelConfigError(`${FILE}: the pattern "${pattern.slice(0, 80)}" is too complex to be matched safely.`);
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new ModelConfigError(`${FILE}: "${pattern}" is not a regular expression.`);
  }
}

type Matcher = (path: string) => boolean;

/** A string is a pattern for the whole path; a list names modules by their path or its last segments. */
function matcherOf(names: string | readonly string[]): Matcher {
  if (typeof names === 'string') {
    const pattern = compile(names);
    return (path) => pattern.test(path);
  }
  return (path) => names.some((name) => path === name || path.endsWith(`.${name}`));
}

interface TargetKeys {
  readonly target_modules: string | readonly string[] | null;
  readonly exclude_modules: string | readonly string[] | null;
  readonly layers_to_transform: number | readonly number[] | null;
  readonly layers_pattern: string | readonly string[] | null;
}

/** Layers chosen by number; like PEFT, only for targets given as a list, and by the first number of the path. */
function layerMatcher({ layers_to_transform: layers, layers_pattern: patterns }: TargetKeys): Matcher {
  if (layers === null) return () => true;
  const wanted = new Set(typeof layers === 'number' ? [layers] : layers);
  const named = patterns === null ? [] : [patterns].flat();
  const places =
    named.length === 0
      ? [/.*?\.[^.]*\.(\d+)\./]
      : named.map((pattern) => new RegExp(`.*\\.(?:${compile(pattern).source.slice(1, -1)})\\.(\\d+)\\.`));
  return (path) => {
    const number = places.map((place) => place.exec(path)?.[1]).find((found) => found !== undefined);
    return number !== undefined && wanted.has(Number(number));
  };
}

/** @param path module path without "base_model.model." */
export function targetMatcher(keys: TargetKeys): Matcher {
  const { target_modules: targets, exclude_modules: excluded } = keys;
  const isExcluded = excluded === null ? () => false : matcherOf(excluded);
  if (targets === null || targets === 'all-linear') return (path) => !isExcluded(path);
  const isTarget = matcherOf(targets);
  const isLayer = typeof targets === 'string' ? () => true : layerMatcher(keys);
  return (path) => !isExcluded(path) && isTarget(path) && isLayer(path);
}

/** The value of the first pattern that fits the end of a path, else `otherwise`: rank_pattern and alpha_pattern. */
export function patternValue(patterns: Readonly<Record<string, number>>, otherwise: number): (path: string) => number {
  const compiled = Object.entries(patterns).map(
    ([pattern, value]) => [compile(`(?:.*\\.)?(?:${pattern})`), value] as const,
  );
  return (path) => compiled.find(([pattern]) => pattern.test(path))?.[1] ?? otherwise;
}
