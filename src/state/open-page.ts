/** First paint: a result from the link if there is one, else the saved result of the default study, else an invitation to run. */
import * as v from 'valibot';
import { StudyResultSchema, type StudyResult } from '../study/result.ts';
import { queryToConfig } from '../share/config-query.ts';
import { configChanges } from './config-diff.ts';
import { showResult, startFromResult, type StudyStore } from './study-store.ts';
import type { OpenedLink } from './result-address.ts';
import { holdsResult } from './url.ts';

const SAVED_RESULT = 'showcase/default-study.json';

/** The bundled result, or null when this build has none or holds one that this version cannot read. */
export async function fetchSavedResult(page: string): Promise<StudyResult | null> {
  try {
    const response = await fetch(new URL(SAVED_RESULT, page));
    if (!response.ok) return null;
    const parsed = v.safeParse(StudyResultSchema, await response.json());
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

async function showSaved(store: StudyStore, page: string): Promise<void> {
  const saved = await fetchSavedResult(page);
  // A run or a link may have been opened while the file was on its way.
  if (saved && store.getState().source === 'none') showResult(store, saved, 'saved');
}

const SAVED_RUNNING = 'A study is running here. Stop it, then open the address again.';

/**
 * Opens what the address holds: a result in the fragment, settings in the query. A damaged link says so and is never silently replaced by
 * the saved result; settings that cannot be understood are named and skipped.
 */
export async function openPage(store: StudyStore, page: string, search: string, hash: string): Promise<void> {
  const link: OpenedLink = holdsResult(hash) ? (await import('./result-address.ts')).readLink(hash) : { kind: 'none' };
  const { config, problems } = queryToConfig(search);
  const notice = (...notes: readonly string[]): void => {
    const text = notes.filter(Boolean).join(' ');
    if (text) store.setState((state) => ({ notices: [...state.notices, text] }));
  };
  if (store.getState().status !== 'idle') {
    if (link.kind !== 'none') notice(SAVED_RUNNING);
    return;
  }
  store.setState({ notices: [] });
  notice(...problems);
  switch (link.kind) {
    case 'result':
    case 'damaged': {
      showResult(store, link.result, 'link');
      if (link.kind === 'damaged') store.setState({ error: link.message });
      notice(...link.notes);
      const own = link.result.config;
      // Prompts of single classes are in the link alone.
      const edited = config && { ...config, ...(own.prompts && { prompts: own.prompts }) };
      if (edited && configChanges(own, edited).length > 0) {
        startFromResult(store);
        store.setState({ config: edited });
        notice(
          'The settings in the address are not those of the result it carries. Run the study to see what they do.',
        );
      }
      return;
    }
    case 'broken':
      store.setState({ error: link.message, result: null, source: 'none' });
      if (config) store.setState({ config });
      return;
    case 'none':
      await showSaved(store, page);
      if (config && store.getState().status === 'idle') store.setState({ config });
      return;
    default:
      link satisfies never;
  }
}

/** The way back from a link or a broken link to the saved result. */
export async function reopenSaved(store: StudyStore, page: string): Promise<void> {
  store.setState({ source: 'none', result: null, error: null });
  await showSaved(store, page);
}
