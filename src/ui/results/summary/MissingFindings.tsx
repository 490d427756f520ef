/** The missing findings of a united study, and a button to compute them from the available adapters. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { knownStudy, changedImages } from '../../../state/study/more-seeds.ts';
import { missingFindings, type PartKey } from '../../../study/result/result-parts.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useAreFiguresBehind, useServices, useStudy } from '../../context.ts';
import { Button } from '../../controls/Button.tsx';
import { useImagesThenAndNow } from '../../use-images-then-and-now.ts';
import { useRunProblem } from '../../use-run.ts';
import { SHOWN_ANALYSES } from '../../analyses/registry.ts';
import css from '../results.module.css';
import { SUMMARY_WORDS } from './messages.ts';

const WORDS = new Map(SHOWN_ANALYSES.flatMap(({ missing }) => (missing ? [[missing.part, missing.words]] : [])));

const named = (missing: ReturnType<typeof missingFindings>): string[] =>
  Object.entries(missing).map(([part, count]) => WORDS.get(part as PartKey)?.(count) ?? part);

export function MissingFindings({ result }: { result: StudyResult }) {
  const united = useStudy((state) => state.source === 'united' && state.status === 'idle');
  const isBehind = useAreFiguresBehind();
  return united && !isBehind ? <Offer result={result} /> : null;
}

function Offer({ result }: { result: StudyResult }) {
  const { controller, adapters, dataset } = useServices();
  const held = useStore(adapters);
  const images = useStore(dataset, (state) => state.dataset);
  const problem = useRunProblem(result.config);
  const missing = useMemo(() => missingFindings(result), [result]);
  const known = useMemo(() => knownStudy(result, held), [result, held]);
  const thenAndNow = useImagesThenAndNow();
  const what = named(missing);
  if (what.length === 0) return null;
  if (!known) return <p className={css.missing}>{SUMMARY_WORDS.missing.notAtHand(what)}</p>;
  const other = changedImages(result, thenAndNow);
  if (other) return <p className={css.missing}>{SUMMARY_WORDS.missing.otherImages[other](what)}</p>;
  return (
    <div className={css.missing}>
      <p>{SUMMARY_WORDS.missing.atHand(what)}</p>
      <Button
        kind="primary"
        isDisabled={problem !== null}
        onPress={() => void controller.complete(result.config.task === 'dropped' ? images : null)}
      >
        {SUMMARY_WORDS.missing.compute}
      </Button>
      {problem && <p>{problem}</p>}
    </div>
  );
}
