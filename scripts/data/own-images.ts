/** From the options of a command to the images of a study: open → plan → edit → decode and split, by the code of the page. */
import { SingleBar } from 'cli-progress';
import { promptOf } from '../../src/data/bundled/tasks.ts';
import { buildDataset } from '../../src/data/dataset/dataset.ts';
import type { OpenedDataset } from '../../src/data/dataset/dataset-client.ts';
import type { DomainSource } from '../../src/data/dataset/domain-images.ts';
import type { DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { editPlan } from '../../src/data/dataset/edit.ts';
import { holdOut, matchDomain } from '../../src/data/dataset/held-out.ts';
import { matchingPlan } from '../../src/data/dataset/matching-plan.ts';
import type { DatasetPlan } from '../../src/data/dataset/plan.ts';
import { groupProblems } from '../../src/data/files/problem-groups.ts';
import { hasError, someOf, type Problem } from '../../src/data/files/problem.ts';
import type { ImageGeometry } from '../../src/model/image-geometry.ts';
import { setOfAnalysis } from '../../src/state/study/config-edit.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { chosenNames, type DataChoices } from './data-options.ts';
import { openData } from './open-data.ts';
import { printDomains, printPlan, printSplit } from './plan-table.ts';

/** A data set whose plan is printed and edited, ready to be decoded. */
export interface PlannedData {
  readonly opened: OpenedDataset;
  /** With the edits, without what is held out. */
  readonly plan: DatasetPlan;
  /** What is tested on and not trained on. */
  readonly domains: readonly DomainSource[];
  readonly choices: DataChoices;
}

const printProblems = (problems: readonly Problem[]): void => {
  for (const { severity, message, times } of groupProblems(problems))
    console.log(`${severity === 'error' ? 'Error' : 'Note'}: ${message}${times > 1 ? ` (${times} times)` : ''}`);
};

/** @throws Error when the problems leave nothing to train on; they are printed before */
function refuseErrors(problems: readonly Problem[], choices: DataChoices): void {
  if (hasError(problems)) throw new Error(`There is nothing to train on in ${choices.places.join(', ')}.`);
}

/** A column that does not exist would silently be another one. @throws Error saying which columns there are */
function checkColumn({ columns, labelColumn }: DatasetPlan, wanted: string | null): void {
  if (wanted === null || labelColumn === wanted) return;
  const names = columns.map(({ name }) => name);
  const why = names.length === 0 ? 'its classes come from no column' : `its columns are ${someOf(names, 12)}`;
  throw new Error(`The data set has no label column "${wanted}": ${why}.`);
}

/** @throws Error saying how to choose, where a table and folders disagree */
function checkReading({ readings }: DatasetPlan): void {
  if (!readings?.inDoubt) return;
  const each = readings.options.map(
    ({ id, name, labelled, classes, note }) =>
      `  --reading ${id}: ${name}, ${labelled} images in ${classes} classes${note === null ? '' : `. ${note}`}`,
  );
  const what = readings.options.some(({ id }) => id === 'table')
    ? 'The classes may come from a table or from folders.'
    : 'There are two levels of folders: one names the classes, the other one domains.';
  throw new Error(`${what} Choose one:\n${each.join('\n')}`);
}

/** @throws Error naming a domain or a column of domains that there is not */
function checkDomains(
  { domains, domainColumn, columns }: DatasetPlan,
  { heldOut, domainColumn: wanted }: DataChoices,
): void {
  if (wanted !== undefined && wanted !== domainColumn) {
    const names = columns.map(({ name }) => name);
    const why = names.length === 0 ? 'it has no columns to choose from' : `its columns are ${someOf(names, 12)}`;
    throw new Error(`The data set has no column "${wanted}" besides that of the classes: ${why}.`);
  }
  const missing = heldOut.find((name) => !domains.some((domain) => domain.name === name));
  if (missing === undefined) return;
  const names = domains.map(({ name }) => name);
  const why =
    names.length === 0
      ? 'none of its columns or folders names domains (--domains)'
      : `its domains are ${someOf(names, 40)}`;
  throw new Error(`The data set has no domain "${missing}" to hold out: ${why}.`);
}

/** Other data sets, matched by the names of their classes. @throws Error when one has no class in common */
async function otherDatasets(
  plan: DatasetPlan,
  found: DatasetPlan,
  names: readonly (string | null)[],
  choices: DataChoices,
): Promise<DomainSource[]> {
  const given = found.classes.map((each, i) => ({ found: each, name: names[i] }));
  const sources: DomainSource[] = [];
  for (const place of choices.others) {
    const opened = await openData([place], { onWait: (reason) => console.log(reason) });
    const match = (other: DatasetPlan) => matchDomain({ classes: plan.classes, given }, other.name, other);
    const other = await matchingPlan(opened, match);
    const { problems, ...domain } = match(other);
    printProblems(hasError(other.problems) ? other.problems : problems);
    if (domain.images.length === 0) throw new Error(`Nothing in ${place} can be tested on.`);
    sources.push({ ...domain, prepare: (...request) => opened.prepare(...request) });
  }
  return sources;
}

/**
 * Opens the data set, prints its plan and what is wrong with it, and edits it.
 * @throws Error when nothing can be trained on, or an option names what there is not
 */
export async function planData(choices: DataChoices): Promise<PlannedData> {
  const { places, labelColumn, reading, domainColumn } = choices;
  const options = {
    labelColumn,
    reading,
    ...(domainColumn !== undefined && { domainColumn }),
    onWait: (reason: string) => console.log(reason),
  };
  const opened = await openData(places, options);
  const found = opened.plan;
  checkColumn(found, labelColumn);
  checkReading(found);
  if (hasError(found.problems)) {
    printProblems(found.problems);
    refuseErrors(found.problems, choices);
  }
  checkDomains(found, choices);
  const names = chosenNames(found, choices);
  const { plan, domains: held } = holdOut(editPlan(found, names), choices.heldOut);
  printPlan(plan, found);
  printProblems(plan.problems);
  refuseErrors(plan.problems, choices);
  const domains = [
    ...held.map((domain): DomainSource => ({ ...domain, prepare: (...request) => opened.prepare(...request) })),
    ...(await otherDatasets(plan, found, names, choices)),
  ];
  printDomains(plan, domains);
  return { opened, plan, domains, choices };
}

/** Whoever names other domains wants to be tested on them. @param data null: a bundled task */
export const testingDomains = (config: StudyConfig, data: PlannedData | null): StudyConfig =>
  data && data.domains.length > 0 ? setOfAnalysis(config, 'domains', 'enabled', true) : config;

/**
 * Decodes and splits the images; new problems are printed.
 * @param geometry how the backbone's images become squares
 * @throws Error when nothing is left to train on
 */
export async function buildData(
  { opened, plan, domains, choices }: PlannedData,
  geometry: ImageGeometry,
): Promise<DroppedDataset> {
  const { shares, seed } = choices;
  const bar = new SingleBar({
    format: 'images {bar} {value} of {total}',
    hideCursor: true,
    fps: 4,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(plan.images.length, 0);
  const built = await buildDataset(opened, plan, {
    imageSize: geometry.imageSize,
    geometry,
    shares,
    seed,
    promptOf,
    domains,
    onProgress(done, total) {
      bar.setTotal(total);
      bar.update(done);
    },
  }).finally(() => bar.stop());
  printProblems(built.problems.filter((problem) => !plan.problems.includes(problem)));
  if (!built.dataset) throw new Error(`There is nothing to train on in ${choices.places.join(', ')}.`);
  printSplit(built.dataset, built.drawn.test || built.drawn.validation);
  return built.dataset;
}
