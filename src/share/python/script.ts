/** The study as one Python script with transformers, peft and accelerate, for many GPUs and larger models. */
import { filled } from '../../core/filled.ts';
import { IMAGE_ENDINGS, LITTER } from '../../data/files/paths.ts';
import { oneLine } from '../../core/one-line.ts';
import { APP_VERSION } from '../../core/version.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import { moduleNames } from '../../model/peft/names.ts';
import { MAX_IMAGES, MAX_PIXEL_BYTES } from '../../data/dataset/image-limit.ts';
import { completeArm, LEFT_OUT, PLACE, type StudyConfig } from '../../study/config/config.ts';
import { VALIDATION_IMAGES } from '../../study/run/training/validation.ts';
import { folderOfModel, hubModel } from '../adapter/base-model.ts';
import { SHARE_CHECKS } from '../words.ts';
import { pythonLiteral, type Literal } from './literal.ts';
import { gatesInPython } from './peft-file.ts';
import analysesText from './analyses.py?raw';
import { studyInPython } from './study-in-python.ts';
import template from './template.py?raw';

export interface ScriptTask {
  readonly name: string;
  /** Empty until a task is loaded. */
  readonly classes: readonly string[];
}

/** What stands for the names of classes while none are known. */
const NO_CLASSES = ['first class', 'second class'];

/** The prompts of a study that names none: those of its task. */
const USUAL_PROMPTS = { templates: [promptOf(PLACE)], perClass: {} };

/** Without settings that are not there. */
const jsonOf = (value: unknown): Literal => JSON.parse(JSON.stringify(value)) as Literal;

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

const OF_TIMM = /^timm[ /]/;

/**
 * Why there is no script that trains with these settings, for people; null where there is one. The script says so itself of a model of timm that
 * neither tells.
 * @param family ModelFacts.family; null where it is not known, and the name of the repository has to tell
 */
export function whyNoPython(
  { backbone, incomplete }: Pick<StudyConfig, 'backbone' | 'incomplete'>,
  family: string | null,
): string | null {
  if (incomplete) return SHARE_CHECKS.newerSettings;
  return OF_TIMM.test(family ?? backbone) ? SHARE_CHECKS.noPython(backbone) : null;
}

/** @param task names of the classes; null while none is known, which leaves them to be filled in by hand. */
export function pythonScript(config: StudyConfig, task: ScriptTask | null): string {
  const { baseModel, revision } = hubModel(config.backbone);
  const name = taskName(config, task);
  const classes = task === null || task.classes.length === 0 ? NO_CLASSES : task.classes;
  const { templates, perClass } = config.prompts ?? USUAL_PROMPTS;
  const { version, backbone, imageSize, task: id, shots, draw, analyses } = studyInPython(config);
  const values: Record<string, string> = {
    TITLE: docText(name),
    VERSION: APP_VERSION,
    MODEL: pythonLiteral(baseModel),
    REVISION: pythonLiteral(revision),
    FOLDER: pythonLiteral(folderOfModel(config.backbone)),
    ARMS: pythonLiteral(config.arms.map(completeArm)),
    SEEDS: pythonLiteral(config.seeds),
    TRAINING: pythonLiteral(config.training),
    CLASSES: pythonLiteral(classes),
    TEMPLATES: pythonLiteral(templates),
    OWN: pythonLiteral(perClass),
    USUAL: pythonLiteral(LEFT_OUT),
    PROMPTS: pythonLiteral(USUAL_PROMPTS),
    NAMES: pythonLiteral(moduleNames()),
    ENDINGS: pythonLiteral(IMAGE_ENDINGS.map((ending) => `.${ending}`)),
    LITTER: pythonLiteral(LITTER),
    LIMITS: `${MAX_IMAGES}, ${MAX_PIXEL_BYTES}`,
    VALIDATION: String(VALIDATION_IMAGES),
    GATES: gatesInPython(),
    NAME: pythonLiteral(name),
    STUDY: pythonLiteral(jsonOf({ version, backbone, imageSize, task: id, shots, draw, analyses })),
    ANALYSES: analysesText.trim(),
  };
  return filled(template, values);
}
