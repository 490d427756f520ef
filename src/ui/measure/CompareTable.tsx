import { fastest, inBoth, ratioOf } from '../../engine/measure/compare.ts';
import type { ContenderId } from '../../engine/measure/contenders.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { isSameTask, TASKS, type TaskId } from '../../engine/measure/tasks.ts';
import shared from '../shared.module.css';
import { amountText, digits, fastestTiming, ratioRange } from './amounts.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';
import { TaskHead } from './TaskHead.tsx';

/** Two devices, task by task, by the contenders that both have. */
export function CompareTable({ own, other }: { readonly own: Measurement; readonly other: Measurement }) {
  const among = inBoth(own, other);
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
                <TaskHead id={id} />
                <td>
                  <Best measurement={own} task={id} among={among} />
                </td>
                <td>
                  <Best measurement={other} task={id} among={among} />
                </td>
                <td>
                  <Between own={own} other={other} task={id} among={among} />
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

interface Asked {
  readonly task: TaskId;
  readonly among: readonly ContenderId[];
}

function Best({ measurement, task, among }: Asked & { readonly measurement: Measurement }) {
  const timing = fastestTiming(measurement, task, among);
  const id = fastest(measurement, task, among);
  if (!timing || !id) return <span className={css.missing}>–</span>;
  return (
    <>
      {amountText(task, timing).median}
      <span className={css.small}>{MEASURE.contenders[id]}</span>
    </>
  );
}

function Between({ own, other, task, among }: Asked & { readonly own: Measurement; readonly other: Measurement }) {
  const [ours, theirs] = [fastestTiming(own, task, among), fastestTiming(other, task, among)];
  if (!ours || !theirs || !isSameTask(task, own.protocol, other.protocol))
    return <span className={css.missing}>–</span>;
  const ratio = ratioOf(ours, theirs);
  return (
    <>
      <strong>{digits(ratio.value)} ×</strong>
      <span className={css.small}>{ratioRange(ratio)}</span>
    </>
  );
}
