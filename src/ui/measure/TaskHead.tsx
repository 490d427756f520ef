import type { TaskId } from '../../engine/measure/tasks.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';

/** The head of a task's row: its name, and what it is of. */
export function TaskHead({ id }: { readonly id: TaskId }) {
  const { name, of } = MEASURE.tasks[id];
  return (
    <th scope="row">
      {name}
      <span className={css.small}>{of}</span>
    </th>
  );
}
