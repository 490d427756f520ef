import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withAttendance } from '../../../tests/fixtures/attendance.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { twoOwnImages } from '../../../tests/support/own-images.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { randomAdapter, smallLayout } from '../../copra/test-layouts.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import type { CoalitionValues } from '../../study/analyses/shapley/coalition-values.ts';
import type { publish as send } from '../../share/hub/publish.ts';
import { adapterNames } from '../../share/adapter/messages.de.ts';
import { packStudy, unpackStudy, type OpenedStudyFile } from '../../share/study-file/study-file.ts';
import type { SendOptions } from '../../worker/connection.ts';
import type { Asked, MergedModel } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
import { createAdapterCommands } from './adapter-commands.ts';
import { listAdapters } from './adapter-list.ts';
import { createAdaptersStore, reduceAdapterEvent } from './adapters-store.ts';
import { testedOn } from './tested-on.ts';
import { createStudyController, type StudyController } from '../study/study-controller.ts';
import type { StudyImages } from '../study/images-diff.ts';
import { showResult } from '../study/replace-shown.ts';
import { createStudyStore, reduceEvent } from '../study/study-store.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { runOf } from '../../study/result/run-names.ts';

const { publish } = vi.hoisted(() => ({
  publish: vi.fn<typeof send>(() => Promise.resolve({ repo: 'a/b', commit: '1', address: '' })),
}));
vi.mock(import('../../share/hub/publish.ts'), async (original) => ({ ...(await original()), publish }));
// There are no workers here.
vi.mock(import('../../share/study-file/study-file-client.ts'), async (original) => ({
  ...(await original()),
  packStudyFile: (study) => Promise.resolve(packStudy(study)),
}));

const layout = smallLayout();
const result = studyResultFixture();

const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
const imagesOf = (digest: number): StudyImages => ({
  imageSize: 8,
  classes: ['a', 'b'],
  train: 4,
  validation: 2,
  test: 2,
  digest,
  domains: [],
});
/** Those of evaluations, and those of the study. */
const [images, ofStudy] = [imagesOf(1), imagesOf(2)];

function setUp() {
  const store = createAdaptersStore();
  const study = createStudyStore();
  showResult({ study, adapters: store }, result, 'saved');
  store.setState({ study: result.config, date: result.provenance.date, classes: result.task.classes });
  for (const seed of [0, 1])
    store.setState((state) =>
      reduceAdapterEvent(state, {
        type: 'adapter',
        adapter: {
          arm: 'copra',
          seed,
          layout,
          scale: 1,
          values: Float32Array.from(randomAdapter(layout, seed)),
          base,
          gates: { steps: 1, activeSteps: layout.players.map(() => 1) },
        },
      }),
    );
  const controller = { evaluate: vi.fn(() => Promise.resolve()) };
  const read = {
    layout,
    scale: 1,
    values: Float32Array.from(randomAdapter(layout, 7)),
    warnings: ['a note'],
    base,
    baseModel: 'x/y',
    revision: null,
  };
  const answers = {
    'read-adapter': vi.fn(() => read),
    'merge-weights': vi.fn<(asked: Asked<'merge-weights'>) => MergedModel>(() => ({
      weights: new Blob(['w']),
      config: '{}',
    })),
  };
  const digestOf = vi.fn(() =>
    Promise.resolve([{ file: 'model.safetensors', sha256: 'ab'.repeat(32), confirmed: true }]),
  );
  const commands = createAdapterCommands(
    store,
    study,
    controller as unknown as StudyController,
    answering(answers),
    digestOf,
  );
  const listed = () => listAdapters(store.getState(), study.getState().result);
  /** Evaluations from now on end with these accuracies, by arm. */
  const evaluates = (accuracies: Readonly<Record<string, number>>): void =>
    void controller.evaluate.mockImplementation(() => {
      const runs = Object.entries(accuracies).map(([arm, accuracy]) => ({
        ...result.runs[0],
        arm,
        test: { accuracy, loss: 1 },
      }));
      const started = { type: 'started', engine, result: { ...result, runs } } as const;
      study.setState((state) => ({ ...reduceEvent(state, started), images, status: 'idle', before: null }));
      return Promise.resolve();
    });
  return { store, study, controller, read, answers, digestOf, commands, listed, evaluates };
}

describe('adapters of the page', () => {
  it('of runs carry arm, scaling and accuracies', () => {
    const [adapter] = setUp().listed();
    const run = runOf(result.runs, 'copra', 0)!;
    expect(adapter).toMatchObject({ name: 'CopRA · seed 0', kind: 'run', scaling: { alpha: 4, rsLora: false } });
    expect(adapter.provenance).toMatchObject({ testAccuracy: run.test!.accuracy, classes: result.task.classes });
    expect(adapter.provenance).toMatchObject({ hasPrompts: true });
  });

  it('are merged with weights that add up to one, and removed', async () => {
    const { commands, listed } = setUp();
    await commands.merge(listed(), { method: 'factors', weights: [3, 1], density: 1 });
    const merged = listed()[2];
    expect(merged).toMatchObject({ kind: 'merged', provenance: { sources: [{ weight: 0.75 }, { weight: 0.25 }] } });
    const [a, b] = listed().map(({ values }) => values[5]);
    expect(merged.values[5]).toBeCloseTo(0.75 * a + 0.25 * b, 6);
    await expect(
      commands.merge(listed().slice(0, 2), { method: 'factors', weights: [1, -1], density: 1 }),
    ).rejects.toThrow('add up to 0');
    commands.remove(merged.id);
    expect(listed()).toHaveLength(2);
  });

  it('are called in the language of the page, merges by how and of what', async () => {
    const { commands, listed } = setUp();
    onTestFinished(speakEnglish);
    speak('de', (area) => (area === 'adapterNames' ? adapterNames : null));
    for (const weights of [
      [1, 1],
      [2, 1],
    ])
      await commands.merge(listed().slice(0, 2), { method: 'ties', weights, density: 0.5 });
    const [first, , merge] = listed();
    await commands.merge([first, merge], { method: 'core-ties', weights: [1, 1], density: 1 });
    expect(listed().map(({ name }) => name)).toEqual([
      'CopRA · Seed 0',
      'CopRA · Seed 1',
      'TIES: CopRA · Seeds 0, 1',
      'TIES: CopRA · Seeds 0, 1 (2)',
      'Core Space + TIES: CopRA · Seed 0 + (TIES: CopRA · Seeds 0, 1)',
    ]);
  });

  it('are written, and opened again with what does not fit', async () => {
    const { commands, answers, listed } = setUp();
    const { name, blob } = await commands.exportFolder(listed()[0], 'v5');
    expect(name).toBe('copra-seed-0.zip');
    await commands.open([{ path: name, blob }]);
    expect(answers['read-adapter']).toHaveBeenCalledOnce();
    expect(listed()[2]).toMatchObject({
      kind: 'opened',
      name: 'CopRA · seed 0',
      warnings: ['a note'],
      arm: { method: 'copra' },
    });
    const files = await commands.exportModel(listed()[0]);
    expect(files.map((file) => file.name)).toEqual(['model.safetensors']);
  });

  it('of another backbone are opened with a word, and say so in every file that is written of them', async () => {
    const { commands, read, answers, listed } = setUp();
    const { name: path, blob } = await commands.exportFolder(listed()[0], 'v5');
    // Of the same weights, whatever they are called.
    await commands.open([{ path, blob }]);
    expect(listed()[2]).toMatchObject({ trainedFor: null, warnings: ['a note'] });
    const given = { ...read, baseModel: 'emoji-clip-2' };
    const config = JSON.stringify({ peft_type: 'LORA' });
    const loose = [
      { path: 'a/adapter_config.json', blob: new Blob([config]) },
      { path: 'a/adapter_model.safetensors', blob: new Blob(['']) },
    ];
    answers['read-adapter'].mockReturnValue(given);
    await commands.open(loose);
    const opened = listed()[3];
    expect(opened.backbone).toBe(result.config.backbone);
    expect(opened.warnings[0]).toBe(
      `Trained for emoji-clip-2 and read for ${result.config.backbone}, so it computes something else than it learned.`,
    );
    await commands.merge([opened, opened], { method: 'factors', weights: [1, 1], density: 1 });
    for (const each of listed().slice(3)) {
      expect(each.warnings.join()).toContain('Trained for emoji-clip-2');
      const { blob: zip } = await commands.exportFolder(each, 'v5');
      const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
      const written = Object.entries(files).find(([file]) => file.endsWith('adapter_config.json'))?.[1];
      expect(JSON.parse(new TextDecoder().decode(written))).toMatchObject({ base_model_name_or_path: 'emoji-clip-2' });
    }
  });

  it('ask for digests of the backbone only where a copra.json has some, and open where there are none to have', async () => {
    const { commands, digestOf, listed } = setUp();
    const loose = [
      { path: 'a/adapter_config.json', blob: new Blob([JSON.stringify({ peft_type: 'LORA' })]) },
      { path: 'a/adapter_model.safetensors', blob: new Blob(['']) },
    ];
    await commands.open(loose);
    expect(digestOf).not.toHaveBeenCalled();
    const { name: path, blob } = await commands.exportFolder(listed()[0], 'v5');
    digestOf.mockClear().mockRejectedValue(new Error('The weights cannot be fetched.'));
    await commands.open([{ path, blob }]);
    expect(digestOf).toHaveBeenCalledOnce();
    expect(listed()).toHaveLength(4);
  });

  it('are written with the classes of the study that trained them, whatever is shown since', async () => {
    const { commands, study, store, answers, listed } = setUp();
    showResult({ study, adapters: store }, studyResultFixture({ classes: ['cats', 'dogs'] }), 'link');
    await commands.exportModel(listed()[0]);
    const mergedClasses = () => answers['merge-weights'].mock.lastCall?.[0].classes;
    expect(mergedClasses()).toEqual(studyResultFixture().task.classes);
    await commands.merge(listed(), { method: 'factors', weights: [1, 1], density: 1 });
    expect(listed()[2].classes).toEqual(result.task.classes);
    const { name: path, blob } = await commands.exportFolder(listed()[0], 'v5');
    await commands.open([{ path, blob }]);
    await commands.exportModel(listed()[3]);
    expect(mergedClasses()).toEqual([]); // no classifier
  });

  it('are merged into their backbone at its own input size, whatever the study on the page has', async () => {
    const { commands, study, answers, listed } = setUp();
    const [adapter] = listed();
    study.setState(({ config }) => ({ config: { ...config, backbone: 'another/vit', imageSize: 98 } }));
    await commands.exportModel(adapter);
    const own = { ...study.getState().config, backbone: adapter.backbone, imageSize: undefined };
    expect(answers['merge-weights'].mock.lastCall?.[0].config).toEqual(own);
  });

  it('are evaluated in place of the study, which comes back', async () => {
    const { commands, study, store, listed, evaluates } = setUp();
    evaluates({ 'adapter-2': 0.25 });
    await commands.evaluate(listed(), null);
    const ids = listed().map(({ id }) => id);
    expect(store.getState().measured).toEqual({
      [ids[1]]: { ...testedOn(result.config, images), accuracy: 0.25, count: testedImages(result) },
    });
    expect(study.getState().source).toBe('live');
    await commands.evaluate(listed(), null); // the study stays put aside, not the first evaluation
    commands.restore();
    expect(study.getState()).toMatchObject({ result, source: 'saved' });
    expect(store.getState().shelved).toBeNull();
  });

  it('that are evaluated leave all that is shown of the study to come back', async () => {
    const { commands, study, store, listed, evaluates } = setUp();
    showResult({ study, adapters: store }, result, 'file');
    const coalitions = { 'copra/0': {} as CoalitionValues };
    study.setState({ coalitions, images: ofStudy });
    const shown = study.getState();
    evaluates({ 'adapter-1': 0.5 });
    await commands.evaluate(listed(), null);
    expect(study.getState()).toMatchObject({ coalitions: {}, images, readOnly: false });
    commands.restore();
    expect(study.getState()).toEqual({ ...shown, device: { status: 'ready', engine, message: null } });
    await commands.evaluate(listed(), null);
    study.setState({ config: { ...result.config, shots: 3 } });
    commands.restore();
    expect(study.getState()).toMatchObject({ readOnly: false, config: { shots: 3 } });
  });

  it('that are evaluated on other own images give the study back with its own', async () => {
    const { store, study, listed } = setUp();
    const work = (
      { dataset }: Pick<Asked<'run'>, 'dataset'>,
      { onNews: receive }: Pick<SendOptions<'run'>, 'onNews'>,
    ): void => {
      const testDigest = dataset ? imagesDigest(dataset, [1]) : undefined;
      const found = { ...result, task: { ...result.task, testDigest } };
      receive?.({ type: 'started', engine, result: found });
      receive?.({ type: 'finished', result: { ...found, status: 'complete' } });
    };
    const client = {
      ...answering({ run: work, evaluate: work }),
      open: () => Promise.reject(new Error('no engine')),
      order: () => Promise.resolve(),
      terminate: () => undefined,
    };
    const controller = createStudyController(study, client, store);
    const commands = createAdapterCommands(store, study, controller, client, () => Promise.resolve([]));
    const adapters = listed();
    await controller.run(twoOwnImages(7));
    const trained = study.getState().result;
    await commands.evaluate(adapters, twoOwnImages(11));
    expect(study.getState().testSets.map(({ pixels }) => pixels[0])).toEqual([11]);
    commands.restore();
    expect(study.getState().result).toBe(trained);
    expect(study.getState().testSets.map(({ pixels }) => pixels[0])).toEqual([7]);
  });

  it('are published with the study that trained them, also while an evaluation is shown', async () => {
    const { commands, listed, evaluates } = setUp();
    const [first] = listed();
    const sent = async (): Promise<OpenedStudyFile> => {
      publish.mockClear();
      const request = { hub: 'https://hub.example', token: 'hf_x', repo: 'a/b', isPrivate: true, withStudy: true };
      await commands.publish(first, { ...request, naming: 'v5' }, () => {}, new AbortController().signal);
      return unpackStudy(new Blob([publish.mock.calls[0][0].files['copra-study.zip']]));
    };
    const before = await sent();
    expect(before.adapters).toHaveLength(2);
    evaluates({ 'adapter-1': 0.5 });
    await commands.evaluate(listed(), null);
    expect(await sent()).toEqual(before);
  });

  it('are published without the names of the devices of a class', async () => {
    const { commands, listed, study, store } = setUp();
    const ofClass = withAttendance();
    showResult({ study, adapters: store }, ofClass, 'file');
    store.setState({ study: ofClass.config, date: ofClass.provenance.date });
    const request = { hub: 'https://hub.example', token: 'hf_x', repo: 'a/b', isPrivate: true, withStudy: true };
    publish.mockClear();
    await commands.publish(listed()[0], { ...request, naming: 'v5' }, () => {}, new AbortController().signal);
    const { files } = publish.mock.calls[0][0];
    const sent = await unpackStudy(new Blob([files['copra-study.zip']]));
    expect(sent.result.federated?.runs[0].attendance?.rounds).toHaveLength(5);
    expect(JSON.stringify(sent.result)).not.toMatch(/Ada|Grace/);
  });

  it('have no accuracy of an evaluation that did not begin', async () => {
    const { commands, study, store, controller, listed, evaluates } = setUp();
    const [first, second] = listed();
    controller.evaluate.mockResolvedValueOnce();
    await commands.evaluate([first], null);
    expect(store.getState()).toMatchObject({ measured: {}, shelved: null });
    evaluates({ 'adapter-1': 0.25 });
    await commands.evaluate([first], null);
    const { shelved, measured } = store.getState();
    controller.evaluate.mockResolvedValueOnce();
    await commands.evaluate([second], null);
    expect(store.getState()).toMatchObject({ measured, shelved });
    expect(measured).toEqual({ [first.id]: expect.objectContaining({ accuracy: 0.25 }) as object });
    expect(study.getState().source).toBe('live');
  });

  it('that are evaluated leave nothing to come back to when something else is opened', async () => {
    const { commands, study, store, listed, evaluates } = setUp();
    evaluates({ 'adapter-1': 0.25 });
    await commands.evaluate(listed(), null);
    expect(store.getState().shelved).not.toBeNull();
    const other = studyResultFixture({ seed: 2 });
    showResult({ study, adapters: store }, other, 'link');
    expect(store.getState().shelved).toBeNull();
    commands.restore();
    expect(study.getState().result).toBe(other);
  });
});
