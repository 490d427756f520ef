/** Everything of a study in Python, by file name: the script, the notebook, the method for other models, and what starts many runs. */
import { strToU8 } from 'fflate';
import { filled } from '../../core/filled.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { oneLine } from '../../core/one-line.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { zipFolder } from '../adapter/folder.ts';
import { flowerFiles } from './flower-files.ts';
import { pythonLiteral } from './literal.ts';
import { pythonNotebook } from './notebook.ts';
import { copraPeft } from './peft-file.ts';
import ray from './ray_tune.py?raw';
import { backboneNote, pythonScript, type ScriptTask } from './script.ts';
import { IMAGES_FOLDER } from './image-files.ts';
import slurm from './slurm.sh?raw';

export const SCRIPT_FILE = 'train_copra.py';
export const NOTEBOOK_FILE = 'train_copra.ipynb';

const README = `A study of CopRA Playground in Python.

train_copra.py     the study: trains every run, tests and analyses them; its head says how
train_copra.ipynb  the same as a notebook for Colab and Kaggle
slurm.sh           the same as an array of SLURM jobs, one run each
ray_tune.py        the same as a sweep of Ray Tune
copra_peft.py      the method for any other PEFT model, language and diffusion included
@@FLOWER@@@@IMAGES@@
Whatever trained it, "python train_copra.py --data FOLDER --out adapters --analyse" writes adapters/result.json. Drop it on the page.

@@BACKBONE@@
`;

const IMAGES = `${IMAGES_FOLDER}             the images of the task, in the zip: what --data is to be\n`;
const FLOWER = 'flower             its federated training as an app of Flower; README.md there says how\n';

/** In English, whatever the page speaks. @param task as for pythonScript */
export const pythonFiles = (config: StudyConfig, task: ScriptTask | null): Record<string, string> =>
  inEnglish(() => filesOf(config, task));

function filesOf(config: StudyConfig, task: ScriptTask | null): Record<string, string> {
  const runs = config.arms.flatMap(({ id }) => config.seeds.map((seed) => [id, seed]));
  const flower = flowerFiles(config, task);
  const words: Record<string, string> = {
    IMAGES: bundledById(config.task) ? IMAGES : '',
    FLOWER: Object.keys(flower).length > 0 ? FLOWER : '',
    BACKBONE: oneLine(backboneNote(config, 'where you start it')),
  };
  return {
    [SCRIPT_FILE]: pythonScript(config, task),
    [NOTEBOOK_FILE]: pythonNotebook(config, task),
    'copra_peft.py': copraPeft(),
    'slurm.sh': filled(slurm, { LAST: String(runs.length - 1) }),
    'ray_tune.py': filled(ray, { RUNS: pythonLiteral(runs) }),
    'README.txt': filled(README, words),
    ...flower,
  };
}

/** The same in a zip with one folder. @param images files of the task's images; none where they are the reader's own */
export function pythonZip(
  config: StudyConfig,
  task: ScriptTask | null,
  images: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(pythonFiles(config, task)).map(([name, text]) => [name, strToU8(text)] as const);
  return zipFolder('copra-python', { ...Object.fromEntries(texts), ...images });
}
