import { cellOf, ratioOnUnit } from '../../engine/measure/compare.ts';
import { CONTENDER_IDS, CONTENDERS, type ContenderId } from '../../engine/measure/contenders.ts';
import type { Cell, Measurement, Timing } from '../../engine/measure/measurement.ts';
import { TASKS, type TaskId } from '../../engine/measure/tasks.ts';
import shared from '../shared.module.css';
import { amountText, digits, missingText, ratioRange } from './amounts.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';
import { TaskHead } from './TaskHead.tsx';

const isPresent = ({ contenders }: Measurement, id: ContenderId): boolean =>
  contenders.some((contender) => contender.id === id && contender.state === 'present');

/** Tasks down, contenders across; in the cells of stock programs, how ours compares. */
export function MeasureTable({ measurement, label }: { readonly measurement: Measurement; readonly label: string }) {
  const shown = CONTENDER_IDS.filter((id) => isPresent(measurement, id));
  return (
    <div className={css.whole}>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">{MEASURE.task}</th>
              {shown.map((id) => (
                <th key={id} scope="col">
                  {MEASURE.contenders[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {TASKS.map(({ id }) => (
              <tr key={id}>
                <TaskHead id={id} />
                {shown.map((contender) => (
                  <td key={contender}>
                    <Amount task={id} cell={cellOf(measurement, id, contender)} />
                    <Times measurement={measurement} task={id} contender={contender} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.note}>{MEASURE.tableNote}</p>
    </div>
  );
}

/** How sure a median is: its quartiles, or that there is a single run. */
const spreadText = ({ warm, repetitions }: Timing, range: string): string =>
  !warm ? MEASURE.cold : repetitions === 1 ? MEASURE.once : range;

function Amount({ task, cell }: { readonly task: TaskId; readonly cell: Cell | null }) {
  if (cell?.state !== 'measured')
    return <span className={cell?.state === 'wrong' ? css.bad : css.missing}>{missingText(cell)}</span>;
  const { median, range } = amountText(task, cell.timing);
  return (
    <>
      {median}
      <span className={css.small}>{spreadText(cell.timing, range)}</span>
    </>
  );
}

interface TimesProps {
  readonly measurement: Measurement;
  readonly task: TaskId;
  readonly contender: ContenderId;
}

/** How many times as fast ours is; nothing for ours, and where nothing tells. */
function Times({ measurement, task, contender }: TimesProps) {
  const { unit, program } = CONTENDERS[contender];
  const ratio = program === 'own' ? null : ratioOnUnit(measurement, task, unit, program);
  return ratio && <span className={css.ratio}>{MEASURE.times(digits(ratio.value), ratioRange(ratio))}</span>;
}
