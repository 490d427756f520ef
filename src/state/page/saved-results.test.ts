import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '../../study/presets/presets.ts';
import { full } from '../../study/presets/full.ts';
import { quick } from '../../study/presets/quick.ts';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import { configChanges } from '../study/config-changes.ts';
import { takeBack } from '../study/replace-shown.ts';
import { shownOf } from '../study/shown.ts';
import { chooseSettings, reopenSaved, savedPresetOf, savedResultFile } from './saved-results.ts';
import { createStudyStore, dismissNotice, isComing, lossByReload } from '../study/study-store.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { on } from '../../../tests/support/study-stores.ts';

const PAGE = 'https://example.org/app/';
const readSaved = (file: string): unknown => JSON.parse(readFileSync(`public/${file}`, 'utf8'));

describe.each(PRESETS.filter(({ saved }) => saved))('saved result of “$name”', (preset) => {
  it('is a complete result of the preset as it is now', () => {
    const result = v.parse(ForeignResultSchema, readSaved(savedResultFile(preset)));
    expect(result.status).toBe('complete');
    expect(configChanges(preset.config, result.config)).toEqual([]);
    expect(savedPresetOf(result.config)).toBe(preset);
  });
});

describe('choosing a preset', () => {
  beforeEach(() =>
    vi.stubGlobal('fetch', (url: URL) => Promise.resolve(Response.json(readSaved(url.pathname.slice('/app/'.length))))),
  );
  afterEach(() => vi.unstubAllGlobals());

  it('shows its saved result where the page shows saved results', async () => {
    const store = createStudyStore(quick.config);
    await chooseSettings(on(store), PAGE, full.config);
    expect(store.getState()).toMatchObject({ source: 'saved', config: full.config });
    await chooseSettings(on(store), PAGE, quick.config);
    expect(store.getState()).toMatchObject({ source: 'saved', config: quick.config });
    expect(store.getState().result?.config).toEqual(full.config);
  });

  it('says that the result is coming while it is fetched, and no longer where it cannot be', async () => {
    const store = createStudyStore(quick.config);
    const shown = chooseSettings(on(store), PAGE, full.config);
    expect(isComing(store.getState())).toBe(true);
    await shown;
    expect(isComing(store.getState())).toBe(false);
    store.setState({ result: null, source: 'none' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    const failed = chooseSettings(on(store), PAGE, full.config);
    expect(isComing(store.getState())).toBe(true);
    await failed;
    expect(isComing(store.getState())).toBe(false);
    expect(store.getState().error?.()).toMatch(/^The saved result cannot be shown: .* no connection/);
    // Nothing is said of what somebody has left again.
    store.setState({ error: null });
    const left = chooseSettings(on(store), PAGE, full.config);
    store.setState({ config: quick.config });
    await left;
    expect(store.getState().error).toBeNull();
  });

  it('changes nothing but settings where the reader has a result of their own; the way back leads to its saved one', async () => {
    const store = createStudyStore(quick.config);
    store.setState({ source: 'live' });
    await chooseSettings(on(store), PAGE, full.config);
    expect(store.getState()).toMatchObject({ source: 'live', result: null, config: full.config });
    await reopenSaved(on(store), PAGE);
    expect(store.getState()).toMatchObject({ source: 'saved', config: full.config });
  });

  it('shows no saved result for a preset on own images, in place of whatever is there', async () => {
    const store = createStudyStore(quick.config);
    const saved = studyResultFixture();
    store.setState({ source: 'saved', result: saved });
    const config = { ...full.config, task: 'dropped' };
    await chooseSettings(on(store), PAGE, config);
    expect(store.getState()).toMatchObject({ source: 'saved', config });
    expect(store.getState().result).toBe(saved);
  });

  it('puts aside the study that was computed here, from where it comes back, and would be lost by a reload', async () => {
    const store = createStudyStore(quick.config);
    const own = { ...studyResultFixture(), config: { ...quick.config, seeds: [7] } };
    store.setState({ source: 'live', result: own });
    await reopenSaved(on(store), PAGE, full);
    expect(store.getState()).toMatchObject({ source: 'saved', config: full.config });
    expect(lossByReload(store.getState())).toBe('lost');
    // Another saved result leaves it there.
    await reopenSaved(on(store), PAGE, full);
    takeBack(on(store));
    expect(store.getState()).toMatchObject({ source: 'live', config: own.config, aside: [] });
    expect(store.getState().result).toBe(own);
  });

  it('puts aside the study itself where an evaluation of its adapters is shown', async () => {
    const store = createStudyStore(quick.config);
    const adapters = createAdaptersStore();
    const own = studyResultFixture();
    adapters.setState({ shelved: shownOf({ ...store.getState(), source: 'live', result: own }) });
    store.setState({ source: 'live', result: studyResultFixture() });
    await reopenSaved(on(store, adapters), PAGE, full);
    expect(store.getState().aside.map(({ result }) => result)).toEqual([own]);
  });

  it('shows the study again that was put aside, also where an evaluation of adapters is shown, which is no study', async () => {
    const store = createStudyStore(quick.config);
    const adapters = createAdaptersStore();
    const own = { ...studyResultFixture(), config: { ...quick.config, seeds: [7] } };
    store.setState({ source: 'live', result: own });
    await reopenSaved(on(store, adapters), PAGE, full);
    adapters.setState({ shelved: shownOf(store.getState()) });
    store.setState({ source: 'live', result: studyResultFixture() });
    takeBack(on(store, adapters));
    expect(store.getState()).toMatchObject({ source: 'live', config: own.config, aside: [] });
    expect(store.getState().result).toBe(own);
    expect(adapters.getState().shelved).toBeNull();
  });

  it('shows of a study that was put aside its own alone: engine and notices are those of now', async () => {
    const store = createStudyStore(quick.config);
    store.setState({ source: 'live', result: studyResultFixture(), backend: 'wasm', notices: [() => 'read'] });
    await reopenSaved(on(store), PAGE, full);
    dismissNotice(store, 0);
    store.setState({ backend: 'webgpu' });
    takeBack(on(store));
    expect(store.getState()).toMatchObject({ backend: 'webgpu', notices: [] });
  });

  it('loses no study to a later one, and shows each of them again; edited settings stay', async () => {
    const store = createStudyStore(quick.config);
    const [first, later] = [7, 8].map((seed) => ({
      ...studyResultFixture(),
      config: { ...quick.config, seeds: [seed] },
    }));
    for (const result of [first, later]) {
      store.setState({ source: 'live', result, config: result.config });
      await reopenSaved(on(store), PAGE, full);
    }
    const shown = [later, first, later].map(() => (takeBack(on(store)), store.getState().result));
    expect(shown).toEqual([later, first, later]);
    const edited = { ...later.config, seeds: [1, 2, 3] };
    store.setState({ config: edited });
    takeBack(on(store));
    expect(store.getState()).toMatchObject({ result: first, config: edited, readOnly: false });
  });

  it('puts nothing aside that is elsewhere', async () => {
    const store = createStudyStore(quick.config);
    store.setState({ source: 'link', result: studyResultFixture() });
    await reopenSaved(on(store), PAGE, full);
    expect(store.getState()).toMatchObject({ source: 'saved', aside: [] });
  });

  it('leaves a union alone to which seeds are being added', async () => {
    const store = createStudyStore(quick.config);
    const united = studyResultFixture();
    store.setState({ source: 'united', status: 'running', result: united });
    await reopenSaved(on(store), PAGE, full);
    expect(store.getState()).toMatchObject({ source: 'united', aside: [] });
    expect(store.getState().result).toBe(united);
  });

  it('leaves a run that began meanwhile alone', async () => {
    const store = createStudyStore(quick.config);
    const choosing = chooseSettings(on(store), PAGE, full.config);
    store.setState({ status: 'running' });
    await choosing;
    expect(store.getState().result).toBeNull();
  });
});
