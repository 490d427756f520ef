/** What the script says and refuses, and that it is Python. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { imageLimit } from '../../data/dataset/image-limit.ts';
import { analysedRuns } from '../../study/analyses/shapley/run.ts';
import { USUAL_MERGING } from '../../study/analyses/merging/settings.ts';
import { completeArm, type StudyConfig } from '../../study/config/config.ts';
import { promptsOf } from '../../study/config/prompts.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import type { TrainedRun } from '../../study/run/context.ts';
import { pythonLiteral } from './literal.ts';
import { pythonScript } from './script.ts';
import { studyInPython } from './study-in-python.ts';
import { config, preset, task } from './test-script.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'script-'));

function save(script: string, name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, script);
  return file;
}

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

afterAll(() => rmSync(folder, { recursive: true }));

if (!hasPython) sayUnchecked('the Python export');

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
});
