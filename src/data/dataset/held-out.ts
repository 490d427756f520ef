/**
 * Images that a study is tested on and not trained on: groups of a data set that are held out, and other data sets with the same classes. Both become
 * domains, sets of test images whose labels are those of the plan. Pure and serialisable.
 */
import { MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { error, hasError, someOf, warning, type Problem } from '../files/problem.ts';
import { likeness } from '../files/readable-names.ts';
import { PLAN_WORDS } from './messages.ts';
import { tooSmall, type DatasetPlan, type PlannedImage } from './plan.ts';

export interface DomainPlan {
  readonly name: string;
  /** Labels index into the classes of the plan that is trained on. */
  readonly images: readonly PlannedImage[];
}

export interface HeldOut {
  /** Without the images of the domains, and without classes that have too few others. */
  readonly plan: DatasetPlan;
  readonly domains: readonly DomainPlan[];
}

/** @param names the domains to hold out; names that the plan does not have are ignored */
export function holdOut(plan: DatasetPlan, names: readonly string[]): HeldOut {
  const held = plan.domains.map(({ name }) => name).filter((name) => names.includes(name));
  if (held.length === 0) return { plan, domains: [] };
  const isHeld = ({ domain }: PlannedImage): boolean => domain !== undefined && held.includes(domain);
  const left = plan.images.filter((image) => !isHeld(image));
  const counts = plan.classes.map(() => 0);
  for (const { label } of left) counts[label]++;
  const kept = [...counts.keys()].filter((label) => counts[label] >= MIN_IMAGES_PER_CLASS);
  const small = plan.classes.filter((_, label) => counts[label] < MIN_IMAGES_PER_CLASS);
  const problems: Problem[] = [...plan.problems];
  if (small.length > 0) problems.push(tooSmall(small, (name) => counts[plan.classes.indexOf(name)]));
  if (kept.length < 2 && !hasError(problems)) problems.push(error(null, PLAN_WORDS.domains.nothingLeft));
  const classes = kept.map((label) => plan.classes[label]);
  const labelOf = new Map(kept.map((label, to) => [label, to]));
  const relabelled = (images: readonly PlannedImage[]): PlannedImage[] =>
    images.flatMap((image) => {
      const label = labelOf.get(image.label);
      return label === undefined ? [] : [{ ...image, label }];
    });
  const images = relabelled(left);
  const sizes = kept.map((): number | null => 0);
  for (const { label, bytes } of images) {
    const size = sizes[label];
    sizes[label] = size === null || bytes === undefined ? null : size + bytes;
  }
  const domains = held.map((name) => ({
    name,
    images: relabelled(plan.images.filter(({ domain }) => domain === name)),
  }));
  return {
    plan: {
      ...plan,
      classes,
      counts: kept.map((label) => counts[label]),
      bytes: sizes,
      images,
      problems: [...problems, ...domains.flatMap((domain) => missing(domain, classes))],
    },
    domains,
  };
}

/** Names by which another data set may call the classes of a plan. */
export interface KnownClasses {
  readonly classes: readonly string[];
  /** Names as they were found, with the name that the reader gave each; null: left out. */
  readonly given: readonly { readonly found: string; readonly name: string | null }[];
}

export interface MatchedDomain extends DomainPlan {
  /** Errors where no class is in both; else what is left out of it, and what it lacks. */
  readonly problems: readonly Problem[];
}

/**
 * The images of another data set whose class the plan has too, by its name as it was found or as the reader edited it; case and spacing do not matter.
 * Whatever split the other set has, its images are all tested on.
 */
export function matchDomain({ classes, given }: KnownClasses, name: string, other: DatasetPlan): MatchedDomain {
  const labels = new Map<string, number>();
  const add = (text: string, label: number): void => {
    if (label >= 0 && !labels.has(likeness(text))) labels.set(likeness(text), label);
  };
  classes.forEach(add);
  for (const { found, name: edited } of given) if (edited !== null) add(found, classes.indexOf(edited.trim()));
  const labelOf = other.classes.map((each) => labels.get(likeness(each)));
  const images = other.images.flatMap((image) => {
    const label = labelOf[image.label];
    return label === undefined ? [] : [{ ...image, label }];
  });
  const foreign = other.classes.filter((_, i) => labelOf[i] === undefined);
  const problems = other.fileProblems.filter(({ severity }) => severity === 'warning').map((each) => named(each, name));
  if (images.length === 0)
    problems.push(error(null, PLAN_WORDS.domains.noneInCommon(name, someOf(other.classes), someOf(classes))));
  else if (foreign.length > 0)
    problems.push(warning(null, PLAN_WORDS.domains.foreign(name, foreign.length, someOf(foreign)), foreign.length));
  const domain = { name, images };
  return { ...domain, problems: images.length === 0 ? problems : [...problems, ...missing(domain, classes)] };
}

/** A problem with a file names that; any other one needs the name of the data set, as there are several. */
const named = (problem: Problem, name: string): Problem =>
  problem.path === null ? { ...problem, message: PLAN_WORDS.domains.files(name, problem.message) } : problem;

/** Classes of the study that a domain has no images of. */
function missing({ name, images }: DomainPlan, classes: readonly string[]): Problem[] {
  const there = new Set(images.map(({ label }) => label));
  const absent = classes.filter((_, label) => !there.has(label));
  if (absent.length === 0) return [];
  return [warning(null, PLAN_WORDS.domains.missing(name, absent.length, someOf(absent)), absent.length)];
}
