import { memo, Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { shownOfArms } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { AwaitedContext, FoldingContext, type Folding } from '../charts/figure-contexts.ts';
import { Classroom } from '../classroom/Classroom.tsx';
import { useAwaited, useEarlierResult, useServices, useShownResult } from '../context.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { RegimeMap } from '../map/RegimeMap.tsx';
import { ScheduleSearch } from '../search/ScheduleSearch.tsx';
import { MissingFindings } from './summary/MissingFindings.tsx';
import { DeferredPart } from '../deferred-part.tsx';
import css from './results.module.css';
import { SweepValueChoice } from './sweep/SweepValueChoice.tsx';
import type { Figure } from './figure.ts';
import { figuresOf } from './page-figures.ts';
import { usePhone, usePhoneStory } from '../use-phone.ts';
import { GrowingFigure } from './GrowingFigure.tsx';
import { RESULT_WORDS } from './messages.ts';
import { useAtValue, useSweepView } from './sweep/sweep-view.ts';

/** Number of figures beside the training curves; the others follow below. */
const BESIDE = 2;

const isHalf = ({ place }: Figure): boolean => place === 'half';

/**
 * On a phone all figures but the main ones are folded until something leads to them, and these too below a map or a search, which was asked for instead.
 * @param isMain it stands above the training or beside it where the page is wide
 */
function useFolding(isMain: boolean): Folding {
  const { maps, searches } = useServices();
  const isPhone = usePhone();
  const isMap = useStore(maps, ({ preset }) => preset !== null);
  const isSearch = useStore(searches, ({ regime }) => regime !== null);
  if (!isPhone) return 'never';
  return isMain && !isMap && !isSearch ? 'on-request' : 'at-first';
}

interface Shown {
  readonly result: StudyResult;
  /** What was shown before the study that runs; null while none runs. */
  readonly earlier: StudyResult | null;
}

interface ResultFigureProps extends Shown {
  readonly figure: Figure;
  /** It may be in view when the results come: it comes with them, so that nothing moves. */
  readonly isFirst: boolean;
  readonly isMain: boolean;
}

const ResultFigure = memo(function ResultFigure({ figure, result, earlier, isFirst, isMain }: ResultFigureProps) {
  const folding = useFolding(isMain);
  const content = <GrowingFigure {...{ figure, result, earlier }} />;
  return (
    <PagePart name={figure.part}>
      <FoldingContext value={folding}>
        {isFirst ? (
          <Suspense>{content}</Suspense>
        ) : (
          <DeferredPart isFolded={folding === 'at-first'}>{content}</DeferredPart>
        )}
      </FoldingContext>
    </PagePart>
  );
});

/** The results of the study. Without a result, empty frames say what will fill them. */
export function ResultsPanel({ title }: { title: ReactNode }) {
  return <Figures title={title} result={useShownResult()} earlier={useEarlierResult()} />;
}

const Figures = memo(function Figures({ title, result: whole, earlier }: Shown & { title: ReactNode }) {
  const view = useSweepView(whole, shownOfArms);
  const { result } = view;
  const earlierAtValue = useAtValue(earlier, shownOfArms);
  const isPhoneStory = usePhoneStory();
  // On a phone the pictures follow the first screen.
  const figures = figuresOf(result, whole, earlierAtValue).filter(({ part }) => !isPhoneStory || part !== 'pictures');
  const top = figures.filter(({ place }) => place === 'top');
  const beside = figures.filter(({ place }) => place === undefined).slice(0, BESIDE);
  const below = figures.filter((figure) => !top.includes(figure) && !beside.includes(figure));
  const halves = below.filter(isHalf).length > 1;
  const show = (shown: readonly Figure[]) =>
    shown.map((figure) => (
      <ResultFigure
        key={figure.part}
        figure={figure}
        isFirst={figure === figures[0]}
        isMain={!below.includes(figure)}
        result={figure.ofWholeSweep ? whole : result}
        earlier={figure.ofWholeSweep ? earlier : earlierAtValue}
      />
    ));
  return (
    <AwaitedContext value={useAwaited(result)}>
      <div>
        {title}
        <div className={css.panel}>
          <Classroom />
          <RegimeMap />
          <ScheduleSearch />
          <MissingFindings result={whole} />
          {show(top.filter(({ ofWholeSweep }) => ofWholeSweep))}
          <SweepValueChoice view={view} label={RESULT_WORDS.sweepElsewhere} />
          {show(top.filter(({ ofWholeSweep }) => !ofWholeSweep))}
          {show(beside)}
        </div>
      </div>
      <div className={css.more}>
        {below.map((figure) => (
          <div key={figure.part} className={halves && isHalf(figure) ? undefined : css.wide}>
            {show([figure])}
          </div>
        ))}
      </div>
    </AwaitedContext>
  );
});
