/** The embedded page: charts of a result and a link to the full page. It computes nothing and starts no engine. */
import { shownTask } from '../../data/bundled/task-names.ts';
import { Suspense, useMemo } from 'react';
import { AwaitedContext, EmbeddedContext } from '../charts/figure-contexts.ts';
import { useAwaited, useFiguresResult, useStudy } from '../context.ts';
import { date } from '../format.ts';
import { lazily } from '../lazily.tsx';
import { useSweepView } from '../results/sweep/sweep-view.ts';
import { shownOfArms } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import css from './embed.module.css';
import { EMBED_WORDS } from './messages.ts';
import shared from '../shared.module.css';
import { absence, embedViews, hasView, type EmbedView } from './views.ts';

/** Explains words that captions have. */
const GlossaryHost = lazily(async () => (await import('../glossary/GlossaryHost.tsx')).GlossaryHost);

/** One chart of a result. */
export function View({ view: { Content, figure }, result: whole }: { view: EmbedView; result: StudyResult }) {
  const { result } = useSweepView(whole, shownOfArms);
  return (
    <Suspense>
      <Content result={figure.ofWholeSweep ? whole : result} />
    </Suspense>
  );
}

/** The address of the full page. */
function wholePage(): string {
  const url = new URL(location.href);
  url.searchParams.delete('embed');
  url.searchParams.delete('theme');
  return url.href;
}

/** @param search the query of its address */
export function EmbedPage({ search }: { search: string }) {
  const views = useMemo(() => embedViews(search), [search]);
  const result = useFiguresResult();
  const source = useStudy((state) => state.source);
  const lacks = useStudy((state) => state.lacks);
  const error = useStudy((state) => state.error);
  const single = views.length === 1;
  return (
    <EmbeddedContext value={single ? 'fill' : 'stacked'}>
      <AwaitedContext value={useAwaited(result)}>
        <main className={css.page} data-single={single || undefined}>
          <h1 className={shared.hidden}>
            {result
              ? EMBED_WORDS.heading(shownTask(result.config.task, result.task.name))
              : EMBED_WORDS.headingWithoutResult}
          </h1>
          {error && (
            <p className={`${shared.problem} ${css.error}`} role="alert">
              {error()}
            </p>
          )}
          <div className={css.views}>
            {result &&
              (single ? views : views.filter((view) => hasView(view, result))).map((view) =>
                hasView(view, result) ? (
                  <View key={view.id} view={view} result={result} />
                ) : (
                  <p key={view.id} className={css.absent}>
                    {absence(view, result, { source, lacks })}
                  </p>
                ),
              )}
          </div>
          <p className={css.foot}>
            <span className={css.about}>
              {result && source !== 'none'
                ? EMBED_WORDS.about({
                    task: shownTask(result.config.task, result.task.name),
                    seeds: result.config.seeds.length,
                    steps: result.config.training.steps,
                    date: date(result.provenance.date),
                  })
                : EMBED_WORDS.noResult}
            </span>
            <a href={wholePage()} target="_blank" rel="noopener">
              {EMBED_WORDS.openWhole}
            </a>
          </p>
          <Suspense>
            <GlossaryHost />
          </Suspense>
        </main>
      </AwaitedContext>
    </EmbeddedContext>
  );
}
