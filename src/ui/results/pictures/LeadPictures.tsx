/** The test pictures where they follow the first screen, before the charts of training: on a phone. */
import { memo } from 'react';
import { shownOfArms } from '../../../study/result/result-parts.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { AwaitedContext } from '../../charts/figure-contexts.ts';
import { DeferredPart } from '../../deferred-part.tsx';
import { useAwaited, useEarlierResult, useShownResult } from '../../context.ts';
import { PagePart } from '../../lessons/PagePart.tsx';
import { GrowingFigure } from '../GrowingFigure.tsx';
import { useAtValue, useSweepView } from '../sweep/sweep-view.ts';
import { PICTURES } from './figure.ts';

export function LeadPictures() {
  return <Pictures result={useShownResult()} earlier={useEarlierResult()} />;
}

interface PicturesProps {
  readonly result: StudyResult;
  readonly earlier: StudyResult | null;
}

const Pictures = memo(function Pictures({ result: whole, earlier: wholeEarlier }: PicturesProps) {
  const earlier = useAtValue(wholeEarlier, shownOfArms);
  const { result } = useSweepView(whole, shownOfArms);
  return (
    <AwaitedContext value={useAwaited(result)}>
      <PagePart name={PICTURES.part}>
        <DeferredPart>
          <GrowingFigure figure={PICTURES} result={result} earlier={earlier} />
        </DeferredPart>
      </PagePart>
    </AwaitedContext>
  );
});
