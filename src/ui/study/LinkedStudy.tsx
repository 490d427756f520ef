/** The read-only settings of a study from a link or file, which can be run again or used as a starting point. */
import { counted } from '../../core/counted.ts';
import { useMemo } from 'react';
import { configRows } from '../../share/config/config-rows.ts';
import { startFromResult } from '../../state/study/study-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Fold } from '../controls/Fold.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import { integer } from '../format.ts';
import { useRun } from '../use-run.ts';
import css from './linked-study.module.css';

/** "LoRA, CopRA", or for a sweep "LoRA, CopRA at 5 values of learning rate". */
function armsText({ arms }: StudyConfig): string {
  const sweep = sweepOf({ arms });
  if (!sweep) return arms.map(({ name }) => name).join(', ');
  const methods = sweep.methods.map(({ name }) => name).join(', ');
  return `${methods} at ${counted(sweep.values.length, 'value')} of ${sweep.setting.label.toLowerCase()}`;
}

export function LinkedStudy({ result }: { result: StudyResult }) {
  const { study } = useServices();
  const busy = useStudy((state) => state.status !== 'idle');
  const { run, problem, time } = useRun();
  const { config, task } = result;
  const rows = useMemo(() => configRows(config), [config]);
  const own = config.task === 'dropped';
  return (
    <div className={css.card}>
      <div className={css.head}>
        <p className={css.title}>{task.name}</p>
        <p className={css.text}>
          {armsText(config)}: {counted(config.seeds.length, 'seed')} each, {counted(config.training.steps, 'step')};{' '}
          {counted(task.classes.length, 'class', 'classes')}, {integer(task.train)} training and{' '}
          {counted(task.test, 'test image')}.
        </p>
        <ul className={css.classes} aria-label="Classes">
          {task.classes.slice(0, 40).map((name, i) => (
            <li key={i}>{name}</li>
          ))}
        </ul>
        {own && (
          <p className={css.text}>
            It was trained on its author’s own images, which are not part of a link. Start from it and drop yours.
          </p>
        )}
      </div>
      <div className={css.actions}>
        <Button kind="primary" onPress={run} isDisabled={busy || problem !== null}>
          <PlayIcon />
          Run it again here{time}
        </Button>
        <Button onPress={() => startFromResult(study)} isDisabled={busy}>
          Start from this
        </Button>
      </div>
      <p className={css.note}>
        Running repeats it with the same seeds on this device and replaces the numbers. Starting from it makes the
        settings yours to change; the result stays until you run.
      </p>
      <Fold title="All settings" level={3}>
        <table className={css.table}>
          <tbody>
            {rows.study.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Settings of the arms">
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">Arm</th>
                {config.arms.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.arms.map(({ label, values }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {values.map((value, i) => (
                    <td key={i}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Fold>
    </div>
  );
}
