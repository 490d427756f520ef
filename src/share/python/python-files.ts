/** Everything of a study in Python, by file name: the script, the notebook, the method for other models, and what starts many runs. */
import { strToU8 } from 'fflate';
import { filled } from '../../core/filled.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { oneLine } from '../../core/one-line.ts';
import { BUNDLED_BACKBONES } from '../../model/bundled-backbones.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { zipFolder } from '../adapter/folder.ts';
import { flowerFiles } from './flower-files.ts';
import { pythonLiteral } from './literal.ts';
import { pythonNotebook } from './notebook.ts';
import { copraPeft } from './peft-file.ts';
import ray from './ray_tune.py?raw';
import { backboneNote, pythonScript, type ScriptTask } from './script.ts';
import type { BundledFiles } from './bundled-files.ts';
import { IMAGES_FOLDER } from './image-files.ts';
import requirements from './requirements.txt?raw';
import slurm from './slurm.sh?raw';

export const SCRIPT_FILE = 'train_copra.py';
export const NOTEBOOK_FILE = 'train_copra.ipynb';

const README = `A study of CopRA Playground in Python. In this folder,

    pip install -r requirements.txt
    python train_copra.py --data @@DATA@@ --out adapters
    python train_copra.py --data @@DATA@@ --out adapters --analyse

trains it and writes adapters/result.json. Drop that on the page. On several GPUs, accelerate launch in the place of the first python divides every batch.

Whatever interrupts it, start the same command again: it keeps the runs that are complete, and of the analyses the arms that are.

train_copra.py     the study: trains every run, tests and analyses them; its head says how
train_copra.ipynb  the same as a notebook for Colab and Kaggle
slurm.sh           the same as an array of SLURM jobs, one run each
ray_tune.py        the same as a sweep of Ray Tune
copra_peft.py      the method for any other PEFT model, language and diffusion included
requirements.txt   the packages that train_copra.py needs
@@FLOWER@@@@IMAGES@@@@FOLDER@@
The last line above reads whatever trained the runs.@@OWN@@
@@BACKBONE@@`;

/** How far the names of files reach in README. */
const COLUMN = 19;
const line = (name: string, what: string): string => `${name.padEnd(COLUMN)}${what}\n`;
const IMAGES = line(IMAGES_FOLDER, 'the images of the task');
const FLOWER = line('flower', 'its federated training as an app of Flower; README.md there says how');
const OWN = ' FOLDER holds your images: the head of train_copra.py says how.';

/** In English, whatever the page speaks. @param task as for pythonScript */
export const pythonFiles = (config: StudyConfig, task: ScriptTask | null): Record<string, string> =>
  inEnglish(() => filesOf(config, task));

function filesOf(config: StudyConfig, task: ScriptTask | null): Record<string, string> {
  const runs = config.arms.flatMap(({ id }) => config.seeds.map((seed) => [id, seed]));
  const flower = flowerFiles(config, task);
  const isBundled = bundledById(config.task) !== undefined;
  const hasBackbone = BUNDLED_BACKBONES.includes(config.backbone);
  const words: Record<string, string> = {
    DATA: isBundled ? IMAGES_FOLDER : 'FOLDER',
    IMAGES: isBundled ? IMAGES : '',
    OWN: isBundled ? '' : OWN,
    FOLDER: hasBackbone ? line(config.backbone, 'the backbone, which no hub has') : '',
    FLOWER: Object.keys(flower).length > 0 ? FLOWER : '',
    BACKBONE: hasBackbone ? '' : `\n${oneLine(backboneNote(config, 'where you start it'))}\n`,
  };
  return {
    [SCRIPT_FILE]: pythonScript(config, task),
    [NOTEBOOK_FILE]: pythonNotebook(config, task),
    'copra_peft.py': copraPeft(),
    'slurm.sh': filled(slurm, { LAST: String(runs.length - 1) }),
    'requirements.txt': requirements,
    'ray_tune.py': filled(ray, { RUNS: pythonLiteral(runs) }),
    'README.txt': filled(README, words),
    ...flower,
  };
}

/** The same in a zip with one folder. @param files of the study besides texts: bundledFiles */
export function pythonZip(config: StudyConfig, task: ScriptTask | null, files: BundledFiles): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(pythonFiles(config, task)).map(([name, text]) => [name, strToU8(text)] as const);
  return zipFolder('copra-python', { ...Object.fromEntries(texts), ...files });
}
