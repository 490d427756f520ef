/** What the commands of the adapters panel do: open, merge, export, publish, evaluate. */
import type { MergeMethod } from '../../copra/merging/method-ids.ts';
import { mergeMethod } from '../../copra/merging/methods.ts';
import { APP_VERSION } from '../../core/version.ts';
import { normalisedWeights } from '../../copra/merging/normalised-weights.ts';
import { without } from '../../core/without.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { Naming } from '../../model/peft/family-names.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import { classesIn, common } from '../../share/adapter/provenance.ts';
import type { Publication, Published } from '../../share/hub/publish.ts';
import type { NotedPrecision } from '../../study/kernels/study-precision.ts';
import { evaluatedArm, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import { withoutPeople } from '../../study/result/result-parts.ts';
import { withoutPictures } from '../../study/result/without-pictures.ts';
import type { GateScores, OwnBenchTask } from '../../study/run/gates-bench.ts';
import type { Asks } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { StudyController } from '../study/study-controller.ts';
import { shownOf } from '../study/shown.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { ListedAdapter } from './adapter-list.ts';
import {
  adaptersOf,
  studyOnPage,
  withAdapters,
  type AdaptersStore,
  type ExtraAdapter,
  type StoredAdapter,
} from './adapters-store.ts';
import { ADAPTER_STATE_WORDS } from './messages.ts';
import { testedOn } from './tested-on.ts';

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface MergeRequest {
  readonly method: MergeMethod;
  /** One per adapter, which do not add up to 0; normalised to a sum of 1. */
  readonly weights: readonly number[];
  readonly density: number;
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
  /** Rejects with a RangeError when the adapters do not fit together. */
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

/** @param digestOf SHA-256 of a backbone's weights */
export function createAdapterWork(
  store: AdaptersStore,
  study: StudyStore,
  controller: StudyController,
  client: AdapterClient,
  digestOf: (backbone: string) => Promise<readonly OriginDigest[]>,
): AdapterWork {
  let count = 0;
  const add = (extra: Omit<ExtraAdapter, 'id'>): void => {
    const id = `extra-${++count}`;
    store.setState((state) => withAdapters(state, { extras: [...state.extras, { ...extra, id }] }));
  };
  const folderOf = async (adapter: ListedAdapter, naming: Naming): Promise<Record<string, Uint8Array<ArrayBuffer>>> => {
    const { adapterFolder } = await import('../../share/adapter/folder.ts');
    const weights = await digestOf(adapter.backbone);
    return adapterFolder({ ...adapter, adapter, weights, naming, appVersion: APP_VERSION });
  };
  /** The study that trained the adapters, also while an evaluation is shown in its place. Pictures stay here, and so do names of people's devices. */
  const studyFile = async (): Promise<Record<string, Uint8Array<ArrayBuffer>>> => {
    const { result } = studyOnPage(study.getState(), store.getState());
    if (!result) return {};
    const { packStudyFile } = await import('../../share/study-file/study-file-client.ts');
    return {
      'copra-study.zip': await packStudyFile({
        result: withoutPeople(withoutPictures(result)),
        adapters: adaptersOf(store.getState(), result),
        thumbnails: [],
      }),
    };
  };

  return {
    async open(files) {
      const { config } = study.getState();
      const { backbone } = config;
      const [{ findAdapters }, { hasDigests, trainedFor, otherBackboneNote }] = await Promise.all([
        import('../../share/adapter/find.ts'),
        import('../../share/adapter/trained-for.ts'),
      ]);
      const found = await findAdapters(await files);
      // Those of a bundled backbone come from its whole weights file. Where they cannot be had, names decide.
      const digests = found.some(({ copra }) => hasDigests(copra)) ? await digestOf(backbone).catch(() => []) : [];
      for (const { name, file, copra, config: peft, weights } of found) {
        const read = await client.ask('read-adapter', { config, files: { config: peft, weights: await weights() } });
        const { baseModel, revision, ...adapter } = read;
        const other = trainedFor({ baseModel, revision, copra }, backbone, digests);
        const warnings = [...(other ? [otherBackboneNote(other, backbone)] : []), ...adapter.warnings];
        const provenance = { kind: 'file', file, baseModel, copra } as const;
        const classes = classesIn(copra, adapter.layout.head?.classes ?? 0);
        add({ ...adapter, kind: 'opened', name, backbone, trainedFor: other, provenance, classes, warnings });
      }
    },
    async merge(adapters, { method, weights, density }) {
      const [{ mergeAdapters }, { otherBackboneNote }] = await Promise.all([
        import('../../copra/merge-adapters.ts'),
        import('../../share/adapter/trained-for.ts'),
      ]);
      const normalised = normalisedWeights(weights);
      if (!normalised) throw new RangeError(ADAPTER_STATE_WORDS.zeroWeights);
      const merged = mergeAdapters(adapters, { method, weights: normalised, density });
      const [first] = adapters;
      const notes = adapters.flatMap(({ name, trainedFor: other }) =>
        other ? [`${name}: ${otherBackboneNote(other, first.backbone)}`] : [],
      );
      add({
        kind: 'merged',
        name: `Merge of ${adapters.map(({ name }) => name).join(' + ')}`,
        layout: merged.layout,
        scale: merged.scale,
        values: Float32Array.from(merged.values),
        base: first.base,
        backbone: first.backbone,
        trainedFor: common(adapters.map(({ trainedFor }) => trainedFor)),
        classes: common(adapters.map(({ classes }) => classes)) ?? [],
        warnings: notes,
        provenance: {
          kind: 'merge',
          method,
          density: mergeMethod(method).trims ? density : null,
          sources: adapters.map(({ name, provenance }, i) => ({ name, weight: normalised[i], from: provenance })),
        },
      });
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
      const files = { ...(await folderOf(adapter, naming)), ...(withStudy && (await studyFile())) };
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
      const given = adapters.map(({ name, arm, classes, layout, scale, values }): GivenAdapter => ({
        name,
        arm,
        classes,
        layout,
        scale,
        values,
      }));
      store.setState({ shelved: shelved ?? shownOf(before) });
      await controller.evaluate(dataset, given);
      const { result: evaluated, images } = study.getState();
      if (!evaluated || evaluated === before.result) {
        // It did not begin: what is on the page is that of before.
        store.setState({ shelved });
        return;
      }
      adapters.forEach(({ id }, i) => {
        const accuracy = evaluated.runs.find(({ arm }) => arm === evaluatedArm(i))?.test?.accuracy;
        if (accuracy === undefined) return;
        const entry = { [id]: { ...testedOn(evaluated.config, images), accuracy } };
        store.setState((state) => ({ measured: { ...state.measured, ...entry } }));
      });
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
