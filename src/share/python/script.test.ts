import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { createGateSampler } from '../../copra/gate-sampler.ts';
import { gateGroups } from '../../copra/gates.ts';
import { learningRateAt } from '../../copra/learning-rate.ts';
import { initialAdapter } from '../../copra/lora-init.ts';
import { methodOf } from '../../copra/methods/registry.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { imageLimit } from '../../data/dataset/image-limit.ts';
import { analysedRuns } from '../../study/analyses/shapley/run.ts';
import { USUAL_MERGING } from '../../study/analyses/merging/settings.ts';
import { completeArm, type StudyConfig } from '../../study/config/config.ts';
import { promptsOf } from '../../study/config/prompts.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { TrainedRun } from '../../study/run/context.ts';
import { pythonLiteral } from './literal.ts';
import { pythonScript, whyNoPython } from './script.ts';
import { studyInPython } from './study-in-python.ts';

const [{ config: preset }] = PRESETS;

const config: StudyConfig = {
  ...preset,
  backbone: 'openai/clip-vit-base-patch32@fb0662700000000000000000000000000000beef',
  seeds: [0, 5],
  arms: [
    defaultArm('lora', 'lora', 'LoRA'),
    defaultArm('copra', 'copra', 'CopRA'),
    { ...defaultArm('copra', 'modules', 'Modules “exp”'), granularity: 'module', schedule: 'exponential', p0: 0.1 },
    { ...defaultArm('copra', 'sine', 'Sine'), schedule: 'sine', rampFraction: 0.6 },
    { ...defaultArm('layer-drop', 'drop', 'Drop'), keepProbability: 0.3, rsLora: true },
    {
      ...defaultArm('stochastic-depth', 'depth', 'Depth'),
      keepProbability: 0.1,
      towers: ['vision', 'text'],
      rescale: true,
    },
    { ...defaultArm('stochastic-depth', 'depth-2', 'Depth 2'), granularity: 'module', keepProbability: 0 },
    { ...defaultArm('copra', 'rescaled', 'Rescaled'), rescale: true, loraPlusRatio: 16 },
    { ...defaultArm('copra', 'dora', 'DoRA'), dora: true, loraPlusRatio: 4 },
    { ...defaultArm('progressive-dropout', 'progressive', 'Progressive'), schedule: 'sine', inputDropout: 0 },
    { ...defaultArm('lora-dropout', 'dropout', 'Dropout'), towers: ['vision', 'text'], projections: ['q', 'fc2'] },
  ],
  training: { ...preset.training, steps: 40, warmupSteps: 3, batchSize: 7 },
};
const task = { name: 'fruit \\ "quoted"', classes: ['apple', "l'ananas", 'ヤシ\u2028\\'] };

const folder = mkdtempSync(path.join(tmpdir(), 'script-'));
afterAll(() => rmSync(folder, { recursive: true }));
if (!hasPython) sayUnchecked('the Python export');

function save(script: string, name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, script);
  return file;
}

describe('the Python script', () => {
  it('names the model, its commit, and the study', () => {
    const script = pythonScript(config, task);
    expect(script).toContain('MODEL = "openai/clip-vit-base-patch32"');
    expect(script).toContain('REVISION = "fb0662700000000000000000000000000000beef"');
    expect(script).not.toMatch(/@@/);
    expect(pythonScript(preset, null)).toContain('REVISION = None');
  });

  it.skipIf(!hasPython)('compiles, whatever the names', () => {
    const nasty = { ...config, arms: [{ ...config.arms[0], name: '"""\n\\' }] };
    for (const [i, script] of [
      pythonScript(config, task),
      pythonScript(preset, null),
      pythonScript(nasty, { name: '"""', classes: ['"""', '\\'] }),
    ].entries()) {
      const file = save(script, `script-${i}.py`);
      const { status, stderr } = spawnSync('python3', ['-m', 'py_compile', file], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });

  it.skipIf(!hasPython)('keeps the order of the classes, also of those that are numbers', () => {
    const classes = ['pear', '10', '2', '__proto__', '-1'];
    const told = pythonLaw(pythonScript(config, { name: 'numbers', classes }), 'print(json.dumps(list(PROMPTS)))');
    expect(told).toEqual(classes);
  });

  it.skipIf(!hasPython)('keeps the values of the study', () => {
    const told = pythonLaw(pythonScript(config, task), 'print(json.dumps([ARMS, SEEDS, TRAINING, PROMPTS]))');
    const prompts = Object.fromEntries(task.classes.map((name) => [name, [`a picture of ${name}`]]));
    expect(told).toEqual([config.arms.map(completeArm), config.seeds, config.training, prompts]);
  });

  it.skipIf(!hasPython)('draws the gates, orders and initial values of the browser, and its learning rates', () => {
    const told = pythonLaw(
      pythonScript(config, task),
      `
def places(arm):
    names = arm['projections'] if arm['granularity'] == 'module' else [None]
    return [(tower, layer, name) for tower in ('vision', 'text') if tower in arm['towers'] for layer in range(12) for name in names]
def law(arm, step):
    return [active_probability(arm, step, 40, depth) for depth in group_depths(places(arm))]
def gates(arm, seed):
    return [[int(g) for g in draw_gates(law(arm, step), Stream(seed, 'gates', step))] for step in range(40)]
print(json.dumps({
    'gates': [[gates(arm, seed) for seed in SEEDS] for arm in ARMS],
    'factors': [[branch_factors(arm, law(arm, step)) for step in range(40)] for arm in ARMS],
    'dropout': [[input_dropout(arm, step, 40) for step in range(40)] for arm in ARMS],
    'rates': [learning_rate(ARMS[0], step) for step in range(40)],
    'byActivity': [[rate_factor({**arm, 'rateByActivity': True}, group_depths(places(arm)), step) for step in range(40)] for arm in ARMS],
    'unchanged': [rate_factor(arm, group_depths(places(arm)), 0) for arm in ARMS],
    'order': [batch_indices(5, 23, step) for step in range(9)],
    'init': [Stream(5, 'init', 2).uniform() for _ in range(1)] + [Stream(0x7fffffff, 'init', 40).uniform()],
}))`,
    ) as {
      gates: number[][][][];
      factors: number[][][];
      dropout: number[][];
      rates: number[];
      byActivity: number[][];
      unchanged: number[];
      order: number[][];
      init: number[];
    };
    const shape = { layers: 12, width: 4, mlpWidth: 8 };
    config.arms.forEach((arm, a) => {
      const layout = createAdapterLayout({ vision: shape, text: shape }, arm);
      config.seeds.forEach((seed, s) => {
        const sample = createGateSampler(arm, layout, 40, seed);
        const ours = Array.from({ length: 40 }, (_, step) => {
          const { pairs, players } = sample(step);
          return [...(arm.granularity === 'module' ? pairs : players)];
        });
        expect(told.gates[a][s], arm.name).toEqual(ours);
      });
      const sample = createGateSampler(arm, layout, 40, 0);
      const { groupOfPair } = gateGroups(layout, arm.granularity);
      for (let step = 0; step < 40; step++) {
        const { pairs, factors, activity } = sample(step);
        expect(told.byActivity[a][step], arm.name).toBeCloseTo(Math.min(10, 1 / activity), 9);
        const ours = factors ?? new Float32Array(pairs.length).fill(1);
        expect(
          Float32Array.from(groupOfPair, (group) => told.factors[a][step][group]),
          arm.name,
        ).toEqual(ours);
        const rate = methodOf(arm.method).inputDropout(step, 40, arm);
        expect(told.dropout[a][step], arm.name).toBeCloseTo(rate, 12);
      }
    });
    expect(told.unchanged).toEqual(config.arms.map(() => 1));
    const rate = { peak: config.arms[0].learningRate, schedule: 'cosine', totalSteps: 40, warmupSteps: 3 } as const;
    told.rates.forEach((value, step) => expect(value).toBeCloseTo(learningRateAt(step, rate), 12));
    const positions = Array.from({ length: 63 }, (_, i) => i);
    const orders = [0, 1, 2].map((epoch) =>
      stream(5, 'order', epoch).shuffle(Int32Array.from({ length: 23 }, (_, i) => i)),
    );
    expect(told.order.flat()).toEqual(positions.map((i) => orders[Math.floor(i / 23)][i % 23]));
    expect(told.init).toEqual([stream(5, 'init', 2).uniform(), stream(0x7fffffff, 'init', 40).uniform()]);
    // and what the browser makes of them
    const layout = createAdapterLayout({ vision: shape }, config.arms[0]);
    expect(initialAdapter(layout, 5)[layout.pairs[2].aOffset]).toBe(Math.fround((2 * told.init[0] - 1) / 2));
  });

  it.skipIf(!hasPython)('asks for DoRA, and lets magnitudes alone neither decay nor learn faster', () => {
    const script = pythonScript(config, task);
    expect(script).toContain('use_dora=arm["dora"]');
    const told = pythonLaw(
      script,
      `
class Parameter:
    def __init__(self, name, requires_grad=True):
        self.name, self.requires_grad = name, requires_grad
class Scorer:
    def named_parameters(self):
        names = ['q.lora_A.default.weight', 'q.lora_B.default.weight', 'classifier.weight']
        found = [Parameter(name) for name in names + (['q.lora_magnitude_vector.default.weight'] if self.dora else [])]
        return [(p.name, p) for p in [*found, Parameter('q.base_layer.weight', False)]]
def groups(arm):
    scorer = Scorer()
    scorer.dora = arm['dora']
    return [{**group, 'params': [p.name for p in group['params']]} for group in parameter_groups(scorer, arm)]
print(json.dumps([groups(arm) for arm in ARMS]))`,
    ) as { params: string[]; ratio: number; weight_decay: number }[][];
    config.arms.map(completeArm).forEach(({ weightDecay, loraPlusRatio, dora }, a) => {
      const decays = { weight_decay: weightDecay };
      expect(told[a]).toEqual([
        { params: ['q.lora_A.default.weight', 'classifier.weight'], ratio: 1, ...decays },
        { params: ['q.lora_B.default.weight'], ratio: loraPlusRatio, ...decays },
        ...(dora ? [{ params: ['q.lora_magnitude_vector.default.weight'], ratio: 1, weight_decay: 0 }] : []),
      ]);
    });
  });

  /** What the script says of a study before it begins; null where it does not refuse it. */
  function refused(study: StudyConfig): unknown {
    const script = pythonScript(study, task);
    const rule = /UNKNOWN = [\s\S]*?(?=\n\n\ndef main)/.exec(script)?.[0] ?? '';
    return pythonLaw(
      script,
      `${rule}
try:
    refuse_unknown(STUDY)
    print('null')
except SystemExit as refusal:
    print(json.dumps(str(refusal)))`,
    );
  }

  it.skipIf(!hasPython)('refuses by name an arm with a setting that it does not know', () => {
    const [lora] = config.arms;
    const withArm = (arm: typeof lora) => ({ ...config, arms: [lora, { ...arm, name: 'Odd' }] });
    expect(refused(withArm(lora))).toBeNull();
    expect(refused(withArm({ ...lora, take: 'loss' }))).toMatch(/^Odd: this script does not know take = 'loss'/);
    expect(refused(withArm({ ...lora, samRadius: 0.1 }))).toMatch(/^Odd: this script does not know samRadius = 0.1/);
  });

  it.skipIf(!hasPython)('refuses a study of images of another size, which its result would claim', () => {
    expect(refused(config)).toBeNull();
    expect(refused({ ...config, imageSize: 160 })).toMatch(/imageSize = 160, .*; take imageSize out of STUDY/);
  });

  it.skipIf(!hasPython)(
    'says which folder it needs where no hub has the model, and stops where that is not there',
    () => {
      const told = (backbone: string, model = '') => {
        const script = pythonScript({ ...config, backbone }, task);
        const rules = ['check_model', 'place_of_model'].map(
          (name) => new RegExp(`def ${name}\\(\\)[\\s\\S]*?(?=\n\n\n)`).exec(script)?.[0] ?? '',
        );
        return pythonLaw(
          script,
          `${rules.join('\n')}
__file__ = ${pythonLiteral(path.join(folder, 'train_copra.py'))}
MODEL = ${pythonLiteral(model)} or MODEL
try:
    check_model()
    print('null')
except SystemExit as refusal:
    print(json.dumps(str(refusal)))`,
        );
      };
      expect(told('emoji-clip-2')).toMatch(
        /^emoji-clip-2: there is no such folder\. Put it beside train_copra\.py, .*public\/backbones\/emoji-clip-2 in /,
      );
      expect(told('emoji-clip-2', 'openai/clip-vit-base-patch32')).toMatch(/for a model of a hub, set FOLDER = None/);
      expect(told('emoji-clip-2', folder)).toBeNull();
      // Beside the script, wherever it is started.
      mkdirSync(path.join(folder, 'emoji-clip-2'));
      expect(told('emoji-clip-2')).toBeNull();
      expect(told(config.backbone)).toBeNull();
    },
  );

  it.skipIf(!hasPython)('finds its model in a notebook too, which has no file', () => {
    const script = pythonScript({ ...config, backbone: 'emoji-clip-2' }, task);
    const [rule = ''] = /def place_of_model\(\)[\s\S]*?(?=\n\n\n)/.exec(script) ?? [];
    expect(pythonLaw(script, `${rule}\nprint(json.dumps(place_of_model()))`)).toBe('emoji-clip-2');
  });

  it.skipIf(!hasPython)('says how it is used before it says what it needs', () => {
    const script = pythonScript({ ...config, backbone: 'emoji-clip-2', imageSize: 160 }, task);
    const [main = ''] = /def main\(\)[\s\S]*?(?=\n\n\n)/.exec(script) ?? [];
    const reached = pythonLaw(
      script,
      `__doc__ = 'Trains.'
def stop(*given):
    raise SystemExit('stopped')
refuse_unknown = check_model = stop
planned = lambda: [1]
sys.argv = ['train_copra.py', '--help']
sys.stdout, shown = sys.stderr, sys.stdout
${main}
try:
    main()
except SystemExit as end:
    print(json.dumps(end.code), file=shown)`,
    );
    expect(reached).toBe(0);
  });

  it.skipIf(!hasPython)('takes Shapley values of the seeds that the page takes, whatever diverged', () => {
    const anyRuns = fc.record({
      most: fc.integer({ min: 1, max: 4 }),
      arms: fc.array(fc.subarray([0, 5, 7, 9, 11]), { minLength: 1, maxLength: 4 }),
    });
    const cases = fc.sample(anyRuns, { numRuns: 200, seed: 2 });
    const script = pythonScript(config, task);
    const rule = /def analysed_seeds\([\s\S]*?(?=\n\n\n)/.exec(script)?.[0] ?? '';
    const given = pythonLiteral(JSON.stringify(cases));
    const told = pythonLaw(
      script,
      `${rule}
print(json.dumps([list(analysed_seeds(dict(enumerate(case["arms"])), case["most"]).values()) for case in json.loads(${given})]))`,
    );
    const ours = cases.map(({ arms: lists, most }) => {
      const arms = lists.map((_, i) => defaultArm('copra', String(i), String(i)));
      const runs = arms.flatMap((arm, i) => lists[i].map((seed) => ({ arm, seed }) as TrainedRun));
      const analysed = analysedRuns(runs, { arms }, most);
      return arms.map((arm) => analysed.filter((run) => run.arm === arm).map(({ seed }) => seed));
    });
    expect(told).toEqual(ours);
  });

  it.skipIf(!hasPython)('says that it merges, also where the study does not', () => {
    const analyses = { ...config.analyses, merging: { ...USUAL_MERGING, enabled: false, density: 0.3 } };
    const script = pythonScript({ ...config, analyses }, task);
    const told = pythonLaw(script, 'print(json.dumps(STUDY["analyses"]["merging"]))');
    expect(told).toEqual({ ...USUAL_MERGING, density: 0.3 });
  });

  it.skipIf(!hasPython)('says in its result what it trains with, and nothing else', () => {
    const prompts = { templates: ['a {}', 'the {}'], perClass: { apple: 'one {}!' } };
    const studies = [
      config,
      { ...preset, prompts, imageSize: 64 },
      { ...preset, backbone: 'mine', prompts: undefined },
    ];
    for (const study of studies) {
      const script = pythonScript(study, task);
      const told = pythonLaw(script, 'print(json.dumps(STUDY))');
      expect(told).toEqual(JSON.parse(JSON.stringify(studyInPython(study))));
    }
    const changes: readonly [RegExp, string][] = [
      [/(?<="learningRate": )[\d.]+/, '0.5'],
      [/(?<="rateByActivity": )False/, 'True'],
      [/(?<="steps": )40/, '2'],
      [/(?<=SEEDS = \[)/, '7, '],
      [/(?<=TEMPLATES = \[")a/, 'no'],
      [/(?<=MODEL = "openai)\/[^"]+/, '/other'],
    ];
    const edited = changes.reduce(
      (script, [what, value]) => {
        expect(script).toMatch(what);
        return script.replace(what, value);
      },
      pythonScript(config, task),
    );
    const [lora, ...others] = config.arms;
    expect(pythonLaw(edited, 'print(json.dumps([STUDY, PROMPTS]))')).toEqual([
      {
        ...(JSON.parse(JSON.stringify(studyInPython(config))) as object),
        backbone: 'openai/other@fb0662700000000000000000000000000000beef',
        arms: [{ ...lora, learningRate: 0.5, rateByActivity: true }, ...others],
        seeds: [7, 0, 5],
        training: { ...config.training, steps: 2 },
        prompts: { templates: ['no picture of {}'], perClass: {} },
      },
      Object.fromEntries(task.classes.map((name) => [name, [`no picture of ${name}`]])),
    ]);
  });

  it.skipIf(!hasPython)('fills prompts as the page does', () => {
    const prompts = { templates: ['a {}', 'the {} of {}'], perClass: { apple: 'one {}!', '{}': 'plain' } };
    const study = { ...config, prompts };
    const classes = ['{}', ...task.classes, 'US$$'];
    const told = pythonLaw(pythonScript(study, { name: 'x', classes }), 'print(json.dumps(list(PROMPTS.values())))');
    expect(told).toEqual(promptsOf(study, { classes, prompts: [] }));
  });

  /** What of the script says which runs are there. */
  const keeping = (script: string): string => /RUN = "run[\s\S]*?(?=\n\n\ndef tested_on)/.exec(script)?.[0] ?? '';

  it.skipIf(!hasPython)('keeps a run that is there only where its settings are those of the study', () => {
    const script = pythonScript(config, task);
    const out = mkdtempSync(path.join(folder, 'kept-'));
    const told = pythonLaw(
      script,
      `${keeping(script)}
out, weights = Path(${pythonLiteral(out)}), [{"file": "model.safetensors", "sha256": "00"}]
weights_digests = lambda: weights
def asked(change=lambda: None, arm=ARMS[0], seed=0, images='some'):
    before = json.dumps([ARMS, TRAINING])
    change()
    try:
        found = is_done(out, arm, seed, images)
    except SystemExit as refusal:
        found = str(refusal)
    for kept, value in zip((ARMS, TRAINING), json.loads(before)):
        kept.clear() if isinstance(kept, dict) else None
        kept.update(value) if isinstance(kept, dict) else [now.update(then) for now, then in zip(kept, value)]
    return found
found = [asked()]
folder = folder_of(out, ARMS[0], 0)
folder.mkdir()
(folder / RUN).write_text("{}")
(folder / ORIGIN).write_text(json.dumps(settings_of(ARMS[0], 0, 'some')))
found.append(asked())
found.append(asked(images=None))
found.append(asked(images='others'))
found.append(asked(lambda: ARMS[0].update(name="Other", rank=ARMS[0]["rank"])))
found.append(asked(lambda: TRAINING.update(validateEvery=1)))
found.append(asked(lambda: (ARMS[0].update(learningRate=0.5), TRAINING.update(steps=2))))
weights = [{"file": "model.safetensors", "sha256": "01"}]
found.append(asked())
(folder / ORIGIN).write_text(json.dumps({"arm": ARMS[0], "seed": 0, "training": {"steps": 40}}))
found.append(asked())
print(json.dumps(found))`,
    ) as unknown[];
    expect(told).toEqual([
      false,
      true,
      true,
      expect.stringMatching(/lora-0 was trained with other settings \(the images in train\/\)\. Remove it, or/),
      true,
      true,
      expect.stringMatching(/lora-0 was trained with other settings \(learningRate, steps\)\. Remove it, or/),
      expect.stringMatching(/lora-0 was trained with other settings \(the weights of the backbone\)\. Remove it, or/),
      true,
    ]);
  });

  it.skipIf(!hasPython)(
    'takes no run for whole of which a file is half there, and no text that was edited for half',
    () => {
      const script = pythonScript(config, task);
      const out = mkdtempSync(path.join(folder, 'halves-'));
      const told = pythonLaw(
        script,
        `${keeping(script)}
folder = Path(${pythonLiteral(out)}) / "lora-0"
def write(**more):
    with whole_files(folder) as part:
        (part / "adapter_model.safetensors").write_bytes(bytes(80))
        (part / "README.md").write_text("A card.")
        (part / RUN).write_text(json.dumps({"arm": "lora", "weights": sizes_of(weights_in(part)), **more}))
def cut(name, size):
    with open(folder / name, "rb+") as file:
        file.truncate(size)
    return run_in(folder)
found = [run_in(folder)]
write()
found.append(run_in(folder))
(folder / "README.md").write_text("A card of my own.")
found += [run_in(folder), cut("adapter_model.safetensors", 40)]
write()
found += [run_in(folder), cut(RUN, 20)]
write()
(folder / "adapter_model.safetensors").unlink()
found.append(run_in(folder))
write(weights={})
found.append(run_in(folder))  # of a script that told no sizes
print(json.dumps([found, sorted(path.name for path in folder.iterdir())]))`,
      );
      const run = { arm: 'lora' };
      const files = ['README.md', 'adapter_model.safetensors', 'run.json'];
      expect(told).toEqual([[null, run, run, null, run, null, null, run], files]);
    },
  );

  it.skipIf(!hasPython)('leaves what is there as it is when a write fails, and gives the run its place last', () => {
    const script = pythonScript(config, task);
    const out = mkdtempSync(path.join(folder, 'failing-'));
    const told = pythonLaw(
      script,
      `${keeping(script)}
out = Path(${pythonLiteral(out)})
file = out / "result.json"
write_whole(file, "{}")
def full(*given):
    raise OSError(28, "No space left on device")
kept, os.fsync = os.fsync, full
try:
    write_whole(file, "half")
except OSError as error:
    told = [error.errno, file.read_text(), sorted(path.name for path in out.iterdir())]
os.fsync = kept
places, replace = [], Path.replace
Path.replace = lambda path, target: (places.append(path.name), replace(path, target))
with whole_files(out) as part:
    for name in (RUN, ORIGIN, "z.bin"):
        (part / name).write_text("{}")
print(json.dumps([told, places[-1]]))`,
    );
    expect(told).toEqual([[28, '{}', ['result.json']], 'run.json']);
  });

  it.skipIf(!hasPython)('tells images by their places in the folder and their sizes, wherever it lies', () => {
    const [first, second] = ['a', 'b'].map((name) => mkdtempSync(path.join(folder, `digest-${name}-`)));
    for (const data of [first, second]) {
      mkdirSync(path.join(data, 'cat'));
      writeFileSync(path.join(data, 'cat', '1.png'), 'one');
      writeFileSync(path.join(data, 'cat', 'notes.txt'), data);
    }
    const digests = () =>
      pythonLaw(
        pythonScript(config, task),
        `print(json.dumps([digest_of(Path(folder)) for folder in (${pythonLiteral(first)}, ${pythonLiteral(second)}, "nowhere")]))`,
      ) as (string | null)[];
    const [one, other, none] = digests();
    expect([one, none]).toEqual([other, null]);
    writeFileSync(path.join(second, 'cat', '1.png'), 'longer');
    expect(digests()).toEqual([one, expect.not.stringMatching(one!), null]);
  });

  it.skipIf(!hasPython)('says what the page would leave out of the images: some of many, and exact copies', () => {
    const data = mkdtempSync(path.join(folder, 'images-'));
    for (const [i, file] of [
      'train/a/1.png',
      'train/b/2.png',
      'test/a/3.png',
      'test/a/4.png',
      'other/5.png',
    ].entries()) {
      mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
      writeFileSync(path.join(data, file), i % 2 === 0 ? 'same' : `own${i}`);
    }
    const told = (side: number, more = '') =>
      pythonLaw(
        pythonScript(config, task),
        `${more}\nprint(json.dumps(unlike_the_page(Path(${pythonLiteral(data)}), ${side})))`,
      ) as string[];
    expect(told(32)).toEqual([expect.stringMatching(/^1 of the images are exact copies of others/)]);
    expect(told(32, 'MOST_IMAGES = 2')[0]).toMatch(/^There are 4 images\. The page would draw 2 of them;/);
    const side = 9000;
    expect(told(side)[0]).toContain(`draw ${imageLimit(side)} of them`);
    // Of a bundled task the page takes every image, copies too.
    for (const [i, file] of ['train/a/1.png', 'train/b/2.png', 'test/a/3.png', 'test/a/4.png'].entries())
      renameSync(path.join(data, file), path.join(data, path.dirname(file), `0000${i}-of-00002-motif-${i}.png`));
    expect(told(32, 'MOST_IMAGES = 2')).toEqual([]);
  });

  it('is not offered for a backbone of timm, by its family or by the name of its repository', () => {
    const of = (backbone: string, family: string | null) => whyNoPython({ backbone }, family);
    expect(of('timm/vit_tiny_patch16_224.augreg_in21k@fb06', null)).toMatch(/^Python cannot train timm\/vit_tiny/);
    expect(of('me/copy@fb06', 'timm ViT')).toContain('q, k and v in one map');
    expect(of('me/copy@fb06', null)).toBeNull();
    expect(of('timm/in-the-form-of-transformers@fb06', 'ViT')).toBeNull();
    expect(of('emoji-clip-2', 'CLIP')).toBeNull();
    // Of others that are of timm, the script itself says so, before it trains.
    expect(pythonScript(config, task)).toContain('config.model_type == "timm_wrapper"');
  });

  it('is not offered for settings of a later version, which it would train without some of them', () => {
    expect(whyNoPython({ backbone: 'emoji-clip-2', incomplete: true }, 'CLIP')).toMatch(/newer version/i);
  });

  it('has no class names to offer before a task was loaded, and says where they go', () => {
    expect(pythonScript(preset, null)).toContain('"first class"');
  });
});

describe('a Python literal', () => {
  it('turns the direction of no code behind it', () => {
    expect(pythonLiteral('a\u202Eb\u2066c\u2069')).toBe(String.raw`"a\u202eb\u2066c\u2069"`);
  });

  it('is broken into lines when it is long', () => {
    expect(pythonLiteral({ a: [1, true, null], b: 'x' })).toBe('{"a": [1, True, None], "b": "x"}');
    const long = pythonLiteral({ text: 'x'.repeat(90), list: [1e-7, false] });
    expect(long).toBe(`{\n    "text": "${'x'.repeat(90)}",\n    "list": [1e-7, False],\n}`);
  });
});
