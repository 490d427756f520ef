import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { OriginFiles } from '../../platform/origin-files.ts';
import { createCheckpointStore } from '../../study/checkpoint/checkpoint-store.ts';
import { FORMATS_AT_HAND } from '../../study/checkpoint/formats-at-hand.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { memoryFiles } from '../../study/checkpoint/test-checkpoint-files.ts';
import { NO_NEWS, type TabNews } from '../../platform/tab-news.ts';
import { neighbours } from '../../platform/test-tab-news.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import { cellsOf } from '../../study/map/cells.ts';
import { emptyMap } from '../../study/map/map-result.ts';
import { MAP_PRESETS } from '../../study/map/presets.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { CellRun } from '../study/study-controller.ts';
import { createStudyStore } from '../study/study-store.ts';
import { createMaps, type MapServices } from './map-commands.ts';
import { createMapStore, showMap } from './map-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

const [preset] = MAP_PRESETS;
const cells = cellsOf(preset.config);
const PAGE = 'https://example.org/';

/** Of a study in the middle of its training. */
const SAVED = {
  version: 2,
  task: 'a task',
  step: 5,
  seconds: 1,
  backend: 'wasm',
  device: 'test',
  appVersion: '1',
  runs: [],
  started: '2026-01-01T00:00:00.000Z',
  saved: '2026-01-01T00:00:10.000Z',
} as const satisfies Partial<CheckpointHead>;

/** What a study with these settings finds, as far as a map reads it. */
const resultOf = (config: StudyResult['config']): StudyResult => ({ ...studyResultFixture(), config });

const answer = (body: unknown) => vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body)));
const nothingThere = () => vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));

/** A page whose studies end at once. @param stopAfter studies, after which one is stopped */
function page(
  files: OriginFiles = memoryFiles(),
  stopAfter = Infinity,
  locks?: MapServices['locks'],
  mayStart = true,
  checkpoints: MapServices['checkpoints'] = null,
  news: TabNews = NO_NEWS,
) {
  const study = createStudyStore();
  let runs = 0;
  const run = vi.fn<(dataset: null, config: StudyConfig, cell: CellRun) => Promise<void>>((_dataset, config) => {
    const status = ++runs > stopAfter ? 'stopped' : 'complete';
    study.setState({ result: { ...resultOf(config), status: 'running' }, source: 'live', status: 'running' });
    study.setState({ result: { ...resultOf(config), status }, status: 'idle' });
    return Promise.resolve();
  });
  const maps = createMapStore(`?map=${preset.id}`);
  const controller = { run, mayStart: () => mayStart };
  const services: MapServices = { maps, study, controller, files, news, locks, checkpoints };
  return { ...services, commands: createMaps(services), files, run };
}

beforeEach(nothingThere);

describe('a map on the page', () => {
  it('runs its cells one after the other, is stopped, and goes on where it was after a reload', async () => {
    const first = page(undefined, 3);
    await first.commands.read(PAGE);
    await first.commands.run();
    expect(first.run).toHaveBeenCalledTimes(4);
    expect(first.maps.getState()).toMatchObject({ underWay: null, source: 'own' });
    expect(first.maps.getState().own?.cells.map(({ x, y }) => [x, y])).toEqual(
      cells.slice(0, 3).map(({ x, y }) => [x, y]),
    );

    const second = page(first.files);
    await second.commands.read(PAGE);
    expect(second.maps.getState().own).toEqual(first.maps.getState().own);
    await second.commands.run();
    expect(second.run).toHaveBeenCalledTimes(cells.length - 3);
    expect(second.maps.getState().own?.cells).toHaveLength(cells.length);

    await second.commands.forget();
    expect(second.maps.getState().own?.cells).toEqual([]);
    const third = page(first.files);
    await third.commands.read(PAGE);
    expect(third.maps.getState().own?.cells).toEqual([]);
  });

  it('goes on in the cell that a reload interrupted, and forgets what is saved of cells that are done', async () => {
    const store = createCheckpointStore(memoryFiles(), memoryLocks(), FORMATS_AT_HAND);
    const save = (id: string, config: StudyConfig, map?: string, more: Partial<CheckpointHead> = {}) => {
      const head = { ...SAVED, config, ...(map !== undefined && { map }), ...more };
      return store.keep(id, { head, trainers: [] }, null);
    };
    // Whoever trained its clients.
    await save('second', cells[1].config, preset.id, { byClass: true });
    await save('former', { ...cells[1].config, seeds: [8] }, preset.id);
    // Begun by hand, or of another map.
    await save('by-hand', cells[2].config);
    await save('elsewhere', cells[3].config, 'another-map');
    const { run, commands } = page(undefined, 4, undefined, true, store);
    await commands.read(PAGE);
    await commands.run();
    expect(run.mock.calls.map(([, , { map, saved }]) => [map, saved?.id ?? null])).toEqual([
      [preset.id, null],
      [preset.id, 'second'],
      ...Array.from({ length: 3 }, () => [preset.id, null]),
    ]);
    const left = async () => (await store.list()).interrupted.map(({ id }) => id).toSorted();
    expect(await left()).toEqual(['by-hand', 'elsewhere']);
    await save('begun', cells[6].config, preset.id, { byClass: true });
    await commands.forget();
    expect(await left()).toEqual(['by-hand', 'elsewhere']);
  });

  it('leaves the map as it is where the page may begin no study', async () => {
    nothingThere();
    const { commands, maps, study, run } = page(memoryFiles(), Infinity, undefined, false);
    await commands.read(PAGE);
    const before = [maps.getState(), study.getState()];
    await commands.run();
    expect(run).not.toHaveBeenCalled();
    expect([maps.getState(), study.getState()]).toEqual(before);
  });

  it('says what it had kept under other settings, shows none of it, and forgets it', async () => {
    const files = memoryFiles();
    const { study } = preset.config;
    const cell = mapResultFixture().cells[0];
    const former = { ...mapResultFixture(), cells: [cell] };
    const other = { ...former, config: { ...preset.config, study: { ...study, seeds: [7, 8] } } };
    const keep = (name: string, kept: unknown) => files.write(name, new Blob([JSON.stringify(kept)]));
    await keep(`${preset.id}.json`, former);
    await keep(`${preset.id}-3.json`, other);
    await keep(`${preset.id}-4.json`, 'damaged');
    await keep('another-map.json', other);
    const { commands, maps } = page(files);
    await commands.read(PAGE);
    // The first versions kept all cells in one file.
    expect(maps.getState()).toMatchObject({
      unfit: [`${preset.id}-3.json`, `${preset.id}-4.json`],
      own: { cells: [cell] },
    });
    await commands.forgetUnfit();
    expect(maps.getState()).toMatchObject({ unfit: [], own: { cells: [cell] } });
    expect([...files.files.keys()]).toEqual([`${preset.id}.json`, 'another-map.json']);
    await keep(`${preset.id}-3.json`, other);
    await commands.forget();
    expect([...files.files.keys()]).toEqual(['another-map.json']);
  });

  it('shows the settings of its cells, until the reader sets something for the next run: that stays', async () => {
    const { study, run, commands } = page(undefined, 3);
    const shown: number[][] = [];
    run.mockImplementation((_dataset, config) => {
      shown.push(study.getState().config.seeds);
      if (shown.length === 2) study.setState({ config: { ...config, seeds: [7] } });
      study.setState({ result: resultOf(config), source: 'live' });
      return Promise.resolve();
    });
    await commands.read(PAGE);
    await commands.run();
    const { seeds } = cells[0].config;
    expect(shown).toEqual([seeds, seeds, ...cells.slice(2).map(() => [7])]);
    expect(run.mock.calls.map(([, config]) => config)).toEqual(cells.map(({ config }) => config));
    expect(study.getState().config.seeds).toEqual([7]);
  });

  it('keeps the cells of two tabs that compute it at the same time, and computes none that the other has', async () => {
    const files = memoryFiles();
    const [one, two] = [page(files), page(files, 2)];
    for (const { commands } of [one, two]) {
      await commands.read(PAGE);
    }
    // The second has two cells when the first begins; the first knew of none when it was opened.
    await two.commands.run();
    await one.commands.run();
    expect(one.run).toHaveBeenCalledTimes(cells.length - 2);
    expect(one.maps.getState().own?.cells).toHaveLength(cells.length);
    // The first's cells are there when the second goes on.
    await two.commands.run();
    expect(two.run).toHaveBeenCalledTimes(3);
    const later = page(files);
    await later.commands.read(PAGE);
    expect(later.maps.getState().own?.cells).toHaveLength(cells.length);
  });

  it('computes no cell that another tab computes at the same moment', async () => {
    const [files, locks] = [memoryFiles(), memoryLocks()];
    const tabs = [page(files, Infinity, locks), page(files, Infinity, locks)];
    for (const { commands } of tabs) {
      await commands.read(PAGE);
    }
    await Promise.all(tabs.map(({ commands }) => commands.run()));
    const ran = tabs.flatMap(({ run }) => run.mock.calls).length;
    expect(ran).toBe(cells.length);
    for (const { commands, maps } of tabs) {
      await commands.run();
      expect(maps.getState()).toMatchObject({ underWay: null, elsewhere: 0 });
      expect(maps.getState().own?.cells).toHaveLength(cells.length);
    }
    expect(tabs.flatMap(({ run }) => run.mock.calls)).toHaveLength(ran);
  });

  it('says how many cells another tab has not ended yet, and takes them over later', async () => {
    const [files, locks] = [memoryFiles(), memoryLocks()];
    const [slow, quick] = [page(files, Infinity, locks), page(files, Infinity, locks)];
    for (const { commands } of [slow, quick]) {
      await commands.read(PAGE);
    }
    let end = (): void => undefined;
    const compute = slow.run.getMockImplementation();
    slow.run.mockImplementationOnce(async (...asked) => {
      await new Promise<void>((go) => (end = go));
      await compute?.(...asked);
    });
    const first = slow.commands.run();
    await vi.waitFor(() => expect(slow.study.getState().config).toEqual(cells[0].config), PATIENT);
    await quick.commands.run();
    expect(quick.maps.getState()).toMatchObject({ underWay: null, elsewhere: 1 });
    end();
    await first;
    await quick.commands.run();
    expect(quick.maps.getState()).toMatchObject({ elsewhere: 0 });
    expect(quick.run).toHaveBeenCalledTimes(cells.length - 1);
  });

  it('shows at once what another tab has computed, of which it said that it was under way there', async () => {
    const files = memoryFiles();
    const [here, there] = neighbours();
    const tab = (own: TabNews) => page(files, Infinity, undefined, true, null, own);
    const [one, two] = [tab(here), tab(there)];
    await one.commands.read(PAGE);
    await two.commands.read(PAGE);
    two.maps.setState({ elsewhere: 1 });
    one.study.setState({ result: resultOf(cells[5].config), source: 'live' });
    await vi.waitFor(() => expect(two.maps.getState().own?.cells).toHaveLength(1), PATIENT);
    expect(two.maps.getState().elsewhere).toBe(0);
    await two.commands.run();
    expect(two.run).toHaveBeenCalledTimes(cells.length - 1);
    await vi.waitFor(() => expect(one.maps.getState().own?.cells).toHaveLength(cells.length), PATIENT);
  });

  it('shows no more what another tab has forgotten, but its own cells that no file holds', async () => {
    const files = memoryFiles();
    const news = neighbours();
    const [one, two] = news.map((told, i) => page(files, 2 + i, undefined, true, null, told));
    for (const { commands } of [one, two]) await commands.read(PAGE);
    await one.commands.run();
    await vi.waitFor(() => expect(two.maps.getState().own?.cells).toHaveLength(2), PATIENT);
    const write = vi.spyOn(files, 'write').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    await two.commands.run();
    expect(two.maps.getState().own?.cells).toHaveLength(5);
    write.mockRestore();
    await one.commands.forget();
    await vi.waitFor(() => expect(two.maps.getState().own?.cells).toHaveLength(3), PATIENT);
    expect(two.maps.getState().own?.cells.map(({ x, y }) => [x, y])).toEqual(
      cells.slice(2, 5).map(({ x, y }) => [x, y]),
    );
    // It is the same with cells that nobody could read.
    await files.write(`${preset.id}-7.json`, new Blob(['{']));
    for (const { commands, maps } of [one, two]) {
      maps.setState({ own: null });
      await commands.read(PAGE);
      expect(maps.getState().unfit).toHaveLength(1);
    }
    await one.commands.forgetUnfit();
    await vi.waitFor(() => expect(two.maps.getState().unfit).toEqual([]), PATIENT);
  });

  it('needs no locks where the browser refuses them', async () => {
    const refused = page(memoryFiles(), Infinity, { request: () => Promise.reject(new Error('denied')) });
    await refused.commands.read(PAGE);
    await refused.commands.run();
    expect(refused.run).toHaveBeenCalledTimes(cells.length);
  });

  it('takes over a study of one of its cells however it was started, and no other', async () => {
    const { commands, maps, study } = page();
    await commands.read(PAGE);
    const done = () => maps.getState().own?.cells.length;
    study.setState({ result: resultOf({ ...cells[5].config, seeds: [0, 1] }), source: 'live' });
    study.setState({ result: { ...resultOf(cells[5].config), status: 'stopped' } });
    study.setState({ result: resultOf(cells[5].config), source: 'file' });
    expect(done()).toBe(0);
    study.setState({ result: resultOf(cells[5].config), source: 'live' });
    expect(done()).toBe(1);
  });

  it('does nothing while another study runs', async () => {
    const { commands, study, run } = page();
    await commands.read(PAGE);
    study.setState({ status: 'running' });
    await commands.run();
    expect(run).not.toHaveBeenCalled();
  });

  it('shows the result that comes with the page, but none of another map', async () => {
    answer(mapResultFixture());
    const fits = page();
    await fits.commands.read(PAGE);
    expect(fits.maps.getState().saved).toEqual(mapResultFixture());
    expect(fits.maps.getState().source).toBe('saved');
    for (const other of [emptyMap({ ...preset.config, x: { setting: 'lr', values: [0.1] } }), { version: 2 }, null]) {
      answer(other);
      const { commands, maps } = page();
      await commands.read(PAGE);
      expect(maps.getState()).toMatchObject({ saved: null, source: 'own' });
      // A page that comes without one has nothing to say.
      const said = maps.getState().notRead?.() ?? '';
      expect(said).toMatch(other === null ? /^$/ : /^The saved cells cannot be shown: .* another version of the page/);
    }
  });

  it('says when the browser keeps no files, and goes on', async () => {
    const nothing = () => Promise.reject(new Error('No room.'));
    const files = { names: nothing, read: nothing, write: nothing, remove: nothing };
    const { commands, maps } = page(files);
    await commands.read(PAGE);
    await commands.run();
    await vi.waitFor(() => expect(maps.getState().notKept?.()).toContain('(No room).'), PATIENT);
    expect(maps.getState().own?.cells).toHaveLength(cells.length);
  });
});

describe('the map in the address', () => {
  it('opens a map, and is nothing where it names none', () => {
    expect(createMapStore('?map=regime-map').getState().preset).toBe(preset);
    expect(createMapStore('?map=elsewhere').getState().preset).toBeNull();
    const replaceState = vi.fn();
    const store = createMapStore('');
    const browser = { location: { pathname: '/', search: '?steps=3', hash: '#results' }, history: { replaceState } };
    showMap(store, browser, preset);
    expect(replaceState).toHaveBeenCalledWith(null, '', '/?map=regime-map&steps=3#results');
    expect(store.getState().preset).toBe(preset);
  });
});
