import { fastest, ratioOf } from '../../engine/measure/compare.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { TASKS, type TaskId } from '../../engine/measure/tasks.ts';
import shared from '../shared.module.css';
import { amountText, digits, fastestTiming, ratioRange } from './amounts.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';

/** Two devices, task by task. */
export function CompareTable({ own, other }: { readonly own: Measurement; readonly other: Measurement }) {
  return (
    <div className={css.whole}>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={MEASURE.compare}>
        <table className={`${shared.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">{MEASURE.compare}</th>
              <th scope="col">{MEASURE.compareHead('own')}</th>
              <th scope="col">{MEASURE.compareHead('other')}</th>
              <th scope="col">{MEASURE.ratio}</th>
            </tr>
          </thead>
          <tbody>
            {TASKS.map(({ id }) => (
              <tr key={id}>
                <th scope="row">
                  {MEASURE.tasks[id].name}
                  <span className={css.small}>{MEASURE.tasks[id].of}</span>
                </th>
                <td>
                  <Best measurement={own} task={id} />
                </td>
                <td>
                  <Best measurement={other} task={id} />
                </td>
                <td>
                  <Between own={own} other={other} task={id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.note}>{MEASURE.compareNote}</p>
    </div>
  );
}

function Best({ measurement, task }: { readonly measurement: Measurement; readonly task: TaskId }) {
  const timing = fastestTiming(measurement, task);
  const id = fastest(measurement, task);
  if (!timing || !id) return <span className={css.missing}>–</span>;
  return (
    <>
      {amountText(task, timing).median}
      <span className={css.small}>{MEASURE.contenders[id]}</span>
    </>
  );
}

function Between({
  own,
  other,
  task,
}: {
  readonly own: Measurement;
  readonly other: Measurement;
  readonly task: TaskId;
}) {
  const [ours, theirs] = [fastestTiming(own, task), fastestTiming(other, task)];
  if (!ours || !theirs) return <span className={css.missing}>–</span>;
  const ratio = ratioOf(ours, theirs);
  return (
    <>
      <strong>{digits(ratio.value)} ×</strong>
      <span className={css.small}>{ratioRange(ratio)}</span>
    </>
  );
}
