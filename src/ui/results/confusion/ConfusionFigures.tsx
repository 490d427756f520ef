/** Which class is taken for which, by the backbone and every arm, and how accurate each class is. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../lessons/part-words.ts';
import { use, useMemo, useState } from 'react';
import {
  classesMessage,
  classesReading,
  confusionMessage,
  confusionReading,
  type ConfusionSaid,
  type RangeSaid,
} from './confusion-caption.ts';
import { confusionsCsv } from '../../../share/csv/predictions-csv.ts';
import { classAccuraciesCsv } from '../../../state/pictures/class-accuracies-csv.ts';
import {
  classAccuracies,
  differInAccuracy,
  runsOf,
  type ClassAccuracy,
  type ClassOrder,
} from '../../../state/pictures/class-confusions.ts';
import { showPictures } from '../../../state/pictures/pictures-store.ts';
import { confusionsOf, mostTaken } from '../../../study/predictions/confusions.ts';
import type { Confusion } from '../../../study/predictions/result.ts';
import { measuredEffect } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { ArmGlyph, Legend } from '../../charts/Legend.tsx';
import charts from '../../charts/charts.module.css';
import { Choice, type Option } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { nameOfArm } from '../pictures/picture-words.ts';
import { ofNamedArms, withNamedArms } from '../read-arms.ts';
import css from '../results.module.css';
import { CellButtons, type CellButton } from './CellButtons.tsx';
import {
  accuracyHeight,
  accuracyName,
  accuracyPlot,
  accuracyTable,
  cellsOf,
  confusionHeight,
  confusionPlot,
  confusionTable,
  type ConfusionView,
  type Unit,
} from './confusion-plot.ts';
import { CONFUSION_WORDS } from './messages.ts';

/** Choices are named when they are shown: names are in the language of the page. */
const units = (): readonly Option<Unit>[] => [
  { id: 'share', name: CONFUSION_WORDS.units.share },
  { id: 'count', name: CONFUSION_WORDS.units.count },
];

const orders = (): readonly Option<ClassOrder>[] => [
  { id: 'task', name: CONFUSION_WORDS.orders.task },
  { id: 'name', name: CONFUSION_WORDS.orders.name },
  { id: 'accuracy', name: CONFUSION_WORDS.orders.accuracy },
];

/** Of more classes than these, the names no longer fit: the least accurate ones can be shown alone. */
const MANY = 40;
const FEW = 30;

const subsets = (): readonly Option<'all' | 'least'>[] => [
  { id: 'all', name: CONFUSION_WORDS.all },
  { id: 'least', name: CONFUSION_WORDS.least(FEW) },
];

/** A matrix, or the difference of two. */
interface Shown {
  readonly confusion: Confusion;
  readonly baseline: Confusion | null;
}

const BACKBONE = 'backbone';

/** By id: every matrix, and every arm less the first. */
function shownOf(confusions: readonly Confusion[]): ReadonlyMap<string, Shown> {
  const [first, ...others] = confusions.filter(({ arm }) => arm !== null);
  return new Map<string, Shown>([
    ...confusions.map((confusion) => [confusion.arm ?? BACKBONE, { confusion, baseline: null }] as const),
    ...others.map((confusion) => [`${confusion.arm} − ${first.arm}`, { confusion, baseline: first }] as const),
  ]);
}

/** Classes with test pictures, the least accurate first. */
const byAccuracy = (accuracies: readonly ClassAccuracy[], classes: readonly string[]) =>
  accuracies
    .map((found, i) => ({ ...found, of: classes[i] }))
    .filter(({ images }) => images > 0)
    .toSorted((a, b) => a.accuracy - b.accuracy);

/** Whether sentences name an arm. */
function namedIn({ config }: StudyResult): (arm: string) => boolean {
  const named = new Set(withNamedArms(config).arms.map(({ id }) => id));
  return (arm) => named.has(arm);
}

const rangesOf = (result: StudyResult, confusions: readonly Confusion[]): RangeSaid[] => {
  const classes = shownClasses(result);
  const effect = measuredEffect(result) ?? 1;
  const isNamed = namedIn(result);
  return confusions.flatMap((confusion) => {
    const tested = byAccuracy(classAccuracies(confusion, classes.length, effect), classes);
    const [hardest, easiest] = [tested.at(0), tested.at(-1)];
    if (confusion.arm === null || !isNamed(confusion.arm) || !hardest || !easiest) return [];
    const isUneven = differInAccuracy(tested, effect);
    return [{ name: nameOfArm(result.config.arms, confusion.arm), easiest, hardest, isUneven }];
  });
};

function saidOf(result: StudyResult, confusions: readonly Confusion[]): ConfusionSaid[] {
  const { config } = result;
  const isNamed = namedIn(result);
  const classes = shownClasses(result);
  const effect = measuredEffect(result) ?? 1;
  return confusions
    .filter(({ arm }) => arm !== null && isNamed(arm))
    .map((confusion) => {
      const accuracies = classAccuracies(confusion, classes.length, effect);
      const most = mostTaken(confusion, classes.length);
      const least = byAccuracy(accuracies, classes).at(0) ?? null;
      return {
        name: nameOfArm(config.arms, confusion.arm),
        most: most && {
          of: classes[most.of],
          as: classes[most.as],
          share: most.times / most.answers,
          images: accuracies[most.of].images,
        },
        least,
      };
    });
}

export function ConfusionFigures({ result }: { result: StudyResult }) {
  const { task, config, runs, predictions } = result;
  const confusions = useMemo(() => confusionsOf(result), [result]);
  const shown = useMemo(() => shownOf(confusions), [confusions]);
  const [wanted, setWanted] = useState<string>();
  const [unit, setUnit] = useState<Unit>('share');
  const [order, setOrder] = useState<ClassOrder>('task');
  const [which, setWhich] = useState<'all' | 'least'>('all');
  const many = task.classes.length > MANY;
  const most = many && which === 'least' ? FEW : null;
  const embedded = use(EmbeddedContext);
  const options = [...shown].map(([id, { confusion, baseline }]): Option<string> => ({
    id,
    name: [confusion, ...(baseline ? [baseline] : [])].map(({ arm }) => nameOfArm(config.arms, arm)).join(' − '),
  }));
  const id = wanted !== undefined && shown.has(wanted) ? wanted : (options[1] ?? options[0])?.id;
  const chosen = id === undefined ? undefined : shown.get(id);
  const view = useMemo(
    (): ConfusionView | null => (chosen ? { ...chosen, unit, order, most } : null),
    [chosen, unit, order, most],
  );
  const build = useMemo(() => view && confusionPlot({ task, config }, view), [view, task, config]);
  const cells = useMemo(() => view && cellsOf({ task, config }, view), [view, task, config]);
  const accuracy = useMemo(
    () => cells && accuracyPlot({ task, config, runs }, confusions, cells.places),
    [cells, confusions, task, config, runs],
  );
  const said = useMemo(() => saidOf(result, confusions), [result, confusions]);
  const ranges = useMemo(() => rangesOf(result, confusions), [result, confusions]);
  const message = said.length > 0 ? confusionMessage(said[0].name, said[0].most) : '';
  const classes = most ?? task.classes.length;
  const seeds = Math.max(0, ...confusions.map((confusion) => (confusion.arm === null ? 0 : runsOf(confusion))));
  const meta = joinMeta(imagesMeta(testedImages(result)), seedsMeta(seeds));
  const press = ({ row, column }: CellButton): void => {
    if (!view || !cells) return;
    const [label, as] = [cells.places[row], cells.places[column]];
    showPictures({ kind: 'all', label, taken: { arm: view.confusion.arm, as } }, result);
  };
  return (
    <div className={css.pair}>
      <ChartFigure
        title={PART_WORDS.confusion}
        help={
          <>
            {CONFUSION_WORDS.help.map((text) => (
              <p key={text}>{text}</p>
            ))}
            {many && <p>{CONFUSION_WORDS.helpMany}</p>}
          </>
        }
        message={message}
        {...ofNamedArms(confusionReading(said), config)}
        meta={meta}
        legend={null}
        controls={
          <span className={css.figureControls} data-row>
            <Choice label={CONFUSION_WORDS.of} value={id ?? ''} options={options} onChange={setWanted} />
            <Choice label={CONFUSION_WORDS.order} value={order} options={orders()} onChange={setOrder} />
            {many && <Choice label={CONFUSION_WORDS.which} value={which} options={subsets()} onChange={setWhich} />}
            <Segmented label={CONFUSION_WORDS.unit} value={unit} options={units()} onChange={setUnit} />
          </span>
        }
        build={build}
        empty={CONFUSION_WORDS.empty}
        height={confusionHeight(classes)}
        cover={(width, height) => {
          // In a frame there are no pictures to lead to.
          if (!build || !cells || !predictions || embedded !== 'off') return null;
          const { marks } = build(width).panels[0];
          const [drawn] = marks.flatMap((mark) => (mark.kind === 'cells' ? [mark] : []));
          const buttons = cells.values.flatMap((values, row) =>
            values.flatMap((value, column) => (value ? [{ row, column, reading: drawn.reading(row, column) }] : [])),
          );
          return <CellButtons {...{ build, width, height }} classes={classes} cells={buttons} onPress={press} />;
        }}
        table={confusionTable({ task, config }, confusions)}
        csv={() => confusionsCsv(result, confusions)}
        fileName="copra-confusions"
      />
      {embedded !== 'fill' && (
        <ChartFigure
          title={CONFUSION_WORDS.classes.title}
          help={<p>{CONFUSION_WORDS.classes.help}</p>}
          message={classesMessage(ranges)}
          {...ofNamedArms(classesReading(ranges, seeds), config)}
          meta={meta}
          legend={
            <Legend arms={config.arms}>
              {confusions.some(({ arm }) => arm === null) && (
                <span className={charts.legendItem}>
                  <ArmGlyph style={{ token: '--reference', dash: 'solid', marker: 'diamond', hollow: true }} />
                  {accuracyName({ task, config }, null)}
                </span>
              )}
            </Legend>
          }
          build={accuracy}
          empty=""
          height={accuracyHeight(classes, confusions.length)}
          table={accuracyTable({ task, config, runs }, confusions)}
          csv={() => classAccuraciesCsv(result, confusions)}
          fileName="copra-class-accuracies"
        />
      )}
    </div>
  );
}
