/** Asks the worker about one picture along λ, pair after pair of seeds. */
import { useEffect, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { pairPath, pathPairs, variantsAlong, type PairPath } from '../../../state/own/picture-path.ts';
import type { OwnAdapter } from '../../../state/own/respondents.ts';
import { knownEngine } from '../../../state/study/study-store.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { Averaging, PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { useServices, useStudy } from '../../context.ts';

interface Asked {
  readonly picture: PictureInput;
  /** True class. */
  readonly label: number;
  readonly arms: readonly ArmConfig[];
  readonly adapters: readonly OwnAdapter[];
  readonly setting: PredictorSetting;
  readonly method: Averaging;
}

type Question = Pick<Asked, 'picture' | 'method'>;

const LINE = 'path';

const NONE: readonly PairPath[] = [];

/** The paths of pairs that were answered so far. */
export function usePicturePath({ picture, label, arms, adapters, setting, method }: Asked): {
  readonly paths: readonly PairPath[];
  readonly problem: string | null;
} {
  const { predictor } = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const [found, setFound] = useState<Question & { readonly paths: readonly PairPath[] }>();
  const [failed, setFailed] = useState<Question & { readonly why: string }>();
  useEffect(() => {
    if (!idle) return;
    const stop = new AbortController();
    const askAll = async (): Promise<void> => {
      const paths: PairPath[] = [];
      for (const pair of pathPairs(arms, adapters)) {
        const question = { pictures: [picture], variants: variantsAlong(pair, method), words: [] };
        const answers = await predictor.predict(setting, question, stop.signal, LINE);
        if (!answers || stop.signal.aborted) return;
        const path = pairPath(pair, answers, label);
        if (path) paths.push(path);
        setFound({ picture, method, paths: [...paths] });
      }
      setFailed(undefined);
    };
    askAll().catch((error: unknown) => {
      if (!stop.signal.aborted) setFailed({ picture, method, why: errorText(error) });
    });
    return () => stop.abort();
    // A device that was opened since answers anew.
  }, [predictor, setting, picture, label, arms, adapters, method, idle, engine]);
  // What is told of another picture is none of this one.
  const isOfThis = (told: Question): boolean => told.picture === picture && told.method === method;
  return {
    paths: found && isOfThis(found) ? found.paths : NONE,
    problem: failed && isOfThis(failed) ? failed.why : null,
  };
}
