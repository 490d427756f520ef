import { expect, it, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { ModelManifest } from '../../model/hub/manifest.ts';
import { withBackbone } from '../study/config-edit.ts';
import type { ResultSource } from '../study/shown.ts';
import { createStudyStore, reduceEvent } from '../study/study-store.ts';
import { started } from '../study/test-client.ts';
import { chooseArriving } from './choose-arriving.ts';

const ID = 'owner/vit@abc';

/** What is chosen when the backbone has come, and which one is told to be left, where this happens meanwhile. */
async function arrival(meanwhile: (study: ReturnType<typeof createStudyStore>) => void, source: ResultSource = 'live') {
  const study = createStudyStore();
  study.setState({ result: studyResultFixture({ seed: 1 }), source });
  const leave = vi.fn();
  const chosen = chooseArriving(study, { leave }, Promise.resolve({ id: ID } as ModelManifest));
  meanwhile(study);
  expect(await chosen).toEqual({ id: ID });
  return { backbone: study.getState().config.backbone, left: leave.mock.calls.flat() };
}

it('a backbone that comes is chosen, also while the study on the page goes on', async () => {
  const goesOn = await arrival((study) => study.setState(({ result }) => ({ result: { ...result! } })));
  expect(goesOn).toEqual({ backbone: ID, left: [] });
});

it('a backbone that comes is chosen after a study that began meanwhile', async () => {
  const begun = (study: ReturnType<typeof createStudyStore>) =>
    study.setState((state) => reduceEvent(state, started), true);
  for (const source of ['saved', 'file', 'live'] as const)
    expect(await arrival(begun, source), source).toEqual({ backbone: ID, left: [] });
});

it('a preset that was chosen meanwhile stays', async () => {
  const { config } = createStudyStore().getState();
  const result = { ...studyResultFixture({ seed: 2 }), config: { ...config, shots: 3 } };
  const preset = await arrival((study) => study.setState({ result, config: result.config }), 'saved');
  expect(preset).toEqual({ backbone: config.backbone, left: [ID] });
});

it('a saved result that the page shows meanwhile is no choice', async () => {
  const study = createStudyStore();
  const leave = vi.fn();
  const chosen = chooseArriving(study, { leave }, Promise.resolve({ id: ID } as ModelManifest));
  study.setState({ result: studyResultFixture({ seed: 1 }), source: 'saved' });
  await chosen;
  expect([study.getState().config.backbone, leave.mock.calls]).toEqual([ID, []]);
});

it('another choice that was made meanwhile stays, and so does another study', async () => {
  const left = [ID];
  const other = await arrival((study) =>
    study.setState(({ config }) => ({ config: withBackbone(config, 'owner/other@1') })),
  );
  expect(other).toEqual({ backbone: 'owner/other@1', left });
  const { backbone } = createStudyStore().getState().config;
  const opened = await arrival((study) => study.setState({ result: studyResultFixture({ seed: 2 }), source: 'file' }));
  expect(opened).toEqual({ backbone, left });
});

it('what was chosen meanwhile and is the same is not told', async () => {
  const same = await arrival((study) => study.setState(({ config }) => ({ config: withBackbone(config, ID) })));
  expect(same).toEqual({ backbone: ID, left: [] });
});
