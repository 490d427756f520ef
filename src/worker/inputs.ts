/** Where the worker gets what a study is computed from: backbones, tasks and artwork, of the page's server or kept on this device. */
import { loadBundledTask, outlineTask } from '../data/bundled/bundled.ts';
import { taskFromDropped, type DroppedDataset } from '../data/dataset/dropped.ts';
import type { Task } from '../data/task.ts';
import { memoryBytes } from '../platform/byte-source.ts';
import { loadStoredModel, openStoredModel } from '../model/hub/load-stored.ts';
import { splitModelId } from '../model/hub/model-id.ts';
import { opfsStorage } from '../model/hub/opfs-storage.ts';
import { loadBackbone, type LoadedBackbone } from '../model/load-backbone.ts';
import type { FileOpener } from '../model/open-weights.ts';
import { PREPROCESSOR_FILE } from '../model/preprocessing.ts';
import { WEIGHTS_FILE } from '../model/weight-files.ts';
import { neededPageFile } from '../platform/page-file.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { keepingLast, modelKey } from './keeping-last.ts';

interface Inputs {
  readonly model: LoadedBackbone;
  readonly task: Task;
}

/** The files of every bundled backbone. No others are asked for: that one is missing cannot be told offline. */
const BUNDLED_FILES = ['config.json', PREPROCESSOR_FILE, 'tokenizer.json', 'tokenizer_config.json', WEIGHTS_FILE];

/** What a study's settings say of what it is computed from. */
type Wanted = Pick<StudyConfig, 'backbone' | 'task' | 'shots' | 'draw' | 'imageSize'>;

const inputsKey = ({ backbone, task, shots, draw, imageSize }: Wanted) => [backbone, task, shots, draw, imageSize];

/**
 * @param base the page's folder
 * @param notify tells the reader what happened to a stored backbone
 */
export function createInputs(base: URL, notify: (message: string) => void) {
  const fetchAtlas = (file: string): Promise<ArrayBuffer> => neededPageFile(`atlas/${file}`, base);

  const bundledFile = (config: Pick<StudyConfig, 'backbone'>, file: string): Promise<ArrayBuffer | null> =>
    BUNDLED_FILES.includes(file) ? neededPageFile(`backbones/${config.backbone}/${file}`, base) : Promise.resolve(null);

  const bundledModel = keepingLast(modelKey, (config) =>
    loadBackbone((file) => bundledFile(config, file), { imageSize: config.imageSize }),
  );

  /** A bundled backbone, or one that was downloaded to this device before. */
  const loadModel = (config: Pick<StudyConfig, 'backbone' | 'imageSize'>): Promise<LoadedBackbone> =>
    splitModelId(config.backbone) === null
      ? bundledModel(config)
      : loadStoredModel(opfsStorage(), config.backbone, { imageSize: config.imageSize, onNotice: notify });

  /** Random access to a file of that backbone. */
  const openModelFile =
    (config: StudyConfig): FileOpener =>
    async (file) => {
      if (splitModelId(config.backbone) !== null)
        return (await openStoredModel(opfsStorage(), config.backbone)).open(file);
      const bytes = await bundledFile(config, file);
      return bytes && memoryBytes(bytes);
    };

  async function loadInputs(config: StudyConfig, dataset: DroppedDataset | null): Promise<Inputs> {
    const [model, task] = await Promise.all([
      loadModel(config),
      dataset ? taskFromDropped(dataset, config) : loadBundledTask(config.task, config, fetchAtlas),
    ]);
    return { model, task };
  }

  const bundledInputs = keepingLast(inputsKey, (config: StudyConfig) => loadInputs(config, null));

  /** Backbone and task without pixels, which is all that counting needs. Those of the page's study and of the one that it offers take turns. */
  const outlineOf = keepingLast(
    inputsKey,
    async (config: Wanted): Promise<Inputs> => {
      const [model, outline] = await Promise.all([loadModel(config), outlineTask(config.task, config, fetchAtlas)]);
      return { model, task: outline };
    },
    2,
  );

  /** Files on this device may be other ones than a moment ago; what is bundled stays. */
  const inputsOf = (config: StudyConfig, dataset: DroppedDataset | null): Promise<Inputs> =>
    dataset || splitModelId(config.backbone) !== null ? loadInputs(config, dataset) : bundledInputs(config);

  /** Another task of the same backbone, with as many images a class. */
  const taskOf = (config: StudyConfig, id: string): Promise<Task> => loadBundledTask(id, config, fetchAtlas);

  return { loadModel, openModelFile, fetchAtlas, inputsOf, bundledInputs, outlineOf, taskOf };
}

export type InputSource = ReturnType<typeof createInputs>;
