import { useMemo, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { configChanges } from '../../state/study/config-diff.ts';
import type { RunStatus } from '../../state/study/study-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { PauseIcon, PlayIcon, StepIcon, StopIcon } from '../controls/icons.tsx';
import { useRun } from '../use-run.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { NotifyControl } from './NotifyControl.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

const MAX_NAMED = 3;

function changesText(from: StudyConfig, to: StudyConfig): string {
  const changes = configChanges(from, to);
  return LIVE_WORDS.changes(changes.slice(0, MAX_NAMED), Math.max(0, changes.length - MAX_NAMED));
}

/** What pressing Run would do, in words: nothing new, or which settings changed. */
function ChangeNote() {
  const config = useStudy((state) => state.config);
  const shown = useStudy((state) => state.result?.config ?? null);
  if (!shown) return null;
  const changes = configChanges(shown, config);
  if (changes.length === 0) return null;
  const retrain = changes.some(({ affects }) => affects === 'training');
  return (
    <p className={css.changes}>
      <strong>{LIVE_WORDS.changedSince}</strong> {changesText(shown, config)}
      {LIVE_WORDS.runningTrains(config.arms.length * config.seeds.length, retrain)}
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
      <strong>{LIVE_WORDS.changedForNext}</strong> {text}
      {LIVE_WORDS.goesOn}{' '}
      <AriaButton className={css.textButton} onPress={onTakeBack}>
        {LIVE_WORDS.takeBack}
      </AriaButton>
    </p>
  );
}

/** While it waits for the study's worker. */
const isWaiting = (status: RunStatus): status is 'starting' | 'stopping' =>
  status === 'starting' || status === 'stopping';

export function Transport() {
  const { controller, study } = useServices();
  const status = useStudy((state) => state.status);
  const underWay = useStudy((state) => state.underWay);
  const config = useStudy((state) => state.config);
  const shown = useStudy((state) => state.result?.config ?? null);
  const changed = useMemo(() => shown !== null && configChanges(shown, config).length > 0, [shown, config]);
  const { run, problem, time } = useRun();
  const source = useStudy((state) => state.source);
  const main = useRef<HTMLButtonElement>(null);
  useKeptFocus(main, status);
  const idle = status === 'idle';
  const runLabel = changed
    ? LIVE_WORDS.runWithChanges
    : source === 'live'
      ? LIVE_WORDS.runAgain
      : source === 'saved' || source === 'none'
        ? LIVE_WORDS.runHere
        : LIVE_WORDS.runAgainHere;
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
          isPending={isWaiting(status)}
          isDisabled={idle && problem !== null}
        >
          {idle || status === 'paused' ? <PlayIcon /> : <PauseIcon />}
          {idle
            ? `${runLabel}${time}`
            : isWaiting(status)
              ? LIVE_WORDS[status]
              : status === 'paused'
                ? LIVE_WORDS.resume
                : LIVE_WORDS.pause}
        </Button>
        <IconButton
          name={LIVE_WORDS.singleStep}
          isDisabled={status !== 'paused'}
          onPress={() => void controller.step()}
        >
          <StepIcon />
        </IconButton>
        <IconButton
          name={isWaiting(status) ? LIVE_WORDS.stopAtOnce : LIVE_WORDS.stop}
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
