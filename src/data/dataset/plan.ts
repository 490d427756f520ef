/**
 * Interprets a list of labelled images as a data set, before anything is decoded: classes with counts, splits, and what is left out and
 * why. Pure and serialisable.
 */
import type { Side } from '../bundled/concept-split.ts';
import type { Layout } from '../formats/layouts.ts';
import type { LabelColumn, Readings, RecordList } from '../formats/records.ts';
import { MAX_CLASSES, MAX_DOMAINS, MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { naturalOrder } from '../files/paths.ts';
import { error, hasError, someOf, warning, type Problem } from '../files/problem.ts';
import { likeness } from '../files/readable-names.ts';
import { nameCleaner } from './clean-name.ts';
import { CLIENT_WORDS } from './client-words.ts';
import { PLAN_WORDS } from './messages.ts';

/** An image of a plan, which is not decoded yet. */
export interface PlannedImage {
  /** Position in the list of images of the opened data set. */
  readonly record: number;
  /** For people: a path, or a file and a row. */
  readonly path: string;
  /** Index into DatasetPlan.classes. */
  readonly label: number;
  /** The split given by the data set; null if it gives none. */
  readonly side: Side | null;
  /** A group that the data set puts it in besides its class; absent if it is in none. */
  readonly domain?: string;
  /** Images of the same block are cheap to read together; absent if each can be read separately. */
  readonly block?: number;
  /** Stored size; absent if known only after reading. */
  readonly bytes?: number;
}

export interface PlannedDomain {
  readonly name: string;
  readonly count: number;
}

/** A data set before anything of it is decoded: what the reader looks at and edits. */
export interface DatasetPlan {
  /** The name from the files, or CLIENT_WORDS.unnamed. */
  readonly name: string;
  readonly layout: Layout;
  /** In natural order; only those with enough images. */
  readonly classes: readonly string[];
  /** Images per class. */
  readonly counts: readonly number[];
  /** Stored size per class; null if the format does not give it. */
  readonly bytes: readonly (number | null)[];
  readonly images: readonly PlannedImage[];
  /** Columns that could name the classes; empty if there is no choice. */
  readonly columns: readonly LabelColumn[];
  readonly labelColumn: string | null;
  /** The column that names the domains; null if none does, or folders do. */
  readonly domainColumn: string | null;
  /** Groups of images that could be held out, in natural order; empty if there are fewer than two, or too many to be domains. */
  readonly domains: readonly PlannedDomain[];
  /** Null if the files have only one reading. */
  readonly readings: Readings | null;
  /** If they include an error, there is nothing to train on. */
  readonly problems: readonly Problem[];
  /** Those of them that tell what of the files is not read. The others concern who trains on it. */
  readonly fileProblems: readonly Problem[];
}

/** @returns a plan also of a list from which nothing can be trained; its problems say why */
export function planRecords(list: RecordList): DatasetPlan {
  const { layout, name, records, columns, labelColumn, domainColumn = null, readings = null } = list;
  const problems = [...list.problems];
  const cleaned = nameCleaner();
  const counts = new Map<string, number>();
  const nameOf = records.map(({ className }) => {
    if (className === null) return '';
    const clean = cleaned(className);
    counts.set(clean, (counts.get(clean) ?? 0) + 1);
    return clean;
  });
  counts.delete('');
  const unlabelled = nameOf.filter((clean) => clean === '').length;
  if (unlabelled > 0 && unlabelled < records.length)
    problems.push(warning(null, PLAN_WORDS.unlabelled(unlabelled), unlabelled));
  const classes = usableClasses(counts, problems);
  problems.push(...lookalikes(classes));
  if (!hasError(problems)) problems.push(...judge(counts, classes, columns.length > 1));
  const labelOf = new Map(classes.map((clean, label) => [clean, label]));
  const byClass = classes.map((): PlannedImage[] => []);
  const domainOf = nameCleaner();
  const sizes = new Map<string, number>();
  records.forEach(({ path, side, block, bytes, domain = null }, record) => {
    const label = labelOf.get(nameOf[record]);
    if (label === undefined) return;
    const cleanDomain = (domain !== null && domainOf(domain)) || null;
    if (cleanDomain !== null) sizes.set(cleanDomain, (sizes.get(cleanDomain) ?? 0) + 1);
    byClass[label].push({
      record,
      path,
      label,
      side,
      ...(cleanDomain !== null && { domain: cleanDomain }),
      ...(block === undefined ? {} : { block }),
      ...(bytes === undefined ? {} : { bytes }),
    });
  });
  const images = byClass.flat();
  const isSplit = images.length === 0 || images.some(({ side }) => side === null || side === 'train');
  if (!isSplit) problems.push(warning(null, PLAN_WORDS.nothingToTrain, images.length));
  return {
    name: name ?? CLIENT_WORDS.unnamed,
    layout,
    classes,
    counts: byClass.map(({ length }) => length),
    bytes: byClass.map(bytesOf),
    // A side named for every image, as by the name of the only file, divides nothing.
    images: isSplit ? images : images.map((image) => ({ ...image, side: null })),
    columns,
    labelColumn,
    domainColumn,
    domains: domainsOf(sizes),
    readings,
    problems,
    fileProblems: list.problems,
  };
}

function domainsOf(sizes: ReadonlyMap<string, number>): PlannedDomain[] {
  if (sizes.size < 2 || sizes.size > MAX_DOMAINS) return [];
  return [...sizes].map(([name, count]) => ({ name, count })).sort((a, b) => naturalOrder(a.name, b.name));
}

function usableClasses(found: ReadonlyMap<string, number>, problems: Problem[]): string[] {
  const names = [...found.keys()].sort(naturalOrder);
  const small = names.filter((name) => (found.get(name) as number) < MIN_IMAGES_PER_CLASS);
  if (small.length > 0 && names.length > 1) problems.push(tooSmall(small, (name) => found.get(name) as number));
  const usable = names.filter((name) => (found.get(name) as number) >= MIN_IMAGES_PER_CLASS);
  if (usable.length <= MAX_CLASSES) return usable;
  const largest = new Set(
    usable.toSorted((a, b) => (found.get(b) as number) - (found.get(a) as number)).slice(0, MAX_CLASSES),
  );
  const rest = usable.filter((name) => !largest.has(name));
  problems.push(warning(null, PLAN_WORDS.largestClasses(MAX_CLASSES, usable.length, someOf(rest)), rest.length));
  return usable.filter((name) => largest.has(name));
}

/** Classes left out for their size, in one sentence. */
export function tooSmall(names: readonly string[], sizeOf: (name: string) => number): Problem {
  const [first] = names;
  if (names.length === 1) return warning(first, PLAN_WORDS.classTooSmall(first, sizeOf(first), MIN_IMAGES_PER_CLASS));
  const listed = someOf(names.map((name) => `${name} (${sizeOf(name)})`));
  return warning(null, PLAN_WORDS.classesTooSmall(names.length, listed, MIN_IMAGES_PER_CLASS), names.length);
}

/** Names that differ only in case or spacing are probably one class. */
function lookalikes(classes: readonly string[]): Problem[] {
  const groups = new Map<string, string[]>();
  for (const name of classes) {
    const key = likeness(name);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const alike = [...groups.values()].filter(({ length }) => length > 1);
  if (alike.length === 0) return [];
  const named = someOf(alike.map((names) => PLAN_WORDS.alike(names)));
  return [warning(null, PLAN_WORDS.lookalikes(named), alike.length)];
}

function judge(found: ReadonlyMap<string, number>, classes: readonly string[], hasColumns: boolean): Problem[] {
  if (found.size === 0) return [error(null, PLAN_WORDS.noClass)];
  if (found.size === 1) {
    const [name] = found.keys();
    return [error(name, PLAN_WORDS.oneClass(name))];
  }
  return classes.length >= 2 ? [] : [error(null, PLAN_WORDS.tooFewClasses(MIN_IMAGES_PER_CLASS, hasColumns))];
}

/** Null if one of the sizes is unknown. */
function bytesOf(images: readonly Pick<PlannedImage, 'bytes'>[]): number | null {
  return images.reduce<number | null>(
    (sum, { bytes }) => (sum === null || bytes === undefined ? null : sum + bytes),
    0,
  );
}
