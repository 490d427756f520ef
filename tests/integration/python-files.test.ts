/** Everything of a study in Python: complete, one study, and readable by Python, Jupyter and the shell. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { copraPeft } from '../../src/share/python/peft-file.ts';
import { readArrayBuffer } from '../../scripts/headless.ts';
import { publicFile } from '../../scripts/project-file.ts';
import { pythonFiles, pythonZip } from '../../src/share/python/python-files.ts';
import { bundledFiles } from '../../src/share/python/bundled-files.ts';
import { isImage, isLitter } from '../../src/data/files/paths.ts';
import { cleanName } from '../../src/data/dataset/clean-name.ts';
import { pythonLiteral } from '../../src/share/python/literal.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import { readableNames } from '../../src/data/files/readable-names.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { hasModules, hasPython, python, pythonLaw, sayUnchecked } from '../support/python.ts';

const hasNbformat = hasModules('nbformat');
if (!hasPython) sayUnchecked('the Python files of a study');
if (!hasNbformat) sayUnchecked('the notebook by the schema of notebooks (nbformat)');

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

const [{ config }] = PRESETS;
const task = { name: 'Nasty """ \\ # %%', classes: ["l'ananas", 'two words', 'ヤシ'] };
const files = pythonFiles(config, task);
const { cells } = JSON.parse(files['train_copra.ipynb']) as Notebook;
const codes = cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source.join(''));
/** What a magic line stands before, as Python. */
const withoutMagic = (code: string): string => code.replace(/^%%writefile .*\n/, '');

const folder = mkdtempSync(path.join(tmpdir(), 'python-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMPILES =
  'import json, sys\nfor i, code in enumerate(json.load(open(sys.argv[1]))): compile(code, f"part {i}", "exec")';

describe('the Python files of a study', () => {
  it('are one script, told three times, and the method for other models', () => {
    const script = pythonScript(config, task);
    expect(files['train_copra.py']).toBe(script);
    expect(codes.map(withoutMagic)).toContain(script.trim());
    expect(files['copra_peft.py']).toBe(copraPeft());
    expect(Object.values(files).join('')).not.toMatch(/@@/);
    const zipped = unzipSync(pythonZip(config, task, {}));
    expect(Object.keys(zipped)).toEqual(Object.keys(files).map((name) => `copra-python/${name}`));
    expect(new TextDecoder().decode(zipped['copra-python/slurm.sh'])).toBe(files['slurm.sh']);
  });

  it('are, with what came with the page, all that a machine needs: the zip holds the images and the backbone that its commands name', async () => {
    const study = { ...config, task: 'animals', shots: 1, backbone: 'emoji-clip-2' };
    const read = (file: string) => readArrayBuffer(publicFile(file));
    const zipped = unzipSync(pythonZip(study, task, await bundledFiles(study, read)));
    const model = 'copra-python/emoji-clip-2/model.safetensors';
    expect(zipped[model]).toEqual(new Uint8Array(await read('backbones/emoji-clip-2/model.safetensors')));
    const readme = new TextDecoder().decode(zipped['copra-python/README.txt']);
    const listed = [...readme.matchAll(/^([\w.-]+) {2,}/gm)].map(([, name]) => name);
    const held = Object.keys(zipped).map((name) => name.split('/')[1]);
    expect(listed.toSorted()).toEqual([...new Set(held)].filter((name) => name !== 'README.txt').toSorted());
    expect(readme).toContain('python train_copra.py --data images --out adapters\n');
    expect(readme).toContain('Whatever interrupts it, start the same command again');
    expect(readme).not.toMatch(/FOLDER|Put its folder|@@/);
    const own = pythonFiles({ ...config, task: 'dropped', backbone: 'local/mine@abc' }, task)['README.txt'];
    expect(own).toMatch(
      /--data FOLDER[^]*FOLDER holds your images[^]*Put its folder where you start it as local\/mine/,
    );
    expect(Object.keys(await bundledFiles({ ...study, task: 'dropped', backbone: 'local/mine@abc' }, read))).toEqual(
      [],
    );
  });

  it('are text and code in turns in the notebook, which trains before it analyses', () => {
    const kinds = cells.map(({ cell_type }) => cell_type);
    expect(kinds[0]).toBe('markdown');
    expect(kinds.filter((kind) => kind === 'code')).toHaveLength(8);
    expect(cells[0].source[0]).toBe(String.raw`# Nasty """ \\ \# %%` + '\n');
    const at = (text: string) => codes.findIndex((code) => !code.startsWith('%%') && code.includes(text));
    expect(at('pip')).toBeLessThan(at('SOURCE'));
    expect(at('accelerate.commands.launch')).toBeLessThan(at('--analyse'));
    expect(at('--analyse')).toBeLessThan(at('result.json'));
  });

  it('say which packages are needed, in the zip, the app of Flower, the script and the notebook', () => {
    const analyses = { ...config.analyses, federated: { ...USUAL_FEDERATED, enabled: true } };
    const { 'requirements.txt': told, 'flower/pyproject.toml': app } = pythonFiles({ ...config, analyses }, task);
    const wanted = told.split('\n').filter((line) => /^\w/.test(line));
    expect(wanted.join(' ')).toMatch(/^torch>=[\d.]+ .*pillow>=\d+$/);
    expect(wanted.filter((line) => !app.includes(`"${line}"`))).toEqual([]);
    const names = wanted.map((line) => line.split('>=')[0]);
    const [, ofScript = ''] = /^PACKAGES = \{(.*)\}$/m.exec(files['train_copra.py']) ?? [];
    expect([...ofScript.matchAll(/: "([^"]+)"/g)].map(([, name]) => name)).toEqual(names);
    expect(files['train_copra.py']).toContain(`pip install ${names.join(' ')}\n`);
    const [, ofNotebook = ''] = /^install\((.*)\)$/m.exec(codes[0]) ?? [];
    expect(names.filter((name) => !ofNotebook.includes(`"${name}"`))).toEqual([]);
  });

  it.skipIf(!hasPython)('say what a machine without the packages is to install, before anything else', () => {
    const file = path.join(folder, 'train_copra.py');
    writeFileSync(file, files['train_copra.py']);
    // Without the packages of the machine.
    const { status, stderr } = spawnSync('python3', ['-S', file, '--help'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^This Python lacks torch, .*pillow\. Install what is missing:\n\n {4}.* -m pip install torch .*pillow\n$/,
    );
  });

  it.skipIf(!hasPython)('say in words that they were stopped', () => {
    const stopped = `${files['train_copra.py'].split('# ---- The study ---')[0]}\nraise KeyboardInterrupt`;
    const told = (...options: string[]) =>
      spawnSync('python3', ['-c', stopped, ...options], { encoding: 'utf8' }).stderr.trim();
    expect(told()).toBe('Stopped. Runs that are complete are kept; the same command trains the others.');
    expect(told('--analyse')).toBe('Stopped. Arms that are analysed are kept; the same command analyses the others.');
  });

  it('say where the backbone is, where no hub has it', () => {
    const where = 'public/backbones/emoji-clip-2 in';
    const notes = cells.filter(({ cell_type }) => cell_type === 'markdown').map(({ source }) => source.join(''));
    for (const text of [files['train_copra.py'], notes.join('\n')]) expect(text).toContain(where);
    const onHub = pythonFiles({ ...config, backbone: 'openai/clip-vit-base-patch32@fb06' }, task);
    expect(Object.values(onHub).join('')).not.toMatch(/public\/backbones|No hub has|@@/);
  });

  it.skipIf(!hasPython)('print every line when it is told, into the pipe of a notebook or a job too', () => {
    const [main = ''] = /def main\(\)[\s\S]*?(?=\n\n\n)/.exec(files['train_copra.py']) ?? [];
    const program = `import argparse, os, sys
from pathlib import Path
__doc__ = "Trains."
refuse_unknown = check_model = lambda *given: None
STUDY, planned = {}, lambda: [1]
def train_all(*given):
    print("step 1")
    os._exit(0)  # which writes nothing that is kept back
${main}
sys.argv = ["train_copra.py", "--data", "images"]
main()`;
    expect(python(program)).toBe('step 1\n');
  });

  it.skipIf(!hasPython)(
    'say every ten seconds how far a long analysis is and how long the rest takes, and nothing of a short one',
    () => {
      const followed = /^def followed[\s\S]*?(?=\n\n\n)/m.exec(files['train_copra.py'])?.[0] ?? '';
      const program = `import math, types
clock = iter(range(0, 1000, 4))
time = types.SimpleNamespace(monotonic=lambda: next(clock))
${followed}
print(list(followed("abcdefg", "CopRA: masks of seed 0")))`;
      expect(python(program).trim().split('\n')).toEqual([
        'CopRA: masks of seed 0: 2 of 7, about 30 s left',
        'CopRA: masks of seed 0: 5 of 7, about 10 s left',
        "['a', 'b', 'c', 'd', 'e', 'f', 'g']",
      ]);
    },
  );

  it.skipIf(!hasPython)('print names of arms in letters that the code page of a pipe lacks', () => {
    const [main = ''] = /def main\(\)[\s\S]*?(?=\n\n\n)/.exec(files['train_copra.py']) ?? [];
    const file = path.join(folder, 'prints.py');
    const program = `import argparse, sys
from pathlib import Path
__doc__ = "Trains."
refuse_unknown = check_model = lambda *given: None
STUDY, planned = {}, lambda: [1]
def train_all(*given):
    print("p₀ 0.3, ρ 0.1: done")
    print("p₀", file=sys.stderr)
${main}
sys.argv = ["train_copra.py", "--data", "images"]
main()`;
    writeFileSync(file, program);
    const windows = { ...process.env, PYTHONIOENCODING: 'cp1252' };
    const alone = spawnSync('python3', [file], { encoding: 'utf8', env: windows });
    expect([alone.stdout, alone.status]).toEqual(['p? 0.3, ? 0.1: done\n', 0]);
    const [piped = ''] = /def run\([\s\S]*?(?=\n\n\n)/.exec(codes[0]) ?? [];
    const cell = `import os, subprocess, sys\n${piped}\nrun(sys.executable, sys.argv[1])`;
    const shown = spawnSync('python3', ['-c', cell, file], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONIOENCODING: 'utf8', PYTHONUTF8: '0', LC_ALL: 'C' },
    });
    expect([shown.stdout.split('\n').toSorted(), shown.status]).toEqual([['', 'p₀', 'p₀ 0.3, ρ 0.1: done'], 0]);
  });

  it.skipIf(!hasPython)('compile, every cell by itself', () => {
    const parts = [...codes.map(withoutMagic), files['train_copra.py'], files['copra_peft.py'], files['ray_tune.py']];
    const file = path.join(folder, 'parts.json');
    writeFileSync(file, JSON.stringify(parts));
    expect(python(COMPILES, file)).toBe('');
  });

  it.skipIf(!hasNbformat)('are a notebook by the schema of notebooks', () => {
    const file = path.join(folder, 'train_copra.ipynb');
    writeFileSync(file, files['train_copra.ipynb']);
    const program =
      'import nbformat, sys\nnbformat.validate(nbformat.read(sys.argv[1], as_version=4), relax_add_props=False)\nprint("valid")';
    expect(python(program, file).trim()).toBe('valid');
    writeFileSync(file, files['train_copra.ipynb'].replace('"outputs": []', '"output": []'));
    expect(() => python(program, file)).toThrow(/'output' was unexpected/);
  });

  it.skipIf(!hasPython)('count runs alike: one job, one trial and one number of --run for each', () => {
    const planned = config.arms.flatMap(({ id }) => config.seeds.map((seed) => [id, seed]));
    const { 'train_copra.py': script } = files;
    const rule = /def planned\(\):[\s\S]*?(?=\n\n\n)/.exec(script)?.[0] ?? '';
    expect(pythonLaw(script, `${rule}\nprint(json.dumps([[arm["id"], seed] for arm, seed in planned()]))`)).toEqual(
      planned,
    );
    const list = /^RUNS = [\s\S]*?(?=  # arm and seed)/m.exec(files['ray_tune.py'])?.[0] ?? '';
    expect(JSON.parse(python(`import json\n${list}\nprint(json.dumps(RUNS))`))).toEqual(planned);
    expect(files['slurm.sh']).toContain(`#SBATCH --array=0-${planned.length - 1}\n`);
  });

  it.skipIf(!hasPython)('train in the folder in which the sweep was started, where the backbone may lie', () => {
    const lab = path.join(folder, 'lab');
    const away = path.join(folder, 'trial');
    for (const each of [lab, away]) mkdirSync(each);
    writeFileSync(path.join(lab, 'ray_tune.py'), files['ray_tune.py']);
    // What stands for the script says where it is and writes what the sweep reads of a run.
    const script = `
import json, os, sys
from pathlib import Path
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
print(os.getcwd(), "--analyse" in sys.argv)
if "--run" in given:
    arm, seed = json.loads(${pythonLiteral(JSON.stringify(config.arms.flatMap(({ id }) => config.seeds.map((seed) => [id, seed]))))})[int(given["--run"])]
    there = Path(given["--out"], f"{arm}-{seed}")
    there.mkdir(parents=True)
    (there / "run.json").write_text(json.dumps({"losses": [1]}))`;
    writeFileSync(path.join(lab, 'train_copra.py'), script);
    const sweep = `
import os, runpy, sys, types

class Tuner:
    def __init__(self, trial, param_space):
        self.trial, self.space = trial, param_space

    def fit(self):
        before = os.getcwd()
        os.chdir(away)
        for run in self.space["run"]:
            self.trial({**self.space, "run": run})
        os.chdir(before)
        return types.SimpleNamespace(errors=[])

tune = types.SimpleNamespace(Tuner=Tuner, grid_search=lambda values: values, with_resources=lambda trial, resources: trial)
sys.modules["ray"] = types.SimpleNamespace(tune=tune)
away = sys.argv[1]
os.chdir(sys.argv[2])
sys.argv = ["ray_tune.py", "--data", "images"]
runpy.run_path("ray_tune.py", run_name="__main__")`;
    const places = python(sweep, away, lab).trim().split('\n');
    const runs = config.arms.length * config.seeds.length;
    expect(places).toEqual([...Array<string>(runs).fill(`${lab} False`), `${lab} True`]);
  });

  it.skipIf(!hasPython)('write the events of a run once, however often they are asked for', () => {
    const [writer = ''] = /def write_events\([\s\S]*?(?=\n\n\n)/.exec(files['train_copra.py']) ?? [];
    const program = `
import sys, types
from pathlib import Path

class SummaryWriter:
    made = 0

    def __init__(self, folder):
        SummaryWriter.made += 1
        Path(folder).mkdir(exist_ok=True)
        self.file = open(Path(folder, f"events.out.tfevents.{SummaryWriter.made}"), "w")

    def add_scalar(self, name, value, step):
        print(name, value, step, file=self.file)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

sys.modules["torch.utils.tensorboard"] = types.SimpleNamespace(SummaryWriter=SummaryWriter)
folder_of = lambda out, arm, seed: out / f"{arm}-{seed}"
planned = lambda: [("lora", 0)]
run_in = lambda folder: {"lossSteps": [1, 2], "losses": [0.5, 0.25]}
${writer}
out = Path(sys.argv[1])
(out / "lora-0" / "events").mkdir(parents=True)
(out / "lora-0" / "events" / "notes.txt").write_text("mine")
for _ in range(2): write_events(out)
print({file.name: file.read_text() for file in (out / "lora-0" / "events").iterdir()} == {"notes.txt": "mine", "events.out.tfevents.2": "loss 0.5 1\\nloss 0.25 2\\n"})`;
    expect(python(program, path.join(folder, 'events'))).toBe('True\n');
  });

  it.skipIf(!hasPython)('know a class by its folder, as the page reads folders', () => {
    const folders = [
      'sea_green',
      'T-shirt',
      '__grün__ & blau',
      'a=b',
      ' it\'s  "red" ',
      '-dash',
      '-',
      '-1',
      'ice_cream_(old)',
      '100%',
    ];
    const names = readableNames(folders.map(cleanName));
    const script = pythonScript(config, { name: 'folders', classes: [...names, 'other name'] });
    const told = pythonLaw(
      script,
      `print(json.dumps([class_of(folder) for folder in json.loads(${pythonLiteral(JSON.stringify([...folders, 'sea_blue', 'other name']))})]))`,
    );
    expect(told).toEqual([...names, null, 'other name']);
  });

  it.skipIf(!hasPython)('know a class with a slash by the folder that the notebook gives it', () => {
    const names = ['T - shirt / top', 'part/class', 'a b', 'a/b'];
    const script = pythonScript(config, { name: 'slashes', classes: names });
    const named = /def folder_name[\s\S]*?(?=\n\n\n)/.exec(
      codes.find((code) => code.includes('folder_name')) ?? '',
    )?.[0];
    const told = pythonLaw(
      script,
      `${named}\nprint(json.dumps([[folder_name(name), class_of(folder_name(name))] for name in PROMPTS]))`,
    );
    expect(told).toEqual([
      ['T - shirt _ top', 'T - shirt / top'],
      ['part_class', 'part/class'],
      ['a b', 'a b'],
      // Of either class: nothing is guessed.
      ['a_b', null],
    ]);
  });

  it.skipIf(!hasPython)('refuse classes that would share a folder in the notebook', () => {
    const code = codes.find((code) => code.includes('check_folders')) ?? '';
    const [named] = /def folder_name[\s\S]*?(?=\n\n\ndef folder_of)/.exec(code) ?? [];
    expect(python(`${named}\ncheck_folders(["a/b", "a b", "c/d"])\nprint("fine")`).trim()).toBe('fine');
    expect(() => python(`${named}\ncheck_folders(["a/b", "c", "a_b"])`)).toThrow(
      "The classes 'a/b' and 'a_b' would share the folder 'a_b'.",
    );
  });

  it.skipIf(!hasPython)('find the images that the page finds in a folder', () => {
    const data = path.join(folder, 'found');
    const files = [...['1.JPG', '2.jfif', '3.gif', '4.svg', 'deep/5.avif', '6.tif', '.7.png', '8.txt'], 'Thumbs.db'];
    const paths = [...files.map((file) => `cats/${file}`), '.cache/1.png', '__MACOSX/1.png', 'loose.png', 'notes/1.md'];
    for (const file of paths) {
      mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
      writeFileSync(path.join(data, file), '');
    }
    const listing = `print(json.dumps([path.relative_to(${pythonLiteral(data)}).as_posix() for paths in pictures_in(${pythonLiteral(data)}).values() for path in paths]))`;
    const told = pythonLaw(pythonScript(config, task), listing) as string[];
    const ours = paths.filter((file) => isImage(file) && !isLitter(file.split('/')) && file.includes('/'));
    expect(told.toSorted()).toEqual(ours.toSorted());
  });

  it.skipIf(!hasPython || path.sep === '\\')(
    'part paths of Windows as the page does, where an archive left them in names',
    () => {
      const data = path.join(folder, 'windows');
      mkdirSync(path.join(data, String.raw`dogs\small`), { recursive: true });
      for (const file of [String.raw`cats\1.png`, String.raw`dogs\small/2.png`, 'loose.png'])
        writeFileSync(path.join(data, file), '');
      const listing = `print(json.dumps({name: [parts_below(Path(${pythonLiteral(data)}), path) for path in paths] for name, paths in pictures_in(Path(${pythonLiteral(data)})).items()}))`;
      expect(pythonLaw(pythonScript(config, task), listing)).toEqual({
        cats: [['cats', '1.png']],
        dogs: [['dogs', 'small', '2.png']],
      });
    },
  );

  it('start a run of the array with a shell', () => {
    const job = path.join(folder, 'slurm.sh');
    writeFileSync(job, files['slurm.sh']);
    writeFileSync(path.join(folder, 'python'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const run = (env: Record<string, string>) =>
      spawnSync('bash', [job], {
        encoding: 'utf8',
        env: { PATH: `${folder}:${process.env.PATH ?? ''}`, SLURM_ARRAY_TASK_ID: '3', ...env },
      });
    expect(run({ DATA: '/my images' }).stdout).toBe('train_copra.py --data /my images --out adapters --run 3\n');
    expect(run({}).stderr).toContain('a folder with train/ and test/');
  });
});
