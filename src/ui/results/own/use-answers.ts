/** Asks the worker about pictures, the newest only, and says what is in the way. */
import { useCallback, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { answersOf, type OwnAnswer } from '../../../state/own/answers.ts';
import { inEnglish } from '../../../core/language/catalogue.ts';
import { variantsOf, type Respondent } from '../../../state/own/respondents.ts';
import type { PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { useServices } from '../../context.ts';

interface Asked {
  readonly setting: PredictorSetting;
  readonly respondents: readonly Respondent[];
  /** The same, named in the language that is spoken when it is called. */
  readonly named: () => readonly Respondent[];
  readonly words: readonly string[];
  /** What people see for the name of a class. */
  readonly shown: (name: string) => string;
}

export interface Answering {
  /** The last answers; null before there are any. */
  readonly answers: readonly OwnAnswer[] | null;
  /** Which picture they are of. */
  readonly of: PictureInput | null;
  /** The same for a file: in English. */
  readonly inFiles: () => readonly OwnAnswer[];
  readonly unknown: readonly string[];
  readonly problem: string | null;
  /** Resolves to whether the picture was answered. */
  readonly ask: (picture: PictureInput, signal?: AbortSignal) => Promise<boolean>;
  readonly clear: () => void;
}

const NONE: Pick<Answering, 'answers' | 'of' | 'inFiles' | 'unknown'> = {
  answers: null,
  of: null,
  inFiles: () => [],
  unknown: [],
};

export function useAnswers({ setting, respondents, named, words, shown }: Asked): Answering {
  const { predictor } = useServices();
  const [found, setFound] = useState(NONE);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(
    async (picture: PictureInput, signal?: AbortSignal): Promise<boolean> => {
      try {
        const question = { pictures: [picture], variants: variantsOf(respondents), words };
        const answers = await predictor.predict(setting, question, signal);
        if (!answers || signal?.aborted) return false;
        setFound({
          answers: answersOf(respondents, { ...answers, classes: answers.classes.map(shown) }),
          of: picture,
          inFiles: () => inEnglish(() => answersOf(named(), answers)),
          unknown: answers.unknown,
        });
        setProblem(null);
        return true;
      } catch (error) {
        if (!signal?.aborted) setProblem(errorText(error));
        return false;
      }
    },
    [predictor, setting, respondents, named, words, shown],
  );
  const clear = useCallback(() => {
    setFound(NONE);
    setProblem(null);
  }, []);
  return { ...found, problem, ask, clear };
}
