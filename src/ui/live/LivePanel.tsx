import { memo, Suspense } from 'react';
import { runsOfArms } from '../../study/result/narrow.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { AwaitedContext } from '../charts/figure-contexts.ts';
import { useAwaited, useEarlierResult, useShownResult, useStudy } from '../context.ts';
import { SweepValueChoice } from '../results/sweep/SweepValueChoice.tsx';
import { GrowingFigure } from '../results/GrowingFigure.tsx';
import { useAtValue, useSweepView } from '../results/sweep/sweep-view.ts';
import { Announcer } from './Announcer.tsx';
import { LIVE_FIGURES } from './figures.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { GpuPanel } from './gpu/GpuPanel.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import { lazily } from '../lazily.tsx';
import { usePhoneStory } from '../use-phone.ts';
import { useStudyOpen } from '../use-study-open.ts';
import { SourceStrip } from './SourceStrip.tsx';
import { RunStrip } from './strip/RunStrip.tsx';
import { Transport } from './Transport.tsx';

/** On a phone, pictures come before charts. */
const LeadPictures = lazily(async () => (await import('../results/pictures/LeadPictures.tsx')).LeadPictures);

/** Where the numbers come from; a running study changes it often, and nothing beside it. */
function ShownSource() {
  return <SourceStrip result={useStudy((state) => state.result)} />;
}

/** Watch it train: transport, progress, curves and the tape. */
export function LivePanel() {
  // Folded, the first screen has the pictures.
  const isOpen = useStudyOpen();
  const isPhoneStory = usePhoneStory();
  const isBusy = useStudy(({ status }) => status !== 'idle');
  return (
    <div className={css.panel}>
      <PagePart name="run" isNeeded={isBusy}>
        <section id="run" className={css.console} aria-label={LIVE_WORDS.run}>
          <ShownSource />
          <Transport />
          <ProgressLine />
          {isOpen && <RunStrip />}
          <Announcer />
        </section>
      </PagePart>
      {isPhoneStory && (
        <Suspense fallback={<div className={css.leadAwaited} />}>
          <LeadPictures />
        </Suspense>
      )}
      <Figures result={useShownResult()} earlier={useEarlierResult()} />
      <PagePart name="gpu">
        <GpuPanel />
      </PagePart>
    </div>
  );
}

interface FiguresProps {
  readonly result: StudyResult;
  /** What was shown before the study that runs; null while none runs. */
  readonly earlier: StudyResult | null;
}

const Figures = memo(function Figures({ result: whole, earlier: wholeEarlier }: FiguresProps) {
  const earlier = useAtValue(wholeEarlier, runsOfArms);
  const view = useSweepView(whole, runsOfArms);
  const { result } = view;
  return (
    <AwaitedContext value={useAwaited(result)}>
      <SweepValueChoice view={view} label={LIVE_WORDS.sweepValue} />
      {LIVE_FIGURES.map((figure) => (
        <PagePart key={figure.part} name={figure.part}>
          <GrowingFigure {...{ figure, result, earlier }} />
        </PagePart>
      ))}
    </AwaitedContext>
  );
});
