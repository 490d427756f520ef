/** What the state tells of a plan, and the plan that the reader's edits make of it. */
import { CLIENT_WORDS } from '../../data/dataset/client-words.ts';
import { cleanName } from '../../data/dataset/clean-name.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import { readableNames } from '../../data/files/readable-names.ts';
import type { DatasetSource } from '../../data/dataset/source.ts';
import { drawnSides } from '../../data/dataset/shares.ts';
import { imageLimit } from '../../data/dataset/image-limit.ts';
import { segmentsOf } from '../../data/files/paths.ts';
import { hasError, someOf } from '../../data/files/problem.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { DatasetClass, DatasetState } from './dataset-state.ts';
import { plannedClasses } from './used-classes.ts';

export const cleanDatasetName = (name: string): string => cleanName(name) || CLIENT_WORDS.unnamed;

/** No choice on the page would make this a usable data set. */
export const isHopeless = ({ problems, columns, readings }: DatasetPlan): boolean =>
  hasError(problems) && columns.length < 2 && !readings;

/** Display name of a source: its top-level files and folders, or the address. */
export function calledBy(source: DatasetSource): string {
  if (source.kind !== 'files') return source.kind === 'hub' ? source.id : source.url;
  const tops = source.files.map(({ path }) => segmentsOf(path)[0]).filter((top) => top !== undefined);
  return someOf([...new Set(tops)], 2);
}

/** Most images that preparing a plan decodes. */
export const limitOf = ({ images }: DatasetPlan, { imageSize }: ImageGeometry): number =>
  Math.min(images.length, imageLimit(imageSize));

/** Ascending. */
export const recordsOf = ({ images }: DatasetPlan): number[] =>
  images.map(({ record }) => record).sort((a, b) => a - b);

/** Class names that the reader has given; null: left out. */
export const namesOf = ({ classes }: Pick<DatasetState, 'classes'>): (string | null)[] =>
  classes.map(({ name }) => name);

/** What named the classes of a plan. */
export const readingOf = (plan: DatasetPlan | null): Pick<ReadingChoice, 'reading' | 'labelColumn'> => ({
  reading: plan?.readings?.chosen ?? null,
  labelColumn: plan?.labelColumn ?? null,
});

/** The names that the reader gave, where another plan of the same data found the same classes in the same place; absent if it did not. */
export function namesAfter(
  before: DatasetPlan | null,
  found: DatasetPlan,
  state: Pick<DatasetState, 'classes'>,
): (string | null)[] | undefined {
  const key = (plan: DatasetPlan | null): string => JSON.stringify([plan?.classes, readingOf(plan)]);
  return key(before) === key(found) ? namesOf(state) : undefined;
}

/** @param names names given before, one per class; absent: readable ones are suggested */
function classesOf({ classes, counts }: DatasetPlan, names?: readonly (string | null)[]): DatasetClass[] {
  const readable = readableNames(classes);
  return classes.map((found, i) => ({
    found,
    readable: readable[i],
    name: names ? (names[i] ?? null) : readable[i],
    count: counts[i],
  }));
}

/** The state of a plan that was just read. */
export function stateOfPlan(
  plan: DatasetPlan,
  geometry: ImageGeometry,
  names?: readonly (string | null)[],
): Partial<DatasetState> {
  const { columns, labelColumn, domainColumn, domains, layout, readings, problems } = plan;
  const classes = classesOf(plan, names);
  return {
    layout,
    columns,
    labelColumn,
    domainColumn,
    domains,
    readings,
    problems,
    classes,
    used: plannedClasses({ ...plan, classes: classes.map(({ name, found }) => name ?? found) }),
    drawn: drawnSides(plan.images, plan.classes.length),
    previews: null,
    limit: limitOf(plan, geometry),
    progress: null,
  };
}
