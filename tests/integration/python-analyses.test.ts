/** What the exported script finds in adapters, on a plain ViT with torch alone, against what this project finds in them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderReader } from '../../scripts/headless.ts';
import { stream } from '../../src/core/rng.ts';
import type { LabelledImages, Task } from '../../src/data/task.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import { readStudy } from '../../src/share/study-file/read-study.ts';
import { USUAL_MERGING } from '../../src/study/analyses/merging/settings.ts';
import { MEAN_INTERACTION } from '../../src/study/result/measures/credit.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import { enlargedTask } from '../support/enlarged-task.ts';
import { hasModules, pythonFile, sayUnchecked } from '../support/python.ts';
import { inputsOf, record, tinyArm, tinyConfig, tinyTask } from '../support/tiny-study.ts';
import { runOf } from '../../src/study/result/run-names.ts';

const hasTorch = hasModules('torch');
if (!hasTorch) sayUnchecked('the analyses of the Python export (torch)');

const GOLDEN = 'tests/golden/vit';
const folder = mkdtempSync(path.join(tmpdir(), 'python-analyses-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The task under so much noise that no run gets every image right: what analyses find then differs from point to point. */
function hard(task: Task): Task {
  const noise = stream(3, 'split');
  const veiled = ({ pixels, ...images }: LabelledImages): LabelledImages => ({
    ...images,
    pixels: pixels.map((value) => Math.round(0.15 * value + 0.85 * noise.integer(256))),
  });
  return { ...task, train: veiled(task.train), validation: veiled(task.validation), test: veiled(task.test) };
}

/** The task with three test images of every motif. */
const inMotifs = (task: Task): Task => ({
  ...task,
  test: { ...task.test, motifs: Int32Array.from(task.test.labels, (_, image) => Math.floor(image / 3)) },
});

/** Values of an adapter by kind, as the script names them. */
function parts({ arm, seed, layout, values }: RunAdapter) {
  const part = (from: number, length: number) => [...values.subarray(from, from + length)];
  const { pairs, rank, head } = layout;
  return {
    arm,
    seed,
    a: pairs.map(({ aOffset, inFeatures }) => part(aOffset, rank * inFeatures)),
    b: pairs.map(({ bOffset, outFeatures }) => part(bOffset, rank * outFeatures)),
    m: pairs.flatMap(({ magnitudeOffset, outFeatures }) =>
      magnitudeOffset === null ? [] : [part(magnitudeOffset, outFeatures)],
    ),
    head: head && [part(head.weightOffset, head.classes * head.features), part(head.biasOffset, head.classes)],
  };
}

describe.skipIf(!hasTorch)('the analyses of the Python script', () => {
  let ours: StudyResult;
  let theirs: StudyResult;

  beforeAll(async () => {
    const model = await loadBackbone(folderReader(GOLDEN));
    const task = inMotifs(enlargedTask(hard(tinyTask(24)), 32));
    const changes = { learningRate: 0.03, projections: ['q', 'v', 'fc1'] as const };
    const arm = (method: 'lora' | 'copra', id: string, dora: boolean) => ({
      ...tinyArm(method, id, { ...changes, projections: [...changes.projections], ...(dora && { dora }) }),
    });
    const { analyses, ...rest } = tinyConfig();
    const config = {
      ...rest,
      arms: [arm('lora', 'lora', false), arm('copra', 'copra', false), arm('copra', 'dora', true)],
      training: { ...rest.training, steps: 40 },
      analyses: { ...analyses, merging: USUAL_MERGING },
    };
    const engine = await openNodeEngine('wasm', { threads: 1 });
    const adapters: RunAdapter[] = [];
    const { result } = await record(inputsOf(engine, config, { model, task }), (event) => {
      if (event.type === 'adapter') adapters.push({ ...event.adapter, values: event.adapter.values.slice() });
    });
    engine.dispose();
    ours = result;
    const { mean, std } = model.preprocessing;
    const { config: vision } = model.backbone.vision;
    const images = (name: 'train' | 'validation' | 'test') => ({
      pixels: [...task[name].pixels],
      labels: [...task[name].labels],
      motifs: [...(task[name].motifs ?? [])],
    });
    const data = {
      side: 32,
      mean,
      std,
      layers: vision.layers,
      heads: vision.heads,
      images: { train: images('train'), validation: images('validation'), test: images('test') },
      places: Object.fromEntries(
        adapters.map(({ arm: id, layout }) => [
          id,
          layout.pairs.map(({ tower, layer, projection }) => [tower, layer, projection]),
        ]),
      ),
      adapters: adapters.map(parts),
      runs: ours.runs,
    };
    const at = (name: string) => path.join(folder, name);
    writeFileSync(at('train_copra.py'), pythonScript(config, task));
    writeFileSync(at('data.json'), JSON.stringify(data));
    const told = pythonFile(
      'analyses_in_torch.py',
      at('train_copra.py'),
      `${GOLDEN}/model.safetensors`,
      at('data.json'),
    );
    const read = await readStudy('json', new Blob([told]));
    if (read?.kind !== 'result') throw new Error('The page does not open it as a result.');
    theirs = read.result;
    expect(readFileSync(at('train_copra.py'), 'utf8')).toContain('drop it on the page');
  }, 900_000);

  it('compute layers that sets of layers have in common once', () => {
    const told = JSON.parse(pythonFile('shared_layers.py', path.join(folder, 'train_copra.py'))) as unknown;
    // 16 sets of four layers, in two batches. Text follows vision: its layers are asked again for every four sets of vision.
    const sets = 16;
    expect(told).toEqual({
      computed: [2 * 2, 2 * 4, 2 * 8, 2 * 16],
      equal: true,
      different: sets,
      // Alone every set asks every layer, in two batches.
      afterwards: [2 * 2, 2 * 4, 2 * 8, 2 * 16].map((computed) => computed + 2 * sets),
    });
  });

  it('find the backbone, the runs and their answers to single images', () => {
    expect(theirs.task).toMatchObject({
      name: 'Colours',
      classes: ours.task.classes,
      test: 40,
      labels: ours.task.labels,
    });
    expect(theirs.task.headOnly?.accuracy).toBe(ours.task.headOnly?.accuracy);
    expect(theirs.task.headOnly?.loss).toBeCloseTo(ours.task.headOnly?.loss ?? NaN, 3);
    expect(theirs.runs.map(({ arm, seed }) => [arm, seed])).toEqual(ours.runs.map(({ arm, seed }) => [arm, seed]));
    theirs.runs.forEach(({ test, gates }, i) => {
      expect(test?.correct).toBe(ours.runs[i].test?.correct);
      expect(test?.loss).toBeCloseTo(ours.runs[i].test?.loss ?? NaN, 4);
      expect(gates).toBe(ours.runs[i].gates);
    });
    const kinds = (result: StudyResult) => [...new Set(result.predictions?.map((entry) => entry.of))].toSorted();
    expect(kinds(theirs)).toEqual(kinds(ours).filter((kind) => kind !== 'backbone'));
  });

  it('find the paths between seeds', () => {
    expect(new Set(ours.landscape.flatMap(({ accuracy }) => accuracy)).size).toBeGreaterThan(5);
    expect(theirs.landscape.map(({ path: kind, arm }) => [arm, kind])).toEqual(
      ours.landscape.map(({ path: kind, arm }) => [arm, kind]),
    );
    theirs.landscape.forEach((entry, i) => {
      expect(entry.correct).toEqual(ours.landscape[i].correct);
      entry.loss.forEach((loss, point) => expect(loss).toBeCloseTo(ours.landscape[i].loss[point], 4));
    });
  });

  it('find Shapley values and their errors', () => {
    expect(theirs.shapley).toHaveLength(ours.shapley.length);
    theirs.shapley.forEach((entry, i) => {
      const own = ours.shapley[i];
      expect(entry).toMatchObject({
        players: own.players,
        estimator: own.estimator,
        coalitions: own.coalitions,
        images: own.images,
        motifs: own.motifs,
      });
      expect(own.motifs).toBeLessThan(own.images);
      for (const key of ['accuracy', 'accuracyError', 'loss', 'lossError'] as const)
        entry[key].forEach((value, player) => expect(value, key).toBeCloseTo(own[key][player], 4));
      if (own.topThirdShare === null) expect(entry.topThirdShare).toBeNull();
      else expect(entry.topThirdShare).toBeCloseTo(own.topThirdShare, 6);
    });
  });

  it('find what is left of pruned adapters', () => {
    expect(theirs.pruning).toHaveLength(ours.pruning.length);
    theirs.pruning.forEach((entry, i) => {
      const own = ours.pruning[i];
      expect(entry.structured.map(({ label, kept, of }) => [label, kept, of])).toEqual(
        own.structured.map(({ label, kept, of }) => [label, kept, of]),
      );
      // Of two layers with equal Shapley values, rounding says which one is removed.
      const values = runOf(ours.shapley, own.arm, own.seed)?.accuracy ?? [];
      const tied = new Set(values.map((value) => value.toFixed(9))).size < values.length;
      entry.structured.forEach(({ label, accuracy, correct }, at) => {
        if (tied && label.startsWith('shapley-')) return;
        expect(accuracy, label).toBeCloseTo(own.structured[at].accuracy, 9);
        expect(correct, label).toBe(own.structured[at].correct);
      });
      expect(
        entry.unstructured.map(({ scope, sparsities, accuracy, correct }) => [scope, sparsities, accuracy, correct]),
      ).toEqual(
        own.unstructured.map(({ scope, sparsities, accuracy, correct }) => [scope, sparsities, accuracy, correct]),
      );
    });
  });

  it('find the merges that Python knows', () => {
    expect(theirs.merging).toHaveLength(2);
    theirs.merging?.forEach((entry, i) => {
      const own = ours.merging?.[i];
      expect(entry.ensemble?.accuracy).toBe(own?.ensemble?.accuracy);
      expect(entry.merges.map(({ method }) => method)).toEqual([
        'factors',
        'updates',
        'task-arithmetic',
        'svd',
        'magnitude',
        'ties',
      ]);
      for (const merge of entry.merges) {
        const same = own?.merges.find(
          ({ method, alignment }) => method === merge.method && alignment === merge.alignment,
        );
        expect(merge.accuracy, merge.method).toBe(same?.accuracy);
        expect(merge.loss, merge.method).toBeCloseTo(same?.loss ?? NaN, 3);
        expect([merge.scale, merge.rank], merge.method).toEqual([same?.scale, same?.rank]);
      }
      expect(entry.sweep?.accuracy).toEqual(own?.sweep?.accuracy);
    });
  });

  it('give the page the same measures, but for interactions', () => {
    const measured = MEASURES.filter((measure) =>
      ours.config.arms.some(({ id }) => measure.values(ours, id).length > 0),
    );
    expect(measured.length).toBeGreaterThan(10);
    for (const { id } of ours.config.arms)
      for (const measure of measured) {
        if (measure.id === MEAN_INTERACTION.id) continue;
        const [mine, other] = [ours, theirs].map((result) => measure.values(result, id));
        expect(other.map(({ seeds }) => seeds)).toEqual(mine.map(({ seeds }) => seeds));
        other.forEach(({ value }, i) => expect(value, measure.id).toBeCloseTo(mine[i].value, 6));
      }
  });
});
