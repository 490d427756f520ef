import { Suspense, useMemo, useRef, type ReactNode, type Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { configChanges, isSameStudy, type ConfigChange } from '../../state/study/config-changes.ts';
import { ownImageChanges } from '../../state/study/images-diff.ts';
import type { RunStatus } from '../../state/study/study-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { withShownArms } from '../../study/presets/shown-arms.ts';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { PauseIcon, PlayIcon, StepIcon, StopIcon } from '../controls/icons.tsx';
import { useImagesThenAndNow } from '../use-images-then-and-now.ts';
import { lazily } from '../lazily.tsx';
import { useLessons } from '../lessons/use-lessons.ts';
import { useIsLooking, useResume } from '../use-resume.ts';
import { useRun } from '../use-run.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { useKeptFocus } from './use-kept-focus.ts';

const LongerStudy = lazily(async () => (await import('./LongerStudy.tsx')).LongerStudy);

const MAX_NAMED = 3;

const changesText = (changes: readonly ConfigChange[]): string =>
  LIVE_WORDS.changes(changes.slice(0, MAX_NAMED), Math.max(0, changes.length - MAX_NAMED));

/** How the study that Run would start differs from one with these settings: in settings, and in the reader's own images. */
function useChangesSince(from: StudyConfig | null): readonly ConfigChange[] {
  const config = useStudy((state) => state.config);
  const { shown, now } = useImagesThenAndNow();
  return useMemo(() => {
    if (!from) return [];
    return [
      ...configChanges(withShownArms(from), withShownArms(config)),
      ...ownImageChanges([from, config], shown, now),
    ];
  }, [from, config, shown, now]);
}

/** What pressing Run would do, in words: nothing new, or what changed. */
function ChangeNote({ changes }: { changes: readonly ConfigChange[] }) {
  const adapters = useStudy(({ config }) => config.arms.length * config.seeds.length);
  if (changes.length === 0) return null;
  const retrain = changes.some(({ affects }) => affects === 'training');
  return (
    <p className={css.changes}>
      <strong>{LIVE_WORDS.changedSince}</strong> {changesText(changes)}
      {LIVE_WORDS.runningTrains(adapters, retrain)}
    </p>
  );
}

/** Notes that what was changed during a run applies to the next one, with a way to undo changes of settings. */
function ForTheNextRun({ underWay, onTakeBack }: { underWay: StudyConfig; onTakeBack: () => void }) {
  const changes = useChangesSince(underWay);
  const config = useStudy((state) => state.config);
  if (changes.length === 0) return null;
  return (
    <p className={css.changes} role="status">
      <strong>{LIVE_WORDS.changedForNext}</strong> {changesText(changes)}
      {LIVE_WORDS.goesOn}{' '}
      {!isSameStudy(underWay, config) && (
        <AriaButton className={css.textButton} onPress={onTakeBack}>
          {LIVE_WORDS.takeBack}
        </AriaButton>
      )}
    </p>
  );
}

/** While it waits for the study's worker. */
const isWaiting = (status: RunStatus): status is 'starting' | 'stopping' =>
  status === 'starting' || status === 'stopping';

/** Until it is known what a press would begin, a study that has ended is about to stop. */
function useShownStatus(): RunStatus {
  const running = useStudy((state) => state.status);
  const isLooking = useIsLooking();
  return running === 'idle' && isLooking ? 'stopping' : running;
}

const useChangesSinceShown = (): readonly ConfigChange[] =>
  useChangesSince(useStudy((state) => state.result?.config ?? null));

interface TransportButtonsProps {
  /** The first button, which is one for all states, so that a keyboard user keeps focus on it. */
  readonly main?: Ref<HTMLButtonElement>;
  /** In the place of Step and Stop while nothing runs. */
  readonly children?: ReactNode;
}

export function TransportButtons({ main, children }: TransportButtonsProps) {
  const { controller } = useServices();
  const running = useStudy((state) => state.status);
  const changes = useChangesSinceShown();
  const { run, problem, time } = useRun();
  const resume = useResume();
  const isSecond = useLessons((state) => state.offersRun);
  const source = useStudy((state) => state.source);
  const status = useShownStatus();
  const idle = status === 'idle';
  const runLabel =
    changes.length > 0
      ? LIVE_WORDS.runWithChanges
      : source === 'live'
        ? LIVE_WORDS.runAgain
        : source === 'saved' || source === 'none'
          ? LIVE_WORDS.runHere
          : LIVE_WORDS.runAgainHere;
  const press = (): void => {
    if (idle) (resume?.resume ?? run)();
    else void (status === 'paused' ? controller.resume() : controller.pause());
  };
  return (
    <div className={css.buttons}>
      <Button
        ref={main}
        kind={idle && isSecond ? 'plain' : 'primary'}
        onPress={press}
        isPending={isWaiting(status)}
        isDisabled={idle && (resume?.isDisabled ?? problem !== null)}
      >
        {idle || status === 'paused' ? <PlayIcon /> : <PauseIcon />}
        {idle
          ? (resume?.label ?? `${runLabel}${time}`)
          : isWaiting(status)
            ? LIVE_WORDS[status]
            : status === 'paused'
              ? LIVE_WORDS.resume
              : LIVE_WORDS.pause}
      </Button>
      {/* Where Stop was. */}
      {(idle &&
        (resume ? (
          <Button onPress={run} isDisabled={problem !== null}>
            {changes.length > 0 ? LIVE_WORDS.runWithChanges : LIVE_WORDS.startOver}
          </Button>
        ) : (
          children
        ))) || (
        <>
          <IconButton
            name={LIVE_WORDS.singleStep}
            isDisabled={status !== 'paused'}
            onPress={() => void controller.step()}
          >
            <StepIcon />
          </IconButton>
          <IconButton
            name={isWaiting(status) ? LIVE_WORDS.stopAtOnce : LIVE_WORDS.stop}
            isDisabled={running === 'idle'}
            onPress={() => void controller.stop()}
          >
            <StopIcon />
          </IconButton>
        </>
      )}
    </div>
  );
}

export function Transport() {
  const { study } = useServices();
  const underWay = useStudy((state) => state.underWay);
  const changes = useChangesSinceShown();
  const { problem } = useRun();
  const main = useRef<HTMLButtonElement>(null);
  const status = useShownStatus();
  useKeptFocus(main, status);
  const idle = status === 'idle';
  // Nothing follows a saved result, which a first visit would fetch that code for.
  const isOwn = useStudy(({ source }) => source === 'live');
  const takeBack = (settings: StudyConfig): void => {
    study.setState({ config: settings });
    main.current?.focus();
  };
  return (
    <div className={css.transport}>
      <TransportButtons main={main} />
      {problem !== null && idle && <p className={css.changes}>{problem}</p>}
      {idle && problem === null && <ChangeNote changes={changes} />}
      <Suspense>{idle && isOwn && problem === null && changes.length === 0 && <LongerStudy />}</Suspense>
      {underWay && <ForTheNextRun underWay={underWay} onTakeBack={() => takeBack(underWay)} />}
    </div>
  );
}
