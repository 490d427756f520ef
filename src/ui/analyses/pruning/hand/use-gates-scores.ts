/** Asks the worker what adapters reach without some of their layers. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { errorText } from '../../../../core/error-text.ts';
import type { EngineInfo } from '../../../../engine/engine.ts';
import type { StoredAdapter } from '../../../../state/adapters/adapters-store.ts';
import { ownPictures } from '../../../../state/pictures/drawn-pictures.ts';
import { knownEngine } from '../../../../state/study/study-store.ts';
import { measuredPictures, ownBenchTask, type TestedPictures } from '../../../../state/summary/hand-pictures.ts';
import {
  areAmong,
  isSameQuestion,
  measuredScores,
  type HandQuestion,
  type HandScore,
} from '../../../../state/summary/prune-by-hand.ts';
import type { NotedPrecision } from '../../../../study/kernels/study-precision.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import type { OwnBenchTask } from '../../../../study/run/gates-bench.ts';
import { useServices, useStudy } from '../../../context.ts';

/** Milliseconds before the worker is asked: further presses change the question. */
const PATIENCE_MS = 250;

/** Of own images, which only the page has, those that are asked about; null for a bundled task. */
type OwnImages = () => OwnBenchTask | null;

/** @returns `areHere`: the images of the result can be asked about */
export function useOwnImages({ config, task }: StudyResult): { readonly areHere: boolean; readonly own: OwnImages } {
  const { dataset } = useServices();
  const atHand = useStore(dataset, (state) => state.dataset);
  const kept = useStudy((state) => state.testSets);
  return useMemo(() => {
    if (config.task !== 'dropped') return { areHere: true, own: () => null };
    return {
      areHere: ownPictures({ task }, atHand, kept) !== null,
      own: () => ownBenchTask({ task }, atHand, kept),
    };
  }, [config.task, task, atHand, kept]);
}

interface Measured {
  readonly question: HandQuestion;
  readonly scores: readonly HandScore[];
  readonly pictures: TestedPictures;
}

interface Failed {
  readonly question: HandQuestion;
  /** On which it failed: another device may answer. */
  readonly engine: EngineInfo | null;
  readonly why: string;
}

export interface Measuring {
  readonly scores: readonly HandScore[];
  readonly pictures: TestedPictures | null;
  readonly busy: boolean;
  /** Until a study has ended. */
  readonly waits: boolean;
  readonly problem: string | null;
}

/** Scores and pictures from the worker, where they are not known; keeps the previous ones of the same adapters while a query runs. */
export function useGatesScores(
  adapters: readonly StoredAdapter[],
  off: ReadonlySet<string>,
  precision: NotedPrecision,
  own: OwnImages,
): Measuring {
  const { adapterCommands } = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [stopped, setStopped] = useState(0);
  const question = useMemo(() => ({ adapters, off }), [adapters, off]);
  const isAnswered = measured !== null && isSameQuestion(measured.question, question);
  const failure =
    failed !== null && failed.engine === engine && isSameQuestion(failed.question, question) ? failed : null;
  const isOpen = adapters.length > 0 && !isAnswered && !failure;
  const wanted = isOpen && idle;
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const timer = setTimeout(() => {
      void adapterCommands.scoreGates(question.adapters, question.off, precision, own()).then(
        (found) => {
          if (!current) return;
          // A study or another device stopped the question: it is asked again.
          if (!found) return setStopped((times) => times + 1);
          const asked = question.adapters;
          setMeasured({ question, scores: measuredScores(asked, found), pictures: measuredPictures(asked, found) });
          setFailed(null); // what failed before may be asked again
        },
        (error: unknown) => {
          if (current) setFailed({ question, engine, why: errorText(error) });
        },
      );
    }, PATIENCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, question, precision, own, engine, stopped, adapterCommands]);
  const isShown = measured !== null && (isAnswered || (wanted && areAmong(measured.question.adapters, adapters)));
  return {
    scores: isShown ? measured.scores : [],
    // Pictures of other layers than those that are off would mislead.
    pictures: isAnswered ? measured.pictures : null,
    busy: wanted,
    waits: isOpen && !idle,
    problem: failure?.why ?? null,
  };
}
