import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { on } from '../../../tests/support/study-stores.ts';
import { smallLayout } from '../../copra/test-layouts.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import type { Glimpse } from '../../study/result/glimpse.ts';
import type { GpuStep } from '../../study/result/gpu-step.ts';
import { adaptersOf, withStudy } from '../adapters/adapters-store.ts';
import { openPage } from '../page/open-page.ts';
import { reopenSaved } from '../page/saved-results.ts';
import { createClassroomStore } from './classroom.ts';
import { openStudyFile, showAlone } from './open-study-file.ts';
import { replaceShown, runInPlace, showResult, takeBack, type StudyStores } from './replace-shown.ts';
import { NOTHING_SHOWN, shownOf, type Shown } from './shown.ts';
import { createStudyStore, lossByReload, reduceEvent } from './study-store.ts';
import { showUnited } from './unite-studies.ts';

const PAGE = 'https://example.org/app/';
const engine = { backend: 'wasm', device: 'a device', threads: 1, software: false } as const;
const own = studyResultFixture({ seed: 3 });
const other = studyResultFixture({ seed: 9 });
const fragment = `#${encodeResultLink(other).fragment}`;
const layout = smallLayout();
const adapter = {
  armId: 'copra',
  armName: 'CopRA',
  seed: 1,
  layout,
  scale: 1,
  values: new Float32Array(layout.size),
  base,
  gates: { steps: 600, activeSteps: layout.players.map(() => 600) },
};
/** What only a study that ran here leaves on the page. */
const traces: Partial<Shown> = {
  images: { imageSize: 8, classes: ['a', 'b'], train: 4, validation: 2, test: 2, digest: 1, domains: [] },
  tapes: { 'copra/1': { players: 1, steps: 1, cells: Uint8Array.of(1) } },
  glimpse: { step: 3 } as Glimpse,
  gpuStep: { step: 4 } as GpuStep,
  progress: { phase: 'train', done: 1, total: 1, imagesPerSecond: null, remainingSeconds: 0 },
  trains: true,
  isNew: true,
};

/** A page on which a study has run. */
function ran(): StudyStores {
  const stores = on(createStudyStore());
  replaceShown(stores, { ...traces, result: own, source: 'live' }, { config: own.config });
  stores.adapters.setState((state) => withStudy(state, own, [adapter]));
  return stores;
}

const resultsAside = ({ study }: StudyStores) => study.getState().aside.map(({ result }) => result);

beforeEach(() => void vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline'))));
afterEach(() => void vi.unstubAllGlobals());

describe.each<[string, Partial<Shown>, (stores: StudyStores) => unknown]>([
  ['a link', { source: 'link' }, (stores) => openPage(stores, PAGE, '', fragment)],
  ['a broken link', { source: 'none' }, (stores) => openPage(stores, PAGE, '', fragment.slice(0, 40))],
  [
    'a study file',
    { source: 'file' },
    (stores) => {
      const blob = new Blob(['{}']);
      const found = { kind: 'result', result: other, fingerprint: '', problems: [] } as const;
      const into = { ...stores, classroom: createClassroomStore(), openSearch: () => undefined };
      return openStudyFile([{ path: 'a.json', size: blob.size, blob }], into, () => Promise.resolve(found));
    },
  ],
  [
    'a study in place of that it could be united with',
    { source: 'file' },
    (stores) => showAlone({ result: other, adapters: [adapter] }, { ...stores, classroom: createClassroomStore() }),
  ],
  ['the study of a class', { source: 'file' }, (stores) => showResult(stores, other, 'file')],
  ['a saved result without a connection', { source: 'none' }, (stores) => reopenSaved(stores, PAGE)],
  [
    'a union of others',
    { source: 'united', readOnly: true },
    (stores) =>
      showUnited(
        [other, studyResultFixture({ seed: 8 })].map((result) => ({ result, adapters: [] })),
        stores,
      ),
  ],
])('%s', (_, { source = 'none', readOnly = source !== 'none' }, open) => {
  it('takes over nothing of the study on the page', async () => {
    const stores = ran();
    await open(stores);
    const { result, lacks, leftOut, ...rest } = shownOf(stores.study.getState());
    const { result: none, lacks: nothing, leftOut: all, ...empty } = NOTHING_SHOWN;
    expect(rest).toEqual({ ...empty, source, readOnly });
    expect(result === none).toBe(source === 'none');
    if (source !== 'link') expect([lacks, leftOut]).toEqual([nothing, all]);
  });

  it('puts aside the study that was computed here, which comes back whole', async () => {
    const stores = ran();
    const shown = shownOf(stores.study.getState());
    await open(stores);
    expect(resultsAside(stores)).toEqual([own]);
    expect(lossByReload(stores.study.getState())).toBe('lost');
    takeBack(stores);
    expect(shownOf(stores.study.getState())).toEqual(shown);
    expect(stores.study.getState().config).toEqual(own.config);
    expect(adaptersOf(stores.adapters.getState(), own)).toMatchObject([adapter]);
  });
});

it('puts nothing aside that is elsewhere, and that of which a union has all', () => {
  const stores = on(createStudyStore());
  showResult(stores, own, 'file');
  showResult(stores, other, 'file');
  expect(resultsAside(stores)).toEqual([]);
  const here = ran();
  showUnited(
    [own, other].map((result) => ({ result, adapters: [] })),
    here,
  );
  expect(resultsAside(here)).toEqual([]);
  expect(here.study.getState()).toMatchObject({ source: 'united', tapes: traces.tapes, images: traces.images });
});

it('keeps the adapters of a study that is put aside while another one runs', () => {
  const stores = ran();
  showResult(stores, other, 'file');
  stores.study.setState((state) => reduceEvent(state, { type: 'started', engine, result: other }));
  stores.adapters.setState((state) => withStudy(state, other, []));
  stores.study.setState({ status: 'idle' });
  takeBack(stores);
  expect(adaptersOf(stores.adapters.getState(), own)).toMatchObject([adapter]);
  expect(resultsAside(stores)).toEqual([other]);
});

describe('a run in place of the study on the page', () => {
  /** A run that begins and ends; what a worker sends is a copy. */
  const begins = (stores: StudyStores) => {
    const result = structuredClone(other);
    stores.study.setState((state) => reduceEvent(state, { type: 'started', engine, result }));
    stores.adapters.setState((state) => withStudy(state, result, []));
    stores.study.setState({ status: 'idle' });
    return Promise.resolve();
  };

  it('puts aside what was computed here, which comes back with its adapters and settings', async () => {
    const stores = ran();
    stores.study.setState({ config: other.config });
    await runInPlace(stores, () => begins(stores));
    expect(resultsAside(stores)).toEqual([own]);
    takeBack(stores);
    expect(stores.study.getState()).toMatchObject({ result: own, config: own.config });
    expect(adaptersOf(stores.adapters.getState(), own)).toMatchObject([adapter]);
  });

  it('puts nothing aside where it does not begin, or where that is elsewhere too', async () => {
    const stores = ran();
    await runInPlace(stores, () => Promise.resolve());
    expect(resultsAside(stores)).toEqual([]);
    expect(stores.study.getState().result).toBe(own);
    showResult(stores, own, 'file');
    stores.study.setState({ aside: [] });
    await runInPlace(stores, () => begins(stores));
    expect(resultsAside(stores)).toEqual([]);
  });
});

it('leaves a study that starts what it has itself', () => {
  const { study } = ran();
  study.setState({ lacks: [() => 'no tapes'], readOnly: true });
  study.setState((state) => reduceEvent(state, { type: 'started', engine, result: other }));
  const { images, trains, isNew } = traces;
  expect(shownOf(study.getState())).toEqual({
    ...NOTHING_SHOWN,
    result: other,
    source: 'live',
    images,
    trains,
    isNew,
  });
});
