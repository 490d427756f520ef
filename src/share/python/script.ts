/** The study as one Python script with transformers, peft and accelerate, for many GPUs and larger models. */
import { filled } from '../../core/filled.ts';
import { IMAGE_ENDINGS, LITTER } from '../../data/files/paths.ts';
import { oneLine } from '../../core/one-line.ts';
import { APP_VERSION } from '../../core/version.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import { moduleNames } from '../../model/peft/names.ts';
import { completeArm, type StudyConfig } from '../../study/config/config.ts';
import { promptsOf } from '../../study/config/prompts.ts';
import { VALIDATION_IMAGES } from '../../study/run/validation.ts';
import { folderOfModel, hubModel } from '../adapter/base-model.ts';
import { pythonDictionary, pythonLiteral, type Literal } from './literal.ts';
import { gatesInPython } from './peft-file.ts';
import analysesText from './analyses.py?raw';
import { studyInPython } from './study-in-python.ts';
import template from './template.py?raw';

export interface ScriptTask {
  readonly name: string;
  /** Empty until a task is loaded. */
  readonly classes: readonly string[];
  /** One per class; absent: the task's usual prompts. */
  readonly prompts?: readonly string[];
}

/** A docstring must not end early, and must not contain anything that Python reads as an escape. */
const docText = (text: string): string => oneLine(text).replace(/[\\"]/g, "'");

/** What a study is called, in whatever characters. */
export const taskName = ({ task: id }: StudyConfig, task: ScriptTask | null): string => task?.name ?? id;

/** Where the backbone comes from. @param where where Python looks for its folder, if no hub has it */
export function backboneNote({ backbone }: StudyConfig, where: string): string {
  const { baseModel } = hubModel(backbone);
  const folder = folderOfModel(backbone);
  return folder === null
    ? `The backbone, ${baseModel}, comes from its hub.`
    : `No hub has the backbone. Put its folder ${where} as ${baseModel}, or say in MODEL of train_copra.py where it is: ${folder}.`;
}

/** Class → prompts, in the order of the classes, as Python writes it: an object here would begin with those that are numbers. */
function promptsByClass(config: StudyConfig, { classes, prompts }: ScriptTask): string {
  const names = classes.length > 0 ? [...classes] : ['first class', 'second class'];
  const lists = promptsOf(config, { classes: names, prompts: prompts ?? names.map(promptOf) });
  return pythonDictionary(names.map((name, i) => [name, lists[i]]));
}

/** @param task names of the classes; null while none is known, which leaves them to be filled in by hand. */
export function pythonScript(config: StudyConfig, task: ScriptTask | null): string {
  const { baseModel, revision } = hubModel(config.backbone);
  const name = taskName(config, task);
  const { steps, batchSize, learningRateSchedule, warmupSteps, augment } = config.training;
  const values: Record<string, string> = {
    TITLE: docText(name),
    VERSION: APP_VERSION,
    MODEL: pythonLiteral(baseModel),
    REVISION: pythonLiteral(revision),
    FOLDER: pythonLiteral(folderOfModel(config.backbone)),
    ARMS: pythonLiteral(config.arms.map(completeArm)),
    SEEDS: pythonLiteral(config.seeds),
    TRAINING: pythonLiteral({ steps, batchSize, learningRateSchedule, warmupSteps, augment }),
    PROMPTS: promptsByClass(config, task ?? { name, classes: [] }),
    NAMES: pythonLiteral(moduleNames()),
    ENDINGS: pythonLiteral(IMAGE_ENDINGS.map((ending) => `.${ending}`)),
    LITTER: pythonLiteral(LITTER),
    VALIDATION: String(VALIDATION_IMAGES),
    GATES: gatesInPython(),
    NAME: pythonLiteral(name),
    STUDY: pythonLiteral(JSON.parse(JSON.stringify(studyInPython(config))) as Literal),
    ANALYSES: analysesText.trim(),
  };
  return filled(template, values);
}
