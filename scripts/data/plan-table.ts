/** Prints what a data set holds: before anything is decoded, and after the split. */
import { counted } from '../../src/core/counted.ts';
import { SPLIT, type DroppedDataset } from '../../src/data/dataset/dropped.ts';
import type { DatasetPlan } from '../../src/data/dataset/plan.ts';
import { drawnSides } from '../../src/data/dataset/shares.ts';
import { LAYOUT_WORDS } from '../../src/data/formats/messages.ts';
import { printTable } from '../terminal-table.ts';

/** More classes than this fill a terminal and are counted instead. */
const MOST_ROWS = 60;

function printClasses(rows: readonly (readonly [name: string, counts: Readonly<Record<string, number>>])[]): void {
  const columns = Object.keys(rows[0]?.[1] ?? {});
  printTable({
    heads: ['class', ...columns],
    numeric: [false, ...columns.map(() => true)],
    lines: rows.slice(0, MOST_ROWS).map(([name, counts]) => [name, ...columns.map((each) => String(counts[each]))]),
  });
  if (rows.length > MOST_ROWS) console.log(`and ${counted(rows.length - MOST_ROWS, 'more class', 'more classes')}`);
}

/** @param plan with the edits. @param found without */
export function printPlan(plan: DatasetPlan, found: Pick<DatasetPlan, 'classes'>): void {
  const { name, layout, classes, counts, images, labelColumn, columns } = plan;
  const column = labelColumn === null ? '' : `, classes from "${labelColumn}"`;
  const before =
    found.classes.length === classes.length ? '' : ` of ${counted(found.classes.length, 'class', 'classes')} found`;
  console.log(
    `${name}: ${LAYOUT_WORDS[layout]}${column}; ${counted(images.length, 'image')}, ${counted(classes.length, 'class', 'classes')}${before}`,
  );
  const others = columns.map((each) => each.name).filter((each) => each !== labelColumn);
  if (others.length > 0) console.log(`Other columns that could name the classes: ${others.join(', ')} (--labels).`);
  const given = images.some(({ side }) => side !== null);
  printClasses(
    classes.map((each, label) => {
      const ofClass = images.filter((image) => image.label === label);
      const on = (side: string) => ofClass.filter((image) => image.side === side).length;
      const sides: Record<string, number> = given
        ? { train: on('train'), validation: on('validation'), test: on('test') }
        : {};
      return [each, { images: counts[label], ...sides }] as const;
    }),
  );
  const drawn = drawnSides(images, classes.length);
  const missing = (['test', 'validation'] as const).filter((side) => drawn[side]);
  if (missing.length > 0) console.log(`Images for ${missing.join(' and ')} are drawn from those for training.`);
}

/** What is tested on and not trained on, and what else could be held out. */
export function printDomains(
  { domains }: Pick<DatasetPlan, 'domains'>,
  tested: readonly { readonly name: string; readonly images: readonly unknown[] }[],
): void {
  const names = tested.map(({ name, images }) => `${name} (${counted(images.length, 'image')})`);
  if (names.length > 0) console.log(`Other domains, tested on and not trained on: ${names.join(', ')}.`);
  const trained = domains.filter(({ name }) => !tested.some((domain) => domain.name === name));
  if (trained.length > 0)
    console.log(`Domains that are trained on: ${trained.map(({ name }) => name).join(', ')} (--hold-out).`);
}

/** How many images there are to train, validate and test. @param perClass of every class too, which the plan does not tell where sides are drawn */
export function printSplit({ classes, labels, split, others = [] }: DroppedDataset, perClass: boolean): void {
  const all = (side: number) => split.reduce((sum, of) => sum + Number(of === side), 0);
  console.log(
    `${all(SPLIT.train)} to train, ${all(SPLIT.validation)} to validate, ${all(SPLIT.test)} to test${perClass ? ':' : '.'}`,
  );
  for (const { name, labels: tested } of others) console.log(`${tested.length} to test in the domain ${name}.`);
  if (!perClass) return;
  printClasses(
    classes.map((each, label) => {
      const on = (side: number) => labels.reduce((sum, of, i) => sum + Number(of === label && split[i] === side), 0);
      return [each, { train: on(SPLIT.train), validation: on(SPLIT.validation), test: on(SPLIT.test) }] as const;
    }),
  );
}
