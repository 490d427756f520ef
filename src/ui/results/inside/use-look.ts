/** Asks the worker what everybody attends to on one picture. */
import { useEffect, useMemo, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import type { Respondent } from '../../../state/own/respondents.ts';
import type { InsideAnswer, PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { knownEngine } from '../../../state/study/study-store.ts';
import { useServices, useStudy } from '../../context.ts';

interface Asked {
  readonly picture: PictureInput;
  /** Who is asked, named in the language that is spoken when it is called. */
  readonly named: () => readonly Respondent[];
  readonly setting: PredictorSetting;
}

export interface Look extends InsideAnswer {
  /** [looks]: whose they are. */
  readonly respondents: readonly Respondent[];
  readonly named: Asked['named'];
  readonly picture: PictureInput;
}

/** The last answer about the picture, which stays while it is looked at with other settings; null before there is one. */
export function useLook({ picture, named, setting }: Asked): {
  readonly look: Look | null;
  readonly problem: string | null;
} {
  const { predictor } = useServices();
  const respondents = useMemo(() => named(), [named]);
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const [look, setLook] = useState<Look | null>(null);
  const [failed, setFailed] = useState<Pick<Asked, 'picture'> & { readonly why: string }>();
  useEffect(() => {
    if (!idle) return;
    const stop = new AbortController();
    const question = { picture, variants: respondents.map(({ variant }) => variant) };
    predictor.lookInside(setting, question, stop.signal).then(
      (answer) => {
        if (!answer || stop.signal.aborted) return;
        setLook({ ...answer, respondents, named, picture });
        setFailed(undefined);
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setFailed({ picture, why: errorText(error) });
      },
    );
    return () => stop.abort();
    // A device that was opened since answers anew.
  }, [predictor, setting, picture, respondents, named, idle, engine]);
  // What is told of another picture is none of this one.
  return {
    look: look?.picture === picture ? look : null,
    problem: failed?.picture === picture ? failed.why : null,
  };
}
