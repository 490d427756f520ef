import { useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { counted } from '../../core/counted.ts';
import { configChanges } from '../../state/study/config-diff.ts';
import type { RunStatus } from '../../state/study/study-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { PauseIcon, PlayIcon, StepIcon, StopIcon } from '../controls/icons.tsx';
import { useRun } from '../use-run.ts';
import css from './live.module.css';
import { NotifyControl } from './NotifyControl.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

const MAX_NAMED = 3;

/** "steps 600 → 40, seeds 0 1 → 0 and 2 more"; empty where nothing differs. */
function changesText(from: StudyConfig, to: StudyConfig): string {
  const changes = configChanges(from, to);
  const named = changes
    .slice(0, MAX_NAMED)
    .map((change) => (change.from ? `${change.label} ${change.from} → ${change.to}` : `${change.label} ${change.to}`));
  const more = changes.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What pressing Run would do, in words: nothing new, or which settings changed. */
function ChangeNote() {
  const config = useStudy((state) => state.config);
  const result = useStudy((state) => state.result);
  if (!result) return null;
  const changes = configChanges(result.config, config);
  if (changes.length === 0) return null;
  const retrain = changes.some(({ affects }) => affects === 'training');
  return (
    <p className={css.changes}>
      <strong>Changed since the result shown:</strong> {changesText(result.config, config)}. Running trains{' '}
      {counted(config.arms.length * config.seeds.length, 'adapter')} again
      {retrain ? ' and repeats every analysis.' : ' (the same ones) and repeats the analyses.'}
    </p>
  );
}

/** Notes that settings changed during a run apply to the next one, with a way to undo them. */
function ForTheNextRun({ underWay, onTakeBack }: { underWay: StudyConfig; onTakeBack: () => void }) {
  const config = useStudy((state) => state.config);
  const text = changesText(underWay, config);
  if (text === '') return null;
  return (
    <p className={css.changes} role="status">
      <strong>Changed for the next run:</strong> {text}. The study under way, with its figures, goes on with the
      settings it began with.{' '}
      <AriaButton className={css.textButton} onPress={onTakeBack}>
        Take its settings back
      </AriaButton>
    </p>
  );
}

const WAITS: Partial<Record<RunStatus, string>> = { starting: 'Starting', stopping: 'Stopping' };

export function Transport() {
  const { controller, study } = useServices();
  const status = useStudy((state) => state.status);
  const underWay = useStudy((state) => state.underWay);
  const changed = useStudy(
    (state) => state.result !== null && configChanges(state.result.config, state.config).length > 0,
  );
  const { run, problem, time } = useRun();
  const source = useStudy((state) => state.source);
  const main = useRef<HTMLButtonElement>(null);
  useKeptFocus(main, status);
  const idle = status === 'idle';
  const runLabel = changed
    ? 'Run with changes'
    : source === 'live'
      ? 'Run again'
      : source === 'saved' || source === 'none'
        ? 'Run it here'
        : 'Run it again here';
  const press = (): void => {
    if (idle) run();
    else void (status === 'paused' ? controller.resume() : controller.pause());
  };
  const takeBack = (settings: StudyConfig): void => {
    study.setState({ config: settings });
    main.current?.focus();
  };
  return (
    <div className={css.transport}>
      <div className={css.buttons}>
        {/* One button for all states, so that a keyboard user keeps focus on it. */}
        <Button
          ref={main}
          kind="primary"
          onPress={press}
          isPending={status in WAITS}
          isDisabled={idle && problem !== null}
        >
          {idle || status === 'paused' ? <PlayIcon /> : <PauseIcon />}
          {idle ? `${runLabel}${time}` : (WAITS[status] ?? (status === 'paused' ? 'Resume' : 'Pause'))}
        </Button>
        <IconButton name="Single step" isDisabled={status !== 'paused'} onPress={() => void controller.step()}>
          <StepIcon />
        </IconButton>
        <IconButton
          name={status === 'starting' || status === 'stopping' ? 'Stop at once' : 'Stop and keep what is done'}
          isDisabled={idle}
          onPress={() => void controller.stop()}
        >
          <StopIcon />
        </IconButton>
        <NotifyControl />
      </div>
      {problem !== null && idle && <p className={css.changes}>{problem}</p>}
      {idle && problem === null && <ChangeNote />}
      {underWay && <ForTheNextRun underWay={underWay} onTakeBack={() => takeBack(underWay)} />}
    </div>
  );
}
