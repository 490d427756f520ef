/** Where the worker gets what a study is computed from: backbones, tasks and artwork, of the page's server or kept on this device. */
import { loadBundledTask, outlineTask } from '../data/bundled/bundled.ts';
import { taskFromDropped, type DroppedDataset } from '../data/dataset/dropped.ts';
import type { Task } from '../data/task.ts';
import { memoryBytes } from '../model/byte-source.ts';
import { loadStoredModel, openStoredModel } from '../model/hub/load-stored.ts';
import { splitModelId } from '../model/hub/model-id.ts';
import { opfsStorage } from '../model/hub/opfs-storage.ts';
import { loadBackbone, type LoadedBackbone } from '../model/load-backbone.ts';
import type { FileOpener } from '../model/open-weights.ts';
import { PREPROCESSOR_FILE } from '../model/preprocessing.ts';
import { WEIGHTS_FILE } from '../model/weight-files.ts';
import { neededPageFile, pageFile } from '../platform/page-file.ts';
import type { StudyConfig } from '../study/config/config.ts';

interface Inputs {
  readonly model: LoadedBackbone;
  readonly task: Task;
}

/**
 * The files of every bundled backbone. No others are asked for: that one is missing cannot be told offline, nor where a host answers with its start
 * page instead.
 */
const BUNDLED_FILES = ['config.json', PREPROCESSOR_FILE, 'tokenizer.json', 'tokenizer_config.json', WEIGHTS_FILE];

/** Keeps what was loaded last for a task and a backbone: a study is estimated, often for every turn of a setting, before it runs. */
function keepingLast(load: (config: StudyConfig) => Promise<Inputs>): (config: StudyConfig) => Promise<Inputs> {
  let last: { readonly key: string; readonly inputs: Promise<Inputs> } | null = null;
  return (config) => {
    const { backbone, task, shots, imageSize } = config;
    const key = JSON.stringify([backbone, task, shots, imageSize]);
    if (last?.key === key) return last.inputs;
    const inputs = load(config);
    last = { key, inputs };
    inputs.catch(() => (last = null)); // The next request tries again.
    return inputs;
  };
}

/**
 * @param base the page's folder
 * @param notify tells the reader what happened to a stored backbone
 */
export function createInputs(base: URL, notify: (message: string) => void) {
  const fetchAtlas = (file: string): Promise<ArrayBuffer> => neededPageFile(`atlas/${file}`, base);

  const bundledFile = (config: Pick<StudyConfig, 'backbone'>, file: string): Promise<ArrayBuffer | null> =>
    BUNDLED_FILES.includes(file) ? pageFile(`backbones/${config.backbone}/${file}`, base) : Promise.resolve(null);

  /** A bundled backbone, or one that was downloaded to this device before. */
  const loadModel = (config: Pick<StudyConfig, 'backbone' | 'imageSize'>): Promise<LoadedBackbone> =>
    splitModelId(config.backbone) === null
      ? loadBackbone((file) => bundledFile(config, file), { imageSize: config.imageSize })
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
      dataset ? taskFromDropped(dataset, config.shots, 0) : loadBundledTask(config.task, config.shots, 0, fetchAtlas),
    ]);
    return { model, task };
  }

  const bundledInputs = keepingLast((config) => loadInputs(config, null));

  /** Backbone and task without pixels, which is all that counting needs. */
  const outlineOf = keepingLast(async (config) => {
    const [model, task] = await Promise.all([loadModel(config), outlineTask(config.task, config.shots, 0, fetchAtlas)]);
    return { model, task };
  });

  /** Files on this device may be other ones than a moment ago; what is bundled stays. */
  const inputsOf = (config: StudyConfig, dataset: DroppedDataset | null): Promise<Inputs> =>
    dataset || splitModelId(config.backbone) !== null ? loadInputs(config, dataset) : bundledInputs(config);

  /** Another task of the same backbone, with as many images a class. */
  const taskOf = ({ shots }: StudyConfig, id: string): Promise<Task> => loadBundledTask(id, shots, 0, fetchAtlas);

  return { loadModel, openModelFile, fetchAtlas, inputsOf, bundledInputs, outlineOf, taskOf };
}

export type InputSource = ReturnType<typeof createInputs>;
