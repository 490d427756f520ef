/** Asks the worker about pictures, the newest only, and says what is in the way. */
import { useCallback, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { answersOf, type OwnAnswer } from '../../../state/own/answers.ts';
import { variantsOf, type Respondent } from '../../../state/own/respondents.ts';
import type { PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { useServices } from '../../context.ts';

interface Asked {
  readonly setting: PredictorSetting;
  readonly respondents: readonly Respondent[];
  readonly words: readonly string[];
}

export interface Answering {
  /** The last answers; null before there are any. */
  readonly answers: readonly OwnAnswer[] | null;
  readonly unknown: readonly string[];
  readonly problem: string | null;
  /** Resolves to whether the picture was answered. */
  readonly ask: (picture: PictureInput, signal?: AbortSignal) => Promise<boolean>;
  readonly clear: () => void;
}

export function useAnswers({ setting, respondents, words }: Asked): Answering {
  const { predictor } = useServices();
  const [found, setFound] = useState<Pick<Answering, 'answers' | 'unknown'>>({ answers: null, unknown: [] });
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(
    async (picture: PictureInput, signal?: AbortSignal): Promise<boolean> => {
      try {
        const question = { pictures: [picture], variants: variantsOf(respondents), words };
        const answers = await predictor.predict(setting, question, signal);
        if (!answers || signal?.aborted) return false;
        setFound({ answers: answersOf(respondents, answers), unknown: answers.unknown });
        setProblem(null);
        return true;
      } catch (error) {
        if (!signal?.aborted) setProblem(errorText(error));
        return false;
      }
    },
    [predictor, setting, respondents, words],
  );
  const clear = useCallback(() => setFound({ answers: null, unknown: [] }), []);
  return { ...found, problem, ask, clear };
}
