import { comingCode } from '../platform/coming-code.ts';
import { useStore } from 'zustand/react';
import { resumableHere } from '../state/study/interrupted-store.ts';
import type { CheckpointHead } from '../study/checkpoint/checkpoint.ts';
import { useServices, useStudy } from './context.ts';
import { PAGE_WORDS } from './messages.ts';
import { useRunRefusal } from './use-run.ts';

/** Loaded on first use. */
const resuming = () => comingCode(import('../state/study/resume-study.ts'));

/** What the button says that resumes a study. */
export function resumeLabel({ step, config, adds }: CheckpointHead): string {
  const words = PAGE_WORDS.resume;
  if (adds) return words.added;
  return step >= config.training.steps ? words.analyses : words.at(step);
}

interface Resume {
  readonly label: string;
  readonly resume: () => void;
  readonly isDisabled: boolean;
}

/** The way back to the study that was stopped on this page; null: there is none, or one runs. */
export function useResume(): Resume | null {
  const services = useServices();
  const checkpoint = useStudy((state) => (state.status === 'idle' ? state.checkpoint : null));
  const saved = useStore(services.interrupted, (state) => resumableHere(state, checkpoint));
  const refusal = useRunRefusal();
  if (!saved) return null;
  return {
    label: resumeLabel(saved.head),
    resume: () => void resuming().then(({ resumeStudy }) => resumeStudy(services, saved, false)),
    isDisabled: refusal !== null,
  };
}

/** Whether a study has ended here and it is not known yet whether it can be resumed. */
export const useIsLooking = (): boolean => useStore(useServices().interrupted, (state) => state.isLooking);
