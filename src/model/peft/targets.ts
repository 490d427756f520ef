/** Which modules an adapter_config.json targets, and with what rank and α: PEFT's matching rules. */
import { RE2JS, RE2JSException } from 're2js';
import { ModelConfigError } from '../validate-json.ts';
import { ADAPTER_CONFIG_FILE } from './config.ts';
import { PEFT_CHECKS } from './words.ts';

/** Longer than a pattern that lists every map of a large model by its path, as programs write them. */
const MAX_PATTERN = 40_000;
/** Maximum number of instructions of all patterns of a key together; repetitions are expanded, so a short pattern may have many. */
const MAX_PROGRAM = 100_000;
/** Instructions times characters that matching may take: seconds at the very worst. */
const MAX_WORK = 1e10;

/**
 * Python patterns, matched by an engine whose time is linear in pattern and text: no pattern can run forever. Unsupported constructs
 * (lookaround, backreferences) are rejected.
 */
class PatternMatcher {
  #program = 0;
  #work = 0;

  /** @throws ModelConfigError when it is not a valid pattern, or cannot be matched in linear time. */
  compile(pattern: string): RE2JS {
    const shown = pattern.slice(0, 80);
    const tooLarge = (): never => {
      throw new ModelConfigError(PEFT_CHECKS.patternTooLarge(ADAPTER_CONFIG_FILE, shown));
    };
    if (pattern.length > MAX_PATTERN) return tooLarge();
    try {
      // Python's "at most n" begins at 0 without saying so.
      const compiled = RE2JS.compile(pattern.replace(/(?<!\\)\{,(\d+)\}/g, '{0,$1}'));
      this.#program += compiled.programSize();
      return this.#program > MAX_PROGRAM ? tooLarge() : compiled;
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      throw new ModelConfigError(PEFT_CHECKS.patternRefused(ADAPTER_CONFIG_FILE, shown, error.message));
    }
  }

  /** Python's re.fullmatch. */
  fits(pattern: RE2JS, path: string): boolean {
    this.#spend(pattern, path);
    return pattern.matches(path);
  }

  /** Group 1 of Python's re.match, which begins at the start of the path; undefined without a match. */
  firstGroup(pattern: RE2JS, path: string): string | undefined {
    this.#spend(pattern, path);
    const matcher = pattern.matcher(path);
    return matcher.lookingAt() ? (matcher.group(1) ?? undefined) : undefined;
  }

  #spend(pattern: RE2JS, path: string): void {
    this.#work += pattern.programSize() * path.length;
    if (this.#work > MAX_WORK) throw new ModelConfigError(PEFT_CHECKS.patternsTooLarge(ADAPTER_CONFIG_FILE));
  }
}

type Matcher = (path: string) => boolean;

/** A string is a pattern for the whole path; a list names modules by their path or its last segments. */
function matcherOf(names: string | readonly string[], patterns: PatternMatcher): Matcher {
  if (typeof names === 'string') {
    const pattern = patterns.compile(names);
    return (path) => patterns.fits(pattern, path);
  }
  return (path) => names.some((name) => path === name || path.endsWith(`.${name}`));
}

interface TargetKeys {
  readonly target_modules: string | readonly string[] | null;
  readonly exclude_modules: string | readonly string[] | null;
  readonly layers_to_transform: number | readonly number[] | null;
  readonly layers_pattern: string | readonly string[] | null;
}

/** Layers chosen by number, all where none are named; like PEFT, only for targets given as a list, and by the first number of the path. */
function layerMatcher(
  { layers_to_transform: layers, layers_pattern: pattern }: TargetKeys,
  patterns: PatternMatcher,
): Matcher {
  const wanted = new Set(layers === null ? [] : [layers].flat());
  if (wanted.size === 0) return () => true;
  const named = pattern === null ? [] : [pattern].flat();
  const places = (named.length === 0 ? ['.*?\\.[^.]*'] : named.map((name) => `.*\\.(?:${name})`)).map((place) =>
    patterns.compile(`${place}\\.(\\d+)\\.`),
  );
  return (path) => {
    const number = places.map((place) => patterns.firstGroup(place, path)).find((found) => found !== undefined);
    return number !== undefined && wanted.has(Number(number));
  };
}

/** @param path module path without "base_model.model." */
export function targetMatcher(keys: TargetKeys): Matcher {
  const { target_modules: targets, exclude_modules: excluded } = keys;
  const patterns = new PatternMatcher();
  const isExcluded = excluded === null ? () => false : matcherOf(excluded, patterns);
  if (targets === null || (typeof targets === 'string' && targets.toLowerCase() === 'all-linear'))
    return (path) => !isExcluded(path);
  const isTarget = matcherOf(targets, patterns);
  const isLayer = typeof targets === 'string' ? () => true : layerMatcher(keys, patterns);
  return (path) => !isExcluded(path) && isTarget(path) && isLayer(path);
}

/** The value of the first pattern that fits the end of a path, else `otherwise`: rank_pattern and alpha_pattern. */
export function patternValue(patterns: Readonly<Record<string, number>>, otherwise: number): (path: string) => number {
  const matcher = new PatternMatcher();
  const compiled = Object.entries(patterns).map(
    ([pattern, value]) => [matcher.compile(`(?:.*\\.)?(?:${pattern})`), value] as const,
  );
  return (path) => compiled.find(([pattern]) => matcher.fits(pattern, path))?.[1] ?? otherwise;
}
