import { FileTrigger, ProgressBar } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { rememberingStorage } from '../../state/page/keeper.ts';
import { budgetOf, openMeasurementFile, startMeasuring, stopMeasuring } from '../../state/measure/measure-commands.ts';
import type { MeasureProgress } from '../../engine/measure/run-protocol.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import live from '../live/live.module.css';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';

function progressText(progress: MeasureProgress | null): string {
  if (!progress?.task || !progress.contender) return MEASURE.preparing;
  return MEASURE.doing(MEASURE.tasks[progress.task].name, MEASURE.contenders[progress.contender]);
}

/** Starting, stopping, and what is being measured. */
export function MeasureControls() {
  const { measure, measurer } = useServices();
  const { status, progress, own, seconds, isInterrupted } = useStore(measure);
  const studying = useStudy((state) => state.status !== 'idle');
  // The worker that measures is looking for its engine first.
  const looking = useStudy(({ device }) => device.status === 'unopened' || device.status === 'opening');
  const budget = budgetOf(seconds);
  const share = progress?.share ?? 0;
  return (
    <>
      <div className={css.row}>
        {status === 'idle' ? (
          <Button
            kind="primary"
            isDisabled={studying || looking}
            onPress={() => void startMeasuring(measure, measurer, rememberingStorage())}
          >
            {own ? MEASURE.again : MEASURE.start(budget)}
          </Button>
        ) : (
          <Button isDisabled={status === 'stopping'} onPress={() => stopMeasuring(measure, measurer)}>
            {status === 'stopping' ? MEASURE.stopping : MEASURE.stop}
          </Button>
        )}
        <FileTrigger
          acceptedFileTypes={['.json']}
          onSelect={(list) => {
            const file = list?.item(0);
            if (file) void openMeasurementFile(measure, file);
          }}
        >
          <Button>{MEASURE.openFile}</Button>
        </FileTrigger>
      </div>
      {isInterrupted && <p className={css.note}>{MEASURE.interrupted}</p>}
      {studying && status === 'idle' && <p className={css.note}>{MEASURE.busy}</p>}
      {status !== 'idle' && (
        <div>
          <ProgressBar aria-label={MEASURE.progress} value={100 * share} className={live.bar}>
            <span className={live.barFill} style={{ width: `${100 * share}%` }} />
          </ProgressBar>
          <p className={css.note}>{progressText(progress)}</p>
        </div>
      )}
    </>
  );
}
