import { createAdaptersStore } from '../../src/state/adapters/adapters-store.ts';
import type { StudyStores } from '../../src/state/study/replace-shown.ts';
import type { StudyStore } from '../../src/state/study/study-store.ts';

/** A page with this study, for tests that are of no adapters. */
export const on = (study: StudyStore, adapters = createAdaptersStore()): StudyStores => ({ study, adapters });
