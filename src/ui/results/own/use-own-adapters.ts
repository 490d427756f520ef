/** The adapters that can be asked about a picture: of the runs on screen, opened ones and merges. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand/react';
import { errorText } from '../../../core/error-text.ts';
import { adaptersOf } from '../../../state/adapters/adapters-store.ts';
import { fetchSavedAdapters, hasSavedAdapters } from '../../../state/page/saved-adapters.ts';
import type { OwnAdapter } from '../../../state/own/respondents.ts';
import { runKey } from '../../../state/study/shown.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useServices, useStudy } from '../../context.ts';
import { OWN_WORDS } from './messages.ts';

type Run = Pick<OwnAdapter, 'layout' | 'scale' | 'values'> & {
  readonly armId: string;
  readonly armName: string;
  readonly seed: number;
};

const ofRun = ({ armId, armName, seed, layout, scale, values }: Run): OwnAdapter => ({
  id: runKey(armId, seed),
  name: OWN_WORDS.run(armName, seed),
  run: { arm: armId, seed },
  layout,
  scale,
  values,
});

export interface OwnAdapters {
  readonly adapters: readonly OwnAdapter[];
  /** Fetches those that come with the page, if it is their result that is shown. Resolves when they are there, or known not to come. */
  readonly fetch: () => Promise<void>;
  /** Why the adapters that come with the page are not there. */
  readonly problem: string | null;
  /** None is at hand, and none will come. */
  readonly none: boolean;
}

type Fetched = { readonly date: string; readonly runs: readonly OwnAdapter[] };

export function useOwnAdapters(result: StudyResult): OwnAdapters {
  const held = useStore(useServices().adapters);
  const source = useStudy((state) => state.source);
  const { date } = result.provenance;
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef<{ readonly date: string; readonly arrived: Promise<void> } | null>(null);
  const own = adaptersOf(held, result).length > 0;
  const comes = !own && source === 'saved' && hasSavedAdapters(result);
  const fetch = useCallback((): Promise<void> => {
    if (!comes) return Promise.resolve();
    if (asked.current?.date === date) return asked.current.arrived;
    const arrived = fetchSavedAdapters(document.baseURI, result).then(
      (runs) => {
        setFetched({ date, runs: runs.map(ofRun) });
        setProblem(null);
      },
      (error: unknown) => {
        asked.current = null; // The next question tries again.
        setProblem(errorText(error));
      },
    );
    asked.current = { date, arrived };
    return arrived;
  }, [comes, date, result]);
  const adapters = useMemo(() => {
    const runs = own ? held.adapters.map(ofRun) : comes && fetched?.date === date ? fetched.runs : [];
    const extras = held.extras
      .filter(({ backbone }) => backbone === result.config.backbone)
      .map(({ id, name, layout, scale, values }): OwnAdapter => ({ id, name, run: null, layout, scale, values }));
    return [...runs, ...extras];
  }, [own, comes, held, fetched, date, result.config.backbone]);
  return { adapters, fetch, problem, none: !comes && adapters.length === 0 };
}

/** Fetches the adapters that come with the page, once they are wanted. @returns whether they are there, or known not to come */
export function useFetched(fetch: OwnAdapters['fetch'], wanted: boolean): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void fetch().then(() => {
      if (current) setReady(true);
    });
    return () => {
      current = false;
      setReady(false);
    };
  }, [wanted, fetch]);
  return ready;
}
