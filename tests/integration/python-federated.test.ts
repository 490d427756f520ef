/** The exported Flower app against the federation of this project: who holds what in CPython alone, whole federations with torch, the app itself where Flower is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderReader, readArrayBuffer, readAtlasFile } from '../../scripts/headless.ts';
import { publicFile } from '../../scripts/project-file.ts';
import {
  clientWeights,
  dirichletPartition,
  groupPartition,
  participants,
} from '../../src/copra/federated/partition.ts';
import { FEDERATED_RULE_IDS, takesDora } from '../../src/copra/federated/rule-list.ts';
import { stream } from '../../src/core/rng.ts';
import { without } from '../../src/core/without.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { loadBundledTask } from '../../src/data/bundled/bundled.ts';
import { taskFromDropped } from '../../src/data/dataset/dropped.ts';
import { openNodeEngine } from '../../src/engine/node.ts';
import { towerShapes } from '../../src/model/backbone.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { flowerFiles } from '../../src/share/python/flower-files.ts';
import { pythonFiles } from '../../src/share/python/python-files.ts';
import { bundledFiles } from '../../src/share/python/bundled-files.ts';
import { readStudy } from '../../src/share/study-file/read-study.ts';
import { clientSeed, roundSeed } from '../../src/study/analyses/federated/clients.ts';
import type { FederatedResult } from '../../src/study/analyses/federated/result.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import type { ArmConfig, StudyConfig } from '../../src/study/config/config.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { enlargedTask } from '../support/enlarged-task.ts';
import { listedImages, ownImagesOf, type Side } from '../support/own-images.ts';
import { hasModules, hasPython, python, pythonFile, sayUnchecked } from '../support/python.ts';
import { inputsOf, record, tinyArm, tinyTask, trainingOnly } from '../support/tiny-study.ts';

const hasTorch = hasModules('torch');
const hasFlower = hasModules('torch', 'flwr');
if (!hasPython) sayUnchecked('the Flower app');
if (!hasTorch) sayUnchecked('federations of the Flower app (torch)');
if (!hasFlower) sayUnchecked('the Flower app in Flower (torch, flwr)');

const GOLDEN = 'tests/golden/vit';
const folder = mkdtempSync(path.join(tmpdir(), 'python-federated-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the app of a study. @returns its folder */
function writeApp(config: StudyConfig, name: string): string {
  const app = path.join(folder, name);
  for (const [file, text] of Object.entries(flowerFiles(config, tinyTask()))) {
    mkdirSync(path.dirname(path.join(app, file)), { recursive: true });
    writeFileSync(path.join(app, file), text);
  }
  return path.join(app, 'flower');
}

function configOf(arms: readonly ArmConfig[], rules: StudyConfig['analyses']['federated'], steps = 2): StudyConfig {
  const plain = trainingOnly({ arms: [...arms] });
  return {
    ...plain,
    training: { ...plain.training, steps, augment: false, validateEvery: 100 },
    analyses: { ...plain.analyses, testImages: 30, federated: rules },
  };
}

const rate = { learningRate: 0.01 };
const SETTINGS = { ...USUAL_FEDERATED, clients: 3, rounds: 2, localSteps: 3, alpha: 1, rules: [...FEDERATED_RULE_IDS] };
const PLUS = tinyArm('copra', 'copra', { ...rate, loraPlusRatio: 2, weightDecay: 0.1 });

const anyFederation = fc.record({
  seed: fc.nat(0x7fffffff),
  clients: fc.integer({ min: 2, max: 9 }),
  kinds: fc.integer({ min: 1, max: 6 }),
  images: fc.integer({ min: 1, max: 150 }),
  alpha: fc.constantFrom(0.01, 0.1, 0.3, 1, 5, 1000),
  participation: fc.constantFrom(0.01, 0.3, 0.5, 0.8, 1),
  round: fc.nat(20),
});

describe('the Python zip', () => {
  it('holds the app of a federated study only, and its commands name the study', () => {
    const federated = pythonFiles(configOf([PLUS], SETTINGS), tinyTask());
    expect(federated['README.txt']).toContain('flower ');
    expect(federated['flower/README.md']).toContain('"num-supernodes=3"');
    expect(Object.values(federated).filter((text) => text.includes('@@'))).toEqual([]);
    const plain = pythonFiles(trainingOnly(), tinyTask());
    expect(Object.keys(plain).filter((name) => name.startsWith('flower'))).toEqual([]);
    expect(plain['README.txt']).not.toMatch(/flower|@@/);
  });
});

describe.skipIf(!hasPython)('the Flower app, in CPython alone,', () => {
  it('compiles', () => {
    const app = writeApp(configOf([PLUS], SETTINGS), 'compiled');
    const program =
      'import pathlib, sys\nfor file in pathlib.Path(sys.argv[1]).rglob("*.py"): compile(file.read_text(encoding="utf8"), str(file), "exec")';
    expect(python(program, app)).toBe('');
  });

  it('gives every client the images, seeds, weights and rounds that this project gives it', () => {
    const app = writeApp(configOf([PLUS], SETTINGS), 'divided');
    const cases = fc.sample(anyFederation, { numRuns: 150, seed: 5 }).map((each) => ({
      ...each,
      of: Array.from({ length: each.images }, (_, i) => stream(each.seed, 'analysis', i).integer(each.kinds)),
    }));
    const file = path.join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify(cases));
    const told = JSON.parse(
      python(
        `
import json, sys
sys.path.insert(0, sys.argv[1])
from copra_flower import federation as f
found = []
for case in json.loads(open(sys.argv[2]).read()):
    f.FEDERATED["participation"] = case["participation"]
    seed, clients, kinds, of = case["seed"], case["clients"], case["kinds"], case["of"]
    drawn = f.dirichlet_partition(of, kinds, clients, case["alpha"], seed)
    sizes = [len(images) for images in drawn]
    taking = f.participants(sizes, seed, case["round"])
    found.append({
        "drawn": drawn, "grouped": f.group_partition(of, kinds, clients, seed),
        "short": f.partition_picture(seed, range(kinds), [f.counted(images, range(kinds), of) for images in drawn])["short"],
        "taking": taking, "weights": f.client_weights([sizes[client] for client in taking]),
        "seeds": [f.client_seed(seed, client) for client in range(clients)], "round": f.round_seed(seed, case["round"]),
    })
print(json.dumps(found))`,
        app,
        file,
      ),
    ) as unknown[];
    const ours = cases.map(({ seed, clients, kinds, alpha, participation, round, of }) => {
      const labels = Int32Array.from(of);
      const drawn = dirichletPartition(labels, kinds, { clients, alpha, seed });
      const taking = participants(drawn, { participation, seed, round });
      const lists = (each: readonly Int32Array[]) => each.map((images) => [...images]);
      return {
        drawn: lists(drawn.clients),
        grouped: lists(groupPartition(labels, kinds, { clients, seed }).clients),
        short: drawn.short,
        taking,
        weights: clientWeights(taking.map((client) => drawn.clients[client].length)),
        seeds: Array.from({ length: clients }, (_, client) => clientSeed(seed, client)),
        round: roundSeed(seed, round),
      };
    });
    expect(told).toEqual(ours);
  });

  it('reads the styles of images from a table, and says which image it lacks', () => {
    const app = writeApp(configOf([PLUS], { ...SETTINGS, partition: 'style' }), 'styles');
    const table = path.join(folder, 'groups.csv');
    // As a spreadsheet of Windows saves it: with a byte order mark, and its ends of lines.
    writeFileSync(table, '\uFEFFpath,group\r\nred/1.png,flat\r\n"red/a, b.png",round\r\n');
    const read = (paths: readonly string[]): string =>
      python(
        'import json, sys\nsys.path.insert(0, sys.argv[1])\nfrom copra_flower import federation as f\ntry:\n    print(json.dumps(f.read_groups(sys.argv[2], json.loads(sys.argv[3]))))\nexcept SystemExit as refusal:\n    print(refusal)',
        app,
        table,
        JSON.stringify(paths),
      ).trim();
    expect(JSON.parse(read(['red/a, b.png', 'red/1.png']))).toEqual([
      ['flat', 'round'],
      [1, 0],
    ]);
    expect(read(['red/1.png', 'red/2.png'])).toMatch(/1 training images have no group, red\/2\.png is the first/);
  });

  it('divides a bundled task by style from the table in its zip, a style without images included', async () => {
    const plain = configOf([PLUS], { ...SETTINGS, partition: 'style', clients: 3 });
    const config: StudyConfig = { ...plain, task: 'animals', shots: 1, draw: 1, backbone: 'none' };
    const read = (file: string) => readArrayBuffer(publicFile(file));
    const files = await bundledFiles(config, read);
    const table = path.join(folder, 'bundled.csv');
    writeFileSync(table, files['images/groups.csv']);
    const paths = Object.keys(files).flatMap((name) =>
      name.startsWith('images/train/') ? [name.slice('images/train/'.length)] : [],
    );
    const app = writeApp(config, 'bundled');
    const told = JSON.parse(
      python(
        'import json, sys\nsys.path.insert(0, sys.argv[1])\nfrom copra_flower import federation as f\nprint(json.dumps(f.read_groups(sys.argv[2], json.loads(sys.argv[3]))))',
        app,
        table,
        JSON.stringify(paths),
      ),
    ) as unknown;
    const { styles } = await loadBundledTask(config.task, config, readAtlasFile);
    const trained = [...(styles?.train ?? [])];
    expect(told).toEqual([styles?.names, trained]);
    expect(new Set(trained).size).toBeLessThan(styles?.names.length ?? 0);
    // Beside folders the page would ask which of the two names the classes.
    const byClass = { ...config, analyses: configOf([PLUS], SETTINGS).analyses };
    expect(Object.keys(await bundledFiles(byClass, read))).not.toContain('images/groups.csv');
  });
});

/** What the image at a place of the files shows. */
const motifOf = (_: unknown, place: number): number => 100 - (place % 7);

/** Our federation of a study on the golden ViT, and what Python needs to repeat it: arguments of its drivers. */
async function ourFederation(
  name: string,
  config: StudyConfig,
): Promise<[FederatedResult, [app: string, ...rest: string[]]]> {
  const model = await loadBackbone(folderReader(GOLDEN));
  // Files class by class, of which the app has to make the order of the page.
  const files = ownImagesOf(enlargedTask({ ...tinyTask(), train: tinyTask(60).train }, 32));
  const task = taskFromDropped(files, config);
  const engine = await openNodeEngine('wasm', { threads: 1 });
  const { result } = await record(inputsOf(engine, config, { model, task }));
  engine.dispose();
  if (!result.federated) throw new Error('There is no federation in the result.');
  const { mean, std } = model.preprocessing;
  const { layers, heads } = model.backbone.vision.config;
  const images = (side: Side) => {
    const { pixels, labels } = listedImages(files, side);
    return { pixels: [...pixels], labels: [...labels], ...(side === 'test' && { motifs: [...labels].map(motifOf) }) };
  };
  const places = Object.fromEntries(
    config.arms.map((arm) => [
      arm.id,
      createAdapterLayout(towerShapes(model.backbone), arm).pairs.map(({ tower, layer, projection }) => [
        tower,
        layer,
        projection,
      ]),
    ]),
  );
  const data = path.join(folder, `${name}.json`);
  const sets = { train: images('train'), test: images('test') };
  writeFileSync(data, JSON.stringify({ side: 32, mean, std, layers, heads, places, images: sets }));
  return [result.federated, [writeApp(config, name), `${GOLDEN}/model.safetensors`, data]];
}

function expectEqual(ours: FederatedResult, theirs: FederatedResult): void {
  expect(theirs.partitions).toEqual(ours.partitions);
  expect(theirs.runs.map(({ arm, rule }) => [arm, rule])).toEqual(ours.runs.map(({ arm, rule }) => [arm, rule]));
  theirs.runs.forEach((run, i) => {
    const own = ours.runs[i];
    const name = `${run.arm} ${run.rule}`;
    const close = (a: readonly number[], b: readonly number[], what: string) => {
      expect.soft(a, `${name} ${what}`).toHaveLength(b.length);
      a.forEach((value, at) =>
        expect.soft(Math.abs(value - b[at]), `${name} ${what}`).toBeLessThan(1e-4 + 1e-3 * Math.abs(b[at])),
      );
    };
    expect.soft([run.down, run.up, run.players], name).toEqual([own.down, own.up, own.players]);
    expect.soft(run.correct, name).toBe(own.correct);
    expect.soft(run.diverged, name).toBe(own.diverged);
    close(run.accuracy, own.accuracy, 'accuracy');
    close(run.loss, own.loss, 'loss');
    close(run.drift, own.drift, 'drift');
    close(run.movement, own.movement, 'movement');
    close(run.error.flat(), own.error.flat(), 'error');
  });
}

describe.skipIf(!hasPython)('what the Flower app says of its courses', () => {
  it('is that a study is complete when every course has its last round or diverged', () => {
    const app = writeApp(configOf([PLUS], SETTINGS), 'status');
    const status = (courses: readonly (readonly [rounds: number, diverged: number | null])[]): string =>
      python(
        'import json, sys\nsys.path.insert(0, sys.argv[1])\nfrom copra_flower import federation as f\nprint(f.status_of([{"accuracy": [0] * rounds, "diverged": diverged} for rounds, diverged in json.loads(sys.argv[2])], 2))',
        app,
        JSON.stringify(courses),
      ).trim();
    expect(status([[2, null]])).toBe('stopped');
    expect(
      status([
        [2, null],
        [1, null],
      ]),
    ).toBe('stopped');
    expect(
      status([
        [2, null],
        [1, 2],
      ]),
    ).toBe('complete');
  });
});

describe.skipIf(!hasTorch)('a federation of the Flower app, without Flower,', () => {
  const wild = tinyArm('lora', 'wild', { learningRate: 1, loraPlusRatio: 1000, weightDecay: 1 });
  const uneven = { clients: 5, alpha: 0.01, rounds: 1, localSteps: 24, rules: ['fedit' as const] };
  const some = { rules: FEDERATED_RULE_IDS.filter(takesDora), clients: 4, participation: 0.5 };
  const configs = {
    'low-rank': configOf([PLUS], SETTINGS),
    edited: configOf([PLUS], { ...SETTINGS, rounds: 1, rules: ['fedit'] }),
    uneven: configOf([PLUS, wild], { ...SETTINGS, ...uneven }),
    dora: {
      ...configOf([tinyArm('copra', 'dora', { ...rate, dora: true })], { ...SETTINGS, ...some }),
      shots: 18,
    },
  };
  type Name = keyof typeof configs;
  /** As if every round were interrupted: each begins with what the one before has written. */
  const takenUp: readonly Name[] = ['low-rank', 'dora'];
  const ours = new Map<string, FederatedResult>();
  const resultOf = (name: Name): string => path.join(folder, `${name}-result.json`);
  // By one Python, which imports torch once.
  beforeAll(async () => {
    const apps = new Map<Name, readonly [app: string, ...rest: (string | null)[]]>();
    for (const name of Object.keys(configs) as Name[]) {
      const [own, args] = await ourFederation(name, configs[name]);
      ours.set(name, own);
      apps.set(name, [...args, resultOf(name), takenUp.includes(name) ? path.join(folder, `${name}-courses`) : null]);
    }
    const script = path.join(apps.get('edited')![0], 'copra_flower', 'train_copra.py');
    const text = readFileSync(script, 'utf8');
    const edited = text
      .replace(/"learningRate": [\d.]+/, '"learningRate": 0.02')
      .replace(/"batchSize": \d+/, '"batchSize": 3');
    writeFileSync(script, edited);
    pythonFile('federated_in_torch.py', JSON.stringify([...apps.values()]));
  }, 600_000);

  async function expectSame(name: Name): Promise<FederatedResult> {
    const config: StudyConfig = configs[name];
    const own = ours.get(name)!;
    const opened = await readStudy('json', new Blob([readFileSync(resultOf(name))]));
    if (opened?.kind !== 'result') throw new Error('The page does not open it as a result.');
    const { federated, config: told, status, task } = opened.result;
    expect(status).toBe('complete');
    expect(task.test).toBe(config.analyses.testImages);
    expect(told.arms).toEqual(config.arms);
    expect(told.training).toEqual(config.training);
    expect(told.analyses.federated).toEqual(config.analyses.federated);
    expectEqual(own, federated ?? { partitions: [], runs: [] });
    return own;
  }

  it('trains, aggregates and measures as this project does, under every rule', async () => {
    await expectSame('low-rank');
  });

  it('tells in its result which test images show one motif', () => {
    const { task } = JSON.parse(readFileSync(resultOf('low-rank'), 'utf8')) as StudyResult;
    const order = stream(0, 'order', 2).shuffle(Array.from({ length: tinyTask().test.count }, (_, i) => i));
    const shown = order.slice(0, task.test).map((place) => motifOf(null, place));
    const numbers = [...new Set(shown)];
    expect(task.motifs).toEqual(shown.map((motif) => numbers.indexOf(motif)));
    expect(numbers.length).toBeLessThan(task.test);
  });

  it('says in its result what it trained with', () => {
    const { config: told } = JSON.parse(readFileSync(resultOf('edited'), 'utf8')) as StudyResult;
    const { training, analyses } = configs.edited;
    expect(told.arms).toEqual([{ ...PLUS, learningRate: 0.02 }]);
    expect(told.training).toEqual({ ...training, batchSize: 3 });
    expect(told.analyses.federated).toEqual(analyses.federated);
  });

  it('counts the traffic of clients with images, and ends what diverges', async () => {
    const { partitions, runs } = await expectSame('uneven');
    const empty = partitions[0].counts.filter((counts) => counts.every((count) => count === 0)).length;
    expect(empty).toBeGreaterThan(0);
    expect(runs.map(({ diverged }) => diverged)).toEqual([null, 1]);
  });

  it('averages DoRA of a few shots, with some of the clients in every round', async () => {
    await expectSame('dora');
  });
});

describe.skipIf(!hasFlower)('the Flower app, by the ServerApp and ClientApp of Flower,', () => {
  const run = (args: readonly string[], out: string, ...absent: string[]) =>
    pythonFile('federated_in_flower.py', ...args, path.join(folder, out), ...absent);
  async function resultIn(out: string): Promise<StudyResult> {
    const opened = await readStudy('json', new Blob([readFileSync(path.join(folder, out, 'result.json'))]));
    if (opened?.kind !== 'result') throw new Error('The page does not open it as a result.');
    return opened.result;
  }

  it('writes a result that the page opens, with our federation in it', { timeout: 300_000 }, async () => {
    const [ours, args] = await ourFederation('in-flower', configOf([PLUS], { ...SETTINGS, seeds: 2 }));
    run(args, 'whole');
    const { federated, status, task } = await resultIn('whole');
    expect([status, task.train, task.test]).toEqual(['complete', 60, 30]);
    expect(task.motifs).toHaveLength(30);
    expectEqual(ours, federated ?? { partitions: [], runs: [] });
  });

  it('goes on after the last finished round, and refuses courses of another study', { timeout: 300_000 }, async () => {
    const rules = ['fedit', 'stacking'] as const;
    const [, args] = await ourFederation('interrupted', configOf([PLUS], { ...SETTINGS, rules: [...rules] }));
    expect(run(args, 'at-once')).toBe('4\n');
    expect(run(args, 'again', '-', '1,2,inf,inf')).toBe('1\n2\n1\n0\n');
    const again = await resultIn('again');
    expect(again.status).toBe('complete');
    expect(without(again, 'provenance')).toEqual(without(await resultIn('at-once'), 'provenance'));
    const [app, ...rest] = args;
    const script = path.join(app, 'copra_flower', 'train_copra.py');
    writeFileSync(script, readFileSync(script, 'utf8').replace(/"learningRate": [\d.]+/, '"learningRate": 0.02'));
    expect(() => run([app, ...rest], 'again')).toThrow(
      /copra-fedit-.*\.pt was trained with other settings \(learningRate\)/,
    );
  });

  it('goes on without a client that fails', { timeout: 300_000 }, async () => {
    const [ours, args] = await ourFederation('absent', configOf([PLUS], { ...SETTINGS, rules: ['fedex-lora'] }));
    run(args, 'without', '1');
    const { federated, status } = await resultIn('without');
    expect(status).toBe('complete');
    expect(federated?.partitions).toEqual(ours.partitions);
    expect(federated?.runs[0].accuracy).toHaveLength(SETTINGS.rounds);
    expect(federated?.runs[0].drift).not.toEqual(ours.runs[0].drift);
  });
});
