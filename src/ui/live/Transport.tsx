import { configChanges } from '../../state/config-diff.ts';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { PauseIcon, PlayIcon, StepIcon, StopIcon } from '../controls/icons.tsx';
import { useRun } from '../use-run.ts';
import css from './live.module.css';
import { NotifyControl } from './NotifyControl.tsx';

const MAX_NAMED = 3;

/** What pressing Run would do, in words: nothing new, or which settings changed. */
function ChangeNote() {
  const config = useStudy((state) => state.config);
  const result = useStudy((state) => state.result);
  if (!result) return null;
  const changes = configChanges(result.config, config);
  if (changes.length === 0) return null;
  const named = changes
    .slice(0, MAX_NAMED)
    .map(({ label, from, to }) => (from ? `${label} ${from} → ${to}` : `${label} ${to}`));
  const more = changes.length - named.length;
  const retrain = changes.some(({ affects }) => affects === 'training');
  return (
    <p className={css.changes}>
      <strong>Changed since the result shown:</strong> {named.join(', ')}
      {more > 0 && ` and ${more} more`}. Running trains {config.arms.length * config.seeds.length} adapters again
      {retrain ? ' and repeats every analysis.' : ' (the same ones) and repeats the analyses.'}
    </p>
  );
}

export function Transport() {
  const { controller } = useServices();
  const status = useStudy((state) => state.status);
  const changed = useStudy(
    (state) => state.result !== null && configChanges(state.result.config, state.config).length > 0,
  );
  const { run, problem } = useRun();
  const source = useStudy((state) => state.source);
  const idle = status === 'idle';
  const runLabel = changed
    ? 'Run with changes'
    : source === 'live'
      ? 'Run again'
      : source === 'saved' || source === 'none'
        ? 'Run it here'
        : 'Run it again here';
  return (
    <div className={css.transport}>
      <div className={css.buttons}>
        {idle && (
          <Button kind="primary" onPress={run} isDisabled={problem !== null}>
            <PlayIcon />
            {runLabel}
          </Button>
        )}
        {(status === 'running' || status === 'starting' || status === 'stopping') && (
          <Button kind="primary" onPress={() => void controller.pause()} isDisabled={status !== 'running'}>
            <PauseIcon />
            {status === 'starting' ? 'Starting' : status === 'stopping' ? 'Stopping' : 'Pause'}
          </Button>
        )}
        {status === 'paused' && (
          <Button kind="primary" onPress={() => void controller.resume()}>
            <PlayIcon />
            Resume
          </Button>
        )}
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
    </div>
  );
}
