/** The options by which a command takes own images: where they are, how they are read, and what is changed in the plan. */
import { counted } from '../../src/core/counted.ts';
import type { DatasetPlan } from '../../src/data/dataset/plan.ts';
import { readableNames } from '../../src/data/files/readable-names.ts';
import { DEFAULT_SHARES, type DropShares } from '../../src/data/dataset/shares.ts';
import { READINGS, type ReadingId } from '../../src/data/formats/records.ts';
import { someOf } from '../../src/data/files/problem.ts';
import { nearest } from '../../src/share/config/nearest-word.ts';
import { choiceOf } from '../choice.ts';
import { UsageError } from '../options.mjs';
import { repeatable } from '../shared-options.ts';
import { numberOf } from '../whole-number.ts';

/** For parseArgs. */
export const DATA_OPTIONS = {
  data: repeatable('where the images are; several places are one data set'),
  labels: { type: 'string', about: 'the column that names the classes' },
  reading: { type: 'string', about: 'what names the classes where the data set could be read in several ways' },
  rename: repeatable('another name for a class; equal names merge classes'),
  'leave-out': repeatable('leaves out a class'),
  domains: { type: 'string', about: 'the column that names the domains' },
  'hold-out': repeatable('trains without this domain, and tests on it'),
  other: repeatable('another data set with the same classes to test on'),
  test: { type: 'string', about: 'share of the images to test on; 0.2 unless given' },
  validation: { type: 'string', about: 'share of the images to validate on; 0.15 unless given' },
  'split-seed': { type: 'string', about: 'seed by which these shares are drawn; 0 unless given' },
} as const;

export const DATA_USAGE =
  '--data PATH|ADDRESS|owner/name[@version] [--labels COLUMN] [--reading table|folders|outer|inner] [--rename CLASS=NAME] [--leave-out CLASS] [--domains COLUMN] [--hold-out DOMAIN] [--other PATH|ADDRESS|owner/name] [--test 0.2] [--validation 0.15] [--split-seed N]';

/** As parseArgs gives them. */
export interface DataArguments {
  readonly data: readonly string[];
  readonly labels?: string;
  readonly reading?: string;
  readonly rename: readonly string[];
  readonly 'leave-out': readonly string[];
  readonly domains?: string;
  readonly 'hold-out'?: readonly string[];
  readonly other?: readonly string[];
  readonly test?: string;
  readonly validation?: string;
  readonly 'split-seed'?: string;
}

export interface DataChoices {
  /** Folders, files, one address, or one id of a data set on a hub. */
  readonly places: readonly string[];
  readonly labelColumn: string | null;
  readonly reading: ReadingId | null;
  /** [found or readable name, new name] */
  readonly renamed: readonly (readonly [string, string])[];
  readonly leftOut: readonly string[];
  /** The column that names the domains; undefined: the one that is named so. */
  readonly domainColumn: string | undefined;
  /** Domains that are tested on and not trained on. */
  readonly heldOut: readonly string[];
  /** Other data sets that are tested on, as `places`, one each. */
  readonly others: readonly string[];
  readonly shares: DropShares;
  readonly seed: number;
}

/** The largest seed and shares that the page offers. */
const MAX_SEED = 999_999;

function share(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = numberOf(text);
  if (!(value > 0 && value < 1))
    throw new UsageError(`--${option} takes a share of the images between 0 and 1, such as ${usual}, not "${text}".`);
  return value;
}

/**
 * @returns null when no data is named
 * @throws UsageError naming an option that cannot be used
 */
export function dataChoices(given: DataArguments): DataChoices | null {
  const { data, labels, reading, rename, 'leave-out': leftOut, test, validation, 'split-seed': seed } = given;
  const { domains, 'hold-out': heldOut = [], other = [] } = given;
  if (data.length === 0) {
    const alone = Object.entries({ labels, reading, domains, test, validation, 'split-seed': seed })
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    const lists = Object.entries({ rename, 'leave-out': leftOut, 'hold-out': heldOut, other });
    const [first] = [...lists.filter(([, values]) => values.length > 0).map(([name]) => name), ...alone];
    if (first) throw new UsageError(`--${first} changes images of your own: name them with --data.`);
    return null;
  }
  const shares = {
    test: share('test', test, DEFAULT_SHARES.test),
    validation: share('validation', validation, DEFAULT_SHARES.validation),
  };
  if (shares.test + shares.validation >= 1)
    throw new UsageError('--test and --validation together leave no images to train on: their sum must be below 1.');
  const drawn = seed === undefined ? 0 : numberOf(seed);
  if (!Number.isInteger(drawn) || drawn < 0 || drawn > MAX_SEED)
    throw new UsageError(`--split-seed takes a whole number from 0 to ${MAX_SEED}, not "${seed ?? ''}".`);
  return {
    places: data,
    labelColumn: labels ?? null,
    reading: reading === undefined ? null : choiceOf('reading', reading, READINGS),
    renamed: rename.map(renaming),
    leftOut,
    domainColumn: domains,
    heldOut,
    others: other,
    shares,
    seed: drawn,
  };
}

function renaming(text: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  const [from, to] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || from === '' || to === '') throw new UsageError(`--rename takes CLASS=NAME, not "${text}".`);
  return [from, to];
}

/** The class of that name, as it was found or as it reads. @throws RangeError saying which classes there are */
function classNamed({ classes }: Pick<DatasetPlan, 'classes'>, name: string): number {
  const found = classes.indexOf(name);
  const at = found >= 0 ? found : readableNames(classes).indexOf(name);
  if (at >= 0) return at;
  const meant = nearest(name, classes);
  const hint = meant === null ? `The classes are ${someOf(classes, 12)}` : `"${meant}" may be meant`;
  throw new RangeError(
    `There is no class "${name}" among the ${counted(classes.length, 'class', 'classes')}. ${hint}.`,
  );
}

/**
 * The name of every class, as the page suggests it and the options change it; null: left out. Equal names merge classes.
 * @throws RangeError naming a class that there is not
 */
export function chosenNames(
  plan: Pick<DatasetPlan, 'classes'>,
  { renamed, leftOut }: Pick<DataChoices, 'renamed' | 'leftOut'>,
): (string | null)[] {
  const names: (string | null)[] = readableNames(plan.classes);
  for (const [from, to] of renamed) names[classNamed(plan, from)] = to;
  for (const name of leftOut) names[classNamed(plan, name)] = null;
  return names;
}
