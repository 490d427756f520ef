import { beforeEach, expect, it } from 'vitest';
import { TRY_IT_SECONDS, TRY_IT_STUDIES, tryItStudy } from '../../study/presets/try-it.ts';
import { answering } from '../../worker/test-answers.ts';
import { createDatasetStore } from '../dataset/dataset-store.ts';
import { DEFAULT_SAVED } from '../page/saved-results.ts';
import { createEstimates, type EstimatesStore } from './estimates.ts';
import { chooseOwnImages } from './own-images-study.ts';
import { createStudyStore, type StudyStore } from './study-store.ts';

/** The smaller half of the ladder fits the time. */
const tries = TRY_IT_STUDIES.map((_, i) => (i < 5 ? 1 : 2) * TRY_IT_SECONDS);
const small = { ...tryItStudy(tries), task: 'dropped' };

let study: StudyStore;
let estimates: EstimatesStore;
beforeEach(() => {
  study = createStudyStore(DEFAULT_SAVED.config);
  estimates = createEstimates(study, createDatasetStore(), answering({}), null);
});

it('a study of own images takes about a minute where nobody has chosen settings', async () => {
  const chosen = chooseOwnImages(study, estimates);
  // At once, so that the page shows the images.
  expect(study.getState().config).toEqual({ ...DEFAULT_SAVED.config, task: 'dropped' });
  estimates.setState({ tries });
  await chosen;
  expect(study.getState().config).toEqual(small);
  // Other images come into the same study.
  await chooseOwnImages(study, estimates);
  expect(study.getState().config).toEqual(small);
});

it('settings that somebody chose stay, and so does what is set or run before the device is measured', async () => {
  const { config } = study.getState();
  const own = { ...config, seeds: [4], task: 'food' };
  study.setState({ config: own });
  await chooseOwnImages(study, estimates);
  expect(study.getState().config).toEqual({ ...own, task: 'dropped' });
  for (const meanwhile of [{ config: own }, { status: 'running' }] as const) {
    study.setState({ config, status: 'idle' });
    estimates.setState({ tries: null });
    const chosen = chooseOwnImages(study, estimates);
    study.setState(meanwhile);
    const before = study.getState().config;
    estimates.setState({ tries });
    await chosen;
    expect(study.getState().config).toBe(before);
  }
});
