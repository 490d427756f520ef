import { useMemo } from 'react';
import { useStudy } from '../context.ts';
import { clock } from '../format.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { PhaseBar } from './PhaseBar.tsx';
import { endText, phasesOf, phaseText } from './phases.ts';

/** The study's progress: phases, a labelled bar, time left and speed. Keeps its height while nothing runs. */
export function ProgressLine() {
  const progress = useStudy((state) => state.progress);
  const status = useStudy((state) => state.status);
  const result = useStudy((state) => state.result);
  const underWay = useStudy((state) => state.underWay);
  const wanted = useStudy((state) => state.config);
  const busy = status !== 'idle';
  const ended = !busy && progress !== null;
  const config = underWay ?? (ended ? result?.config : null) ?? wanted;
  const phases = useMemo(() => phasesOf(config), [config]);
  const current = phases.findIndex(({ id }) => id === progress?.phase);
  const isDone = (i: number): boolean => (ended && result?.status === 'complete') || i < current;
  return (
    <div className={css.progress} data-idle={!busy || undefined}>
      <ol className={css.phases} aria-label={LIVE_WORDS.phases}>
        {phases.map(({ id, name }, i) => (
          <li
            key={id}
            data-name={name}
            data-state={!progress && !busy ? 'idle' : isDone(i) ? 'done' : busy && i === current ? 'now' : 'next'}
            aria-current={busy && i === current ? 'step' : undefined}
          >
            {name}
          </li>
        ))}
      </ol>
      <PhaseBar progress={progress} />
      <p className={css.numbers}>
        <span>
          {ended
            ? endText({ progress, result })
            : progress
              ? phaseText(progress)
              : busy
                ? LIVE_WORDS.begins
                : LIVE_WORDS.idle}
        </span>
        <span>{LIVE_WORDS.rate(progress && busy ? progress.imagesPerSecond : null)}</span>
        <span>{LIVE_WORDS.remaining(clock(progress && busy ? progress.remainingSeconds : null))}</span>
      </p>
    </div>
  );
}
