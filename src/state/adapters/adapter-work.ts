/** What the commands of the adapters panel do: open, merge, export, publish, evaluate. */
import { APP_VERSION } from '../../core/version.ts';
import { without } from '../../core/without.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { Naming } from '../../model/peft/family-names.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import type { Publication, Published } from '../../share/hub/publish.ts';
import type { NotedPrecision } from '../../study/kernels/study-precision.ts';
import { evaluatedArm, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import { withoutPeople } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { withoutPictures } from '../../study/result/without-pictures.ts';
import type { GateScores, OwnBenchTask } from '../../study/run/gates-bench.ts';
import type { Asks } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { unusedName } from '../study/config-edit.ts';
import type { StudyController } from '../study/study-controller.ts';
import type { StudyImages } from '../study/images-diff.ts';
import { shownOf } from '../study/shown.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { ListedAdapter } from './adapter-list.ts';
import {
  adaptersOf,
  studyOnPage,
  withAdapters,
  type AdaptersStore,
  type Measured,
  type NewAdapter,
  type StoredAdapter,
} from './adapters-store.ts';
import type { MergeRequest } from './merged-adapter.ts';
import { testedOn } from './tested-on.ts';

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Where to publish an adapter, and with what. */
export interface PublishRequest extends Pick<Publication, 'hub' | 'token' | 'repo' | 'isPrivate'> {
  readonly naming: Naming;
  /** Whether the study on the page goes along as a file that opens it again, without any picture or name of a device. */
  readonly withStudy: boolean;
}

/** What takes time: all but forgetting an adapter, and showing the study's result again. */
export interface AdapterWork {
  /** @throws Error saying what cannot be read or does not fit the backbone. */
  open(files: Promise<readonly OpenedFile[]> | readonly OpenedFile[]): Promise<void>;
  /** @throws RangeError when the adapters do not fit together, or their weights add up to 0 */
  merge(adapters: readonly ListedAdapter[], request: MergeRequest): Promise<void>;
  /** The PEFT folder as a zip. */
  exportFolder(adapter: ListedAdapter, naming: Naming): Promise<SavedFile>;
  /**
   * Writes the PEFT folder, its card and the study to a hub.
   * @throws PublishError with what to do; the signal's reason when aborted
   */
  publish(
    adapter: ListedAdapter,
    request: PublishRequest,
    onProgress: (file: string, share: number) => void,
    signal: AbortSignal,
  ): Promise<Published>;
  /** The backbone with the adapter merged in: weights, and config.json if it changes. */
  exportModel(adapter: ListedAdapter): Promise<SavedFile[]>;
  /** Evaluates adapters on the configured task; the displayed result is shelved. */
  evaluate(adapters: readonly ListedAdapter[], dataset: DroppedDataset | null): Promise<void>;
  /** Accuracies of runs with layers off (keys of prune-by-hand.ts); null when superseded by a newer request or while a study runs. @param precision that of their study @param own null for a bundled task */
  scoreGates(
    adapters: readonly StoredAdapter[],
    off: ReadonlySet<string>,
    precision: NotedPrecision,
    own: OwnBenchTask | null,
  ): Promise<GateScores | null>;
}

export type AdapterClient = Asks<'read-adapter' | 'merge-weights' | 'score-gates'>;

/** The study that trained the adapters, also while an evaluation is shown in its place. Pictures stay here, and so do names of people's devices. */
async function studyFile(study: StudyStore, adapters: AdaptersStore): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const { result } = studyOnPage(study.getState(), adapters.getState());
  if (!result) return {};
  const { packStudyFile } = await import('../../share/study-file/study-file-client.ts');
  return {
    'copra-study.zip': await packStudyFile({
      result: withoutPeople(withoutPictures(result)),
      adapters: adaptersOf(adapters.getState(), result),
      thumbnails: [],
    }),
  };
}

const givenAdapter = ({ name, arm, classes, layout, scale, values }: ListedAdapter): GivenAdapter => ({
  name,
  arm,
  classes,
  layout,
  scale,
  values,
});

/** The test accuracies that an evaluation of adapters found, by adapter. */
function measuredIn(
  result: StudyResult,
  images: StudyImages | null,
  adapters: readonly ListedAdapter[],
): Record<string, Measured> {
  const test = { ...testedOn(result.config, images), count: testedImages(result) };
  const measured = adapters.flatMap(({ id }, i) => {
    const accuracy = result.runs.find(({ arm }) => arm === evaluatedArm(i))?.test?.accuracy;
    return accuracy === undefined ? [] : [[id, { ...test, accuracy }] as const];
  });
  return Object.fromEntries(measured);
}

/** @param digestOf SHA-256 of a backbone's weights */
export function createAdapterWork(
  store: AdaptersStore,
  study: StudyStore,
  controller: StudyController,
  client: AdapterClient,
  digestOf: (backbone: string) => Promise<readonly OriginDigest[]>,
): AdapterWork {
  let count = 0;
  const add = (adapter: NewAdapter): void => {
    const id = `extra-${++count}`;
    store.setState((state) => withAdapters(state, { extras: [...state.extras, { ...adapter, id }] }));
  };
  const folderOf = async (adapter: ListedAdapter, naming: Naming): Promise<Record<string, Uint8Array<ArrayBuffer>>> => {
    const { adapterFolder } = await import('../../share/adapter/folder.ts');
    const weights = await digestOf(adapter.backbone);
    return adapterFolder({ ...adapter, adapter, weights, naming, appVersion: APP_VERSION });
  };

  return {
    async open(files) {
      const { config } = study.getState();
      const { openedAdapters } = await import('./opened-adapters.ts');
      for await (const adapter of openedAdapters(await files, config, client, digestOf)) add(adapter);
    },
    async merge(adapters, request) {
      const { mergedAdapter } = await import('./merged-adapter.ts');
      const merged = mergedAdapter(adapters, request);
      const taken = store.getState().extras.map(({ name }) => name);
      // The same rule with other weights is another adapter.
      add({ ...merged, name: unusedName(taken, merged.name) });
    },
    async exportFolder(adapter, naming) {
      const { fileNameOf, zipFolder } = await import('../../share/adapter/folder.ts');
      const files = await folderOf(adapter, naming);
      const folder = fileNameOf(adapter.name);
      return { name: `${folder}.zip`, blob: new Blob([zipFolder(folder, files)], { type: 'application/zip' }) };
    },
    async publish(adapter, { hub, token, repo, isPrivate, naming, withStudy }, onProgress, signal) {
      const { checkPublication, publish } = await import('../../share/hub/publish.ts');
      checkPublication({ token, repo });
      const files = { ...(await folderOf(adapter, naming)), ...(withStudy && (await studyFile(study, store))) };
      return publish(
        { hub, token, repo, isPrivate, title: `${adapter.name}, from CopRA Playground`, files },
        onProgress,
        signal,
      );
    },
    async exportModel({ layout, scale, values, backbone, classes }) {
      // The input size of the study on the page may be none of this backbone, and concerns no weights.
      const config = { ...without(study.getState().config, 'imageSize'), backbone };
      const model = await client.ask('merge-weights', { config, adapter: { layout, scale, values }, classes });
      const weights = { name: 'model.safetensors', blob: model.weights };
      return layout.head ? [weights, { name: 'config.json', blob: new Blob([model.config]) }] : [weights];
    },
    async evaluate(adapters, dataset) {
      const before = study.getState();
      if (before.status !== 'idle') return;
      const { shelved } = store.getState();
      store.setState({ shelved: shelved ?? shownOf(before) });
      await controller.evaluate(dataset, adapters.map(givenAdapter));
      const { result: evaluated, images } = study.getState();
      if (!evaluated || evaluated === before.result) {
        // It did not begin: what is on the page is that of before.
        store.setState({ shelved });
        return;
      }
      const measured = measuredIn(evaluated, images, adapters);
      store.setState((state) => ({ measured: { ...state.measured, ...measured } }));
    },
    async scoreGates(adapters, off, precision, own) {
      const [first] = adapters;
      if (!first || study.getState().status !== 'idle') return null;
      const { gatedAdapters } = await import('../summary/prune-by-hand.ts');
      return client.ask('score-gates', {
        config: first.study,
        precision,
        adapters: gatedAdapters(adapters, off),
        own,
      });
    },
  };
}
