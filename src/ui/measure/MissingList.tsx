import type { Cell, Measurement } from '../../engine/measure/measurement.ts';
import type { TaskId } from '../../engine/measure/tasks.ts';
import { Fold } from '../controls/Fold.tsx';
import { digits, missingText } from './amounts.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';

interface Missing {
  readonly task: TaskId | null;
  readonly cell: Exclude<Cell, { readonly state: 'measured' }>;
}

/** What was not measured, or is wrong. A contender that is not here at all is one entry. */
function missingOf({ tasks, contenders }: Measurement): Missing[] {
  const absent = contenders
    .filter(({ state }) => state !== 'present')
    .map(({ id, state, text }): Missing => ({
      task: null,
      cell:
        state === 'failed'
          ? { state, contender: id, reason: text }
          : { state: 'skipped', contender: id, why: 'absent', needs: null, has: null },
    }));
  const here = new Set(contenders.filter(({ state }) => state === 'present').map(({ id }) => id));
  const cells = tasks.flatMap(({ task, cells: all }) =>
    all.flatMap((cell) => (cell.state !== 'measured' && here.has(cell.contender) ? [{ task, cell }] : [])),
  );
  return [...absent, ...cells];
}

const whyText = (cell: Missing['cell']): string => {
  if (cell.state === 'failed') return `${missingText(cell)}: ${cell.reason}`;
  if (cell.state === 'wrong' && cell.deviation !== null)
    return `${missingText(cell)}: ${MEASURE.deviation(digits(cell.deviation))}`;
  return missingText(cell);
};

export function MissingList({ measurement }: { readonly measurement: Measurement }) {
  const missing = missingOf(measurement);
  if (missing.length === 0) return null;
  return (
    <Fold title={MEASURE.reasons} summary={String(missing.length)} quiet>
      <ul className={css.list}>
        {missing.map(({ task, cell }) => (
          <li key={`${task} ${cell.contender}`}>
            {[MEASURE.contenders[cell.contender], task && MEASURE.tasks[task].name].filter(Boolean).join(', ')}:{' '}
            {whyText(cell)}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
