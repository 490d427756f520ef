/** A picture or a few are no data set: the adapters on the page can say something about one all the same, and training is not needed for that. */
import { useState } from 'react';
import { useStore } from 'zustand/react';
import { errorText } from '../../core/error-text.ts';
import { MIN_IMAGES_PER_CLASS } from '../../data/files/limits.ts';
import { newestOfFew } from '../../state/dataset/collect-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { ErrorText } from '../controls/ErrorText.tsx';
import { scrollToPart } from '../lessons/scroll-to-part.ts';
import { askAboutFile } from '../results/own/ask-about-file.ts';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

export function AskAdapters() {
  const { collect, predictor } = useServices();
  const result = useStudy((state) => state.result);
  const newest = useStore(collect, (state) => newestOfFew(state, 2 * MIN_IMAGES_PER_CLASS));
  const [problem, setProblem] = useState('');
  const words = DATASET_WORDS.collect;
  if (!result || !newest) return null;
  const ask = async (): Promise<void> => {
    setProblem('');
    try {
      if (await askAboutFile(predictor, result.config, newest)) scrollToPart('own');
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <>
      <div className={css.oneLine}>
        <p className={study.note}>{words.tooFew}</p>
        <Button onPress={() => void ask()}>{words.ask}</Button>
      </div>
      {problem && <ErrorText>{problem}</ErrorText>}
    </>
  );
}
