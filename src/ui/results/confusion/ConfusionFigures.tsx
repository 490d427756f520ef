/** Which class is taken for which, by the backbone and every arm, and how accurate each class is. */
import { confusionMessage } from '../../../copra/readings/message.ts';
import { SEEN } from '../../../copra/readings/seen.ts';
import { use, useMemo, useState } from 'react';
import { confusionReading, type ConfusionSaid } from '../../../copra/readings/confusion.ts';
import { confusionsCsv } from '../../../share/csv/predictions-csv.ts';
import { classAccuracies, runsOf, sharesOf, type ClassOrder } from '../../../state/pictures/class-confusions.ts';
import { showPictures } from '../../../state/pictures/pictures-store.ts';
import { confusionsOf } from '../../../study/predictions/confusions.ts';
import type { Confusion } from '../../../study/predictions/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { ArmGlyph, Legend } from '../../charts/Legend.tsx';
import charts from '../../charts/charts.module.css';
import { Choice, type Option } from '../../controls/Choice.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, seedsMeta, testedImages } from '../figure-meta.ts';
import { nameOfArm } from '../pictures/picture-words.ts';
import css from '../results.module.css';
import { CellButtons, type CellButton } from './CellButtons.tsx';
import {
  accuracyHeight,
  accuracyPlot,
  accuracyTable,
  cellsOf,
  confusionHeight,
  confusionPlot,
  confusionTable,
  type ConfusionView,
  type Unit,
} from './confusion-plot.ts';

const UNITS: readonly Option<Unit>[] = [
  { id: 'share', name: 'Shares' },
  { id: 'count', name: 'Counts' },
];

const ORDERS: readonly Option<ClassOrder>[] = [
  { id: 'task', name: 'As in the task' },
  { id: 'name', name: 'By name' },
  { id: 'accuracy', name: 'Least accurate first' },
];

/** Of more classes than these, the names no longer fit: the least accurate ones can be shown alone. */
const MANY = 40;
const FEW = 30;

const WHICH: readonly Option<'all' | 'least'>[] = [
  { id: 'all', name: 'All classes' },
  { id: 'least', name: `The ${FEW} least accurate` },
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

function saidOf({ task: { classes }, config }: StudyResult, confusions: readonly Confusion[]): ConfusionSaid[] {
  return confusions
    .filter(({ arm }) => arm !== null)
    .map((confusion) => {
      const shares = sharesOf(confusion, classes.length);
      const accuracies = classAccuracies(confusion, classes.length);
      const wrong = shares.flatMap((row, of) =>
        row.flatMap((share, as) => (of === as || !share ? [] : [{ of, as, share }])),
      );
      const most = wrong.reduce<(typeof wrong)[number] | null>(
        (best, next) => (best && best.share >= next.share ? best : next),
        null,
      );
      const tested = accuracies.map((found, of) => ({ ...found, of })).filter(({ images }) => images > 0);
      const least = tested.reduce<(typeof tested)[number] | null>(
        (worst, next) => (worst && worst.accuracy <= next.accuracy ? worst : next),
        null,
      );
      return {
        name: nameOfArm(config.arms, confusion.arm),
        most: most && { ...most, of: classes[most.of], as: classes[most.as], images: accuracies[most.of].images },
        least: least && { ...least, of: classes[least.of] },
      };
    });
}

export function ConfusionFigures({ result }: { result: StudyResult }) {
  const { task, config, predictions } = result;
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
    () => cells && accuracyPlot({ task, config }, confusions, cells.places),
    [cells, confusions, task, config],
  );
  const said = useMemo(() => saidOf(result, confusions), [result, confusions]);
  const reading = confusionReading(said);
  const message = said.length > 0 ? confusionMessage(said[0].name, said[0].most) : '';
  const classes = most ?? task.classes.length;
  const meta = joinMeta(
    imagesMeta(testedImages(result)),
    seedsMeta(Math.max(0, ...confusions.map((confusion) => (confusion.arm === null ? 0 : runsOf(confusion))))),
  );
  const press = ({ row, column }: CellButton): void => {
    if (!view || !cells) return;
    const [label, as] = [cells.places[row], cells.places[column]];
    showPictures({ kind: 'all', label, taken: { arm: view.confusion.arm, as } });
  };
  const csv = () => confusionsCsv(result, confusions);
  return (
    <div className={css.pair}>
      <ChartFigure
        title="Which class is taken for which"
        help={
          <>
            <p>
              A row is a true class, a column the class that is predicted: the diagonal is right, everything else is a
              confusion. Shares are of the test pictures of the row, counts are pictures a run; both are means over the
              seeds of an arm.
            </p>
            <p>
              A difference has the colour of the arm that gives the answer more often. Press a cell to see its pictures
              above.
            </p>
            {many && (
              <p>
                The matrix of the least accurate classes has their confusions with each other; the table has all of
                them.
              </p>
            )}
          </>
        }
        message={message}
        reading={reading}
        meta={meta}
        legend={null}
        controls={
          <span className={css.figureControls} data-row>
            <Choice label="Confusions of" value={id ?? ''} options={options} onChange={setWanted} />
            <Choice label="Order of the classes" value={order} options={ORDERS} onChange={setOrder} />
            {many && <Choice label="Classes in the matrix" value={which} options={WHICH} onChange={setWhich} />}
            <Segmented label="Confusions: unit" value={unit} options={UNITS} onChange={setUnit} />
          </span>
        }
        build={build}
        empty="Which class is taken for which appears here when training is done."
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
        csv={csv}
        fileName="copra-confusions"
      />
      {embedded !== 'fill' && (
        <ChartFigure
          title="Accuracy of every class"
          help={
            <p>
              The mean over the seeds, with its 95 % interval (Wilson 1927) over the choice of the class’s test
              pictures, for these seeds. Few pictures make wide intervals. All seeds see the same pictures, so intervals
              of two arms that overlap do not say that the arms are equal.
            </p>
          }
          message={SEEN.classes}
          reading="Means over the seeds, with 95 % intervals over the choice of the class’s test pictures."
          meta={meta}
          legend={
            <Legend arms={config.arms}>
              {confusions.some(({ arm }) => arm === null) && (
                <span className={charts.legendItem}>
                  <ArmGlyph style={{ token: '--reference', dash: 'solid', marker: 'diamond', hollow: true }} />
                  {nameOfArm(config.arms, null)}
                </span>
              )}
            </Legend>
          }
          build={accuracy}
          empty=""
          height={accuracyHeight(classes, confusions.length)}
          table={accuracyTable({ task, config }, confusions)}
          csv={csv}
          fileName="copra-class-accuracies"
        />
      )}
    </div>
  );
}
