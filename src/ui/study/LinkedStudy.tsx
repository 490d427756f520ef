/** The read-only settings of a study from a link or file, which can be run again or used as a starting point. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { shownClasses } from '../../data/bundled/shown-classes.ts';
import { useMemo } from 'react';
import { configRows } from '../../share/config/config-rows.ts';
import { startFromResult } from '../../state/study/study-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { inSentence } from '../../study/config/settings/rows.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Fold } from '../controls/Fold.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import { useRun, useRunRefusal } from '../use-run.ts';
import css from './linked-study.module.css';
import { STUDY_WORDS } from './messages.ts';

/** "LoRA, CopRA", or for a sweep "LoRA, CopRA at 5 values of learning rate". */
function armsText({ arms }: StudyConfig): string {
  const sweep = sweepOf({ arms });
  if (!sweep) return arms.map((arm) => PRESET_WORDS.arm(arm)).join(', ');
  const methods = sweep.methods.map(({ name }) => name).join(', ');
  return STUDY_WORDS.linked.swept(methods, sweep.values.length, inSentence(sweep.setting.label));
}

export function LinkedStudy({ result }: { result: StudyResult }) {
  const { study } = useServices();
  const busy = useStudy((state) => state.status !== 'idle');
  const { run, problem, time } = useRun();
  const refusal = useRunRefusal();
  const source = useStudy((state) => (state.source === 'file' ? 'file' : 'link'));
  const { config, task } = result;
  const words = STUDY_WORDS.linked;
  const rows = useMemo(() => configRows(config), [config]);
  const own = config.task === 'dropped';
  return (
    <div className={css.card}>
      <div className={css.head}>
        <p className={css.title}>{shownTask(result.config.task, task.name)}</p>
        <p className={css.text}>
          {words.size(
            armsText(config),
            config.seeds.length,
            config.training.steps,
            task.classes.length,
            task.train,
            task.test,
          )}
        </p>
        <ul className={css.classes} aria-label={words.classes}>
          {shownClasses(result)
            .slice(0, 40)
            .map((name, i) => (
              <li key={i}>{name}</li>
            ))}
        </ul>
        {own && <p className={css.text}>{words.ownImages(source)}</p>}
      </div>
      <div className={css.actions}>
        <Button kind="primary" onPress={run} isDisabled={busy || problem !== null}>
          <PlayIcon />
          {`${words.runAgain}${time}`}
        </Button>
        <Button onPress={() => startFromResult(study)} isDisabled={busy}>
          {words.startFrom}
        </Button>
      </div>
      {refusal !== null && <p className={css.text}>{refusal}</p>}
      <p className={css.note}>{words.note}</p>
      <Fold title={words.allSettings} level={3}>
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
        <div className={css.scroll} tabIndex={0} role="region" aria-label={words.settingsOfArms}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{words.arm}</th>
                {config.arms.map((arm) => (
                  <th key={arm.id} scope="col">
                    {PRESET_WORDS.arm(arm)}
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
