/** First paint: a result from the link if there is one, else the saved result of the default study, else an invitation to run. */
import * as v from 'valibot';
import { StudyResultSchema, type StudyResult } from '../study/result.ts';
import { showResult, type StudyStore } from './study-store.ts';
import { readLink } from './url.ts';

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

/** Opens what the address holds. A damaged link says so and is never silently replaced by the saved result. */
export async function openPage(store: StudyStore, page: string, hash: string): Promise<void> {
  const link = readLink(hash);
  switch (link.kind) {
    case 'result':
      showResult(store, link.result, 'link');
      store.setState({ notices: link.notes.length > 0 ? [link.notes.join(' ')] : [] });
      return;
    case 'broken':
      store.setState({ error: link.message, result: null, source: 'none' });
      return;
    case 'none':
      await showSaved(store, page);
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
