/** React context with the page's stores and commands. */
import { createContext, use, useCallback, useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { AdapterCommands } from '../state/adapters/adapter-commands.ts';
import type { HubAdaptersStore } from '../state/adapters/hub-adapters-store.ts';
import type { AdaptersStore } from '../state/adapters/adapters-store.ts';
import { backboneOf, isBundledBackbone, type BackboneCard } from '../state/models/backbones.ts';
import type { CollectStore } from '../state/dataset/collect-store.ts';
import type { ClassroomStore } from '../state/study/classroom.ts';
import type { DatasetStore } from '../state/dataset/dataset-store.ts';
import type { InterruptedStudies } from '../state/study/interrupted-store.ts';
import type { LanguageStore } from '../state/page/language.ts';
import type { LessonsStore } from '../state/lessons/lessons-store.ts';
import type { MapCommands } from '../state/map/map-commands.ts';
import type { MapStore } from '../state/map/map-store.ts';
import type { Measurer } from '../state/measure/measure-commands.ts';
import type { MeasureStore } from '../state/measure/measure-store.ts';
import type { ModelsStore } from '../state/models/models-store.ts';
import type { NotifyStore } from '../state/page/notify.ts';
import type { OfflineStore } from '../state/page/offline.ts';
import type { SearchStore } from '../state/search/search-store.ts';
import type { StudyFoldStore } from '../state/page/study-fold.ts';
import type { StoredStore } from '../state/dataset/stored-store.ts';
import type { StudyController } from '../state/study/study-controller.ts';
import type { EstimatesStore } from '../state/study/estimates.ts';
import type { ResultSource } from '../state/study/shown.ts';
import { ofShownArms } from '../study/presets/shown-arms.ts';
import { emptyResult } from './results/empty-result.ts';
import { isComing, type StudyState, type StudyStore } from '../state/study/study-store.ts';
import type { RoomStore } from '../state/room/room-state.ts';
import type { StoredModel } from '../model/hub/manifest.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { Asks, StudyWorkerClient } from '../worker/client.ts';
import type { StudyResult } from '../study/result/result.ts';
import { isAwaited, type Awaited } from './charts/figure-contexts.ts';

export interface PageServices {
  readonly study: StudyStore;
  readonly dataset: DatasetStore;
  readonly stored: StoredStore;
  readonly collect: CollectStore;
  readonly models: ModelsStore;
  readonly adapters: AdaptersStore;
  readonly adapterCommands: AdapterCommands;
  readonly hubAdapters: HubAdaptersStore;
  /** Answers questions about single pictures. */
  readonly predictor: Pick<StudyWorkerClient, 'predict' | 'lookInside'> & Asks<'read-picture'>;
  /** Reads names as a backbone does. */
  readonly namer: Asks<'check-classes'>;
  readonly controller: StudyController;
  readonly lessons: LessonsStore;
  readonly language: LanguageStore;
  readonly classroom: ClassroomStore;
  readonly maps: MapStore;
  /** Loaded when they are first used, and the same from then on. */
  readonly mapCommands: () => Promise<MapCommands>;
  readonly searches: SearchStore;
  readonly measure: MeasureStore;
  readonly room: RoomStore;
  readonly classWorker: Pick<StudyWorkerClient, 'leadClass'>;
  readonly measurer: Measurer;
  readonly interrupted: InterruptedStudies;
  readonly notify: NotifyStore;
  readonly offline: OfflineStore;
  readonly fold: StudyFoldStore;
  readonly estimates: EstimatesStore;
}

export const ServicesContext = createContext<PageServices | null>(null);

export function useServices(): PageServices {
  const services = use(ServicesContext);
  if (!services) throw new Error('The page was rendered without its stores.');
  return services;
}

export function useStudy<T>(selector: (state: StudyState) => T): T {
  return useStore(useServices().study, selector);
}

/** What figures read. It may lag behind, so that drawing never delays user input; all of it lags alike. */
const useLate = <T>(selector: (state: StudyState) => T): T => useDeferredValue(useStudy(selector));

const named = (result: StudyResult | null): StudyResult | null => result && ofShownArms(result);

/** The result for figures, its arms called as people read them. Pass it to a memo component. */
export function useFiguresResult(): StudyResult | null {
  return named(useLate((state) => state.result));
}

/** The same; without a result, one that gives every chart an empty frame. */
export function useShownResult(): StudyResult {
  const result = useFiguresResult();
  const config = useStudy((state) => state.config);
  return useMemo(() => result ?? ofShownArms(emptyResult(config)), [result, config]);
}

/** Whether `useFiguresResult` is behind the study. */
export function useAreFiguresBehind(): boolean {
  const now = useStudy((state) => state.result);
  return useLate((state) => state.result) !== now;
}

/** The result that was shown before the running study began, as late as `useFiguresResult`; null while none runs. */
export function useEarlierResult(): StudyResult | null {
  return named(useLate((state) => state.before));
}

/** Whether a result is still to come, as late as `useFiguresResult`: until it is drawn. */
export function useComing(): boolean {
  return useLate(isComing);
}

/** Whether figures of a result keep the place of what is to come: of its study, or of a result that is loading. */
export function useAwaited(result: StudyResult | null): Awaited {
  return useComing() ? 'loading' : !result || isAwaited(result);
}

/** Where the result that figures show came from, as late as `useFiguresResult`: earlier numbers are not called those of a file that has just been opened. */
export function useShownSource(): ResultSource {
  return useLate((state) => state.source);
}

/** The models on this device, where a backbone may be one of them. What shows a bundled one does not wait for them to be listed: null. */
export function useModelsFor(backbone: string): readonly StoredModel[] | null {
  return useStore(useServices().models, (state) => (isBundledBackbone(backbone) ? null : state.models));
}

/** The backbone of the next run: the bundled one while the chosen one is not on this device. */
export function useBackbone(): BackboneCard {
  const id = useStudy((state) => state.config.backbone);
  const models = useModelsFor(id);
  return useMemo(() => backboneOf(id, models), [id, models]);
}

/** Side of the next run's input images, in pixels. */
export function useImageSize(): number {
  const { imageSize } = useBackbone();
  return useStudy((state) => state.config.imageSize) ?? imageSize;
}

/** Applies an edit to the configuration of the next run. Editing a shared study makes its settings the reader's own. The same function always. */
export function useEditConfig(): (edit: (config: StudyConfig) => StudyConfig) => void {
  const { study } = useServices();
  return useCallback((edit) => study.setState((state) => ({ config: edit(state.config), readOnly: false })), [study]);
}
