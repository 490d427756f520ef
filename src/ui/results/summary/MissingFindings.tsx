/** What a united study lacks, and the way to compute it from the adapters at hand. */
import { listed } from '../../../core/listed.ts';
import { counted } from '../../../core/counted.ts';
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { missingFindings, type MissingFindings as Missing } from '../../../state/study/missing-findings.ts';
import { knownStudy } from '../../../state/study/more-seeds.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import { useRunProblem } from '../../use-run.ts';
import css from '../results.module.css';

const named = ({ pairs, merges, planes, distances }: Missing): string =>
  listed([
    ...(pairs > 0 ? [`the landscape between ${counted(pairs, 'pair')} of seeds`] : []),
    ...(merges > 0 ? ['merges of all seeds'] : []),
    ...(planes > 0 ? ['planes'] : []),
    ...(distances ? ['distances'] : []),
  ]);

export function MissingFindings({ result }: { result: StudyResult }) {
  const united = useStudy((state) => state.source === 'united' && state.status === 'idle' && state.result === result);
  return united ? <Offer result={result} /> : null;
}

function Offer({ result }: { result: StudyResult }) {
  const { controller, adapters, dataset } = useServices();
  const held = useStore(adapters);
  const images = useStore(dataset, (state) => state.dataset);
  const problem = useRunProblem(result.config);
  const missing = useMemo(() => missingFindings(result), [result]);
  const known = useMemo(() => knownStudy(result, held), [result, held]);
  if (!missing) return null;
  const what = named(missing);
  if (!known)
    return (
      <p className={css.missing}>
        Not known of the united study: {what}. That takes the adapters of all runs, which did not come with the files.
      </p>
    );
  return (
    <div className={css.missing}>
      <p>Not known of the united study: {what}. They follow from the adapters at hand; nothing is trained.</p>
      <Button
        kind="primary"
        isDisabled={problem !== null}
        onPress={() => void controller.complete(result.config.task === 'dropped' ? images : null)}
      >
        Compute what is missing
      </Button>
      {problem && <p>{problem}</p>}
    </div>
  );
}
