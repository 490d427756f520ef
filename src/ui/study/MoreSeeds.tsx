/** Adds seeds to the study on screen, and says which runs that trains. */
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { extensibleStudy, withMoreSeeds } from '../../state/study/more-seeds.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices, useStudy } from '../context.ts';
import { seedsText } from '../format.ts';
import { useImagesThenAndNow } from '../use-images-then-and-now.ts';
import { useRunProblem } from '../use-run.ts';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

const COUNT = 2;

export function MoreSeeds() {
  const result = useStudy((state) => state.result);
  const idle = useStudy((state) => state.status === 'idle');
  const shelved = useStore(useServices().adapters, (state) => state.shelved);
  return result && idle && !shelved ? <Offer result={result} /> : null;
}

function Offer({ result }: { result: StudyResult }) {
  const { controller, adapters, dataset } = useServices();
  const held = useStore(adapters);
  const images = useStore(dataset, (state) => state.dataset);
  const { config } = result;
  const thenAndNow = useImagesThenAndNow();
  const more = withMoreSeeds(config, COUNT);
  const problem = useRunProblem(more);
  const added = more.seeds.slice(config.seeds.length);
  if (added.length === 0 || problem) return null;
  const known = extensibleStudy(result, held, thenAndNow);
  return (
    <p className={css.note}>
      <Button
        className={css.textButton}
        onPress={() => void controller.moreSeeds(config.task === 'dropped' ? images : null, COUNT)}
      >
        {STUDY_WORDS.seeds.more}
      </Button>{' '}
      {typeof known === 'string'
        ? STUDY_WORDS.seeds.moreRepeated(added, config.seeds.length, seedsText(config.seeds), known)
        : STUDY_WORDS.seeds.moreKept(added)}
    </p>
  );
}
