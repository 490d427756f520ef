/** Adds seeds to the study on screen, and says which runs that trains. */
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { extensibleStudy, withMoreSeeds } from '../../state/study/more-seeds.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices, useStudy } from '../context.ts';
import { seedsText } from '../format.ts';
import { useImagesThenAndNow } from '../use-images-then-and-now.ts';
import { LIVE_WORDS } from '../live/messages.ts';
import { useRunProblem } from '../use-run.ts';
import { useTimeOf } from '../use-time-of.ts';
import { STUDY_WORDS } from './messages.ts';
import css from './study.module.css';

const COUNT = 2;

export function MoreSeeds() {
  const result = useStudy((state) => state.result);
  const idle = useStudy((state) => state.status === 'idle');
  const shelved = useStore(useServices().adapters, (state) => state.shelved);
  return result && idle && !shelved ? <Offer result={result} /> : null;
}

/** "2 arms × 8 seeds × 2,000 steps" */
const sizeOf = ({ arms, seeds, training }: StudyConfig): string =>
  LIVE_WORDS.source.trained(arms.length, seeds.length, training.steps);

function Offer({ result }: { result: StudyResult }) {
  const { controller, adapters, dataset } = useServices();
  const held = useStore(adapters);
  const images = useStore(dataset, (state) => state.dataset);
  const { config } = result;
  const thenAndNow = useImagesThenAndNow();
  const more = useMemo(() => withMoreSeeds(config, COUNT), [config]);
  const problem = useRunProblem(more);
  const known = extensibleStudy(result, held, thenAndNow);
  const isRepeated = typeof known === 'string';
  const time = useTimeOf(more, isRepeated ? null : config);
  const added = more.seeds.slice(config.seeds.length);
  if (added.length === 0 || problem) return null;
  return (
    <p className={css.note}>
      <Button
        className={css.textButton}
        onPress={() => void controller.moreSeeds(config.task === 'dropped' ? images : null, COUNT)}
      >
        {STUDY_WORDS.seeds.more}
        {time}
      </Button>{' '}
      {isRepeated
        ? STUDY_WORDS.seeds.moreRepeated(added, config.seeds.length, seedsText(config.seeds), known, sizeOf(more))
        : STUDY_WORDS.seeds.moreKept(added)}
    </p>
  );
}
