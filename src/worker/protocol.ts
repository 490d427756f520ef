/** Messages between the page and the study worker. Types only; both sides import this file and nothing from each other. */
import type { DroppedDataset } from '../data/dataset/dropped.ts';
import type { BackendId, EngineInfo } from '../engine/engine.ts';
import type { Measurement } from '../engine/measure/measurement.ts';
import type { Progress } from '../engine/measure/run-protocol.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { PeftAdapter } from '../model/peft/read.ts';
import type { AdapterBase } from '../model/peft/base.ts';
import type { FlatAdapter } from '../model/peft/write.ts';
import type { NotedPrecision } from '../study/kernels/study-precision.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { GivenAdapter } from '../study/config/evaluation-config.ts';
import type { StudyEvent } from '../study/result/events.ts';
import type { KnownStudy } from '../study/result/known-study.ts';
import type { MemoryNote } from '../study/result/memory-note.ts';
import type {
  InsideAnswer,
  InsideQuestion,
  PictureAnswers,
  PictureInput,
  PictureQuestion,
  PredictorSetting,
} from '../study/predictions/question.ts';
import type { GatedAdapter, GateScores } from '../study/run/gates-bench.ts';

export type { DroppedDataset };

/** The two files of a PEFT adapter. */
export interface PeftBytes {
  readonly config: ArrayBuffer;
  readonly weights: ArrayBuffer;
}

/** An adapter read for a backbone, with everything needed to write it again. */
export interface ReadAdapter extends PeftAdapter {
  readonly base: AdapterBase;
  readonly baseModel: string | null;
  readonly revision: string | null;
}

/** A merged checkpoint. */
export interface MergedModel {
  readonly weights: Blob;
  /** config.json */
  readonly config: string;
}

export interface Estimate {
  /** Seconds per image pass. */
  readonly pace: number;
  /** [studies] */
  readonly seconds: readonly number[];
}

/** Sent by the page. `id` numbers a request; every answer carries it. */
export type WorkerRequest =
  /** Creates the engine (again). 'auto' selects the best backend that passes its self-test. */
  | { readonly type: 'open'; readonly id: number; readonly backend: BackendId | 'auto' }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly config: StudyConfig;
      readonly dataset: DroppedDataset | null;
      /** A study to which the missing seeds of `config` are added; null: a new study. */
      readonly known: KnownStudy | null;
      /** The name of its checkpoints; null: any. */
      readonly study: string | null;
    }
  /** Continues an interrupted study from its checkpoint (checkpoint-store.ts), and waits for the class that trained its clients unless they are to be simulated. */
  | { readonly type: 'continue'; readonly id: number; readonly study: string; readonly simulates: boolean }
  /** Evaluates adapters on the task of `config` (evaluationConfig). */
  | {
      readonly type: 'evaluate';
      readonly id: number;
      readonly config: StudyConfig;
      readonly dataset: DroppedDataset | null;
      readonly adapters: readonly GivenAdapter[];
    }
  /** Reads a PEFT adapter for the backbone of `config`. */
  | { readonly type: 'read-adapter'; readonly id: number; readonly config: StudyConfig; readonly files: PeftBytes }
  /** Merges an adapter into the checkpoint of `config`'s backbone. */
  | {
      readonly type: 'merge-weights';
      readonly id: number;
      readonly config: StudyConfig;
      readonly adapter: FlatAdapter;
      readonly classes: readonly string[];
    }
  /** Scores adapters with layers off on the bundled task of `config`. A newer question, or any other request to the engine, stops it. */
  | {
      readonly type: 'score-gates';
      readonly id: number;
      readonly config: StudyConfig;
      /** Of their study. */
      readonly precision: NotedPrecision;
      readonly adapters: readonly GatedAdapter[];
    }
  /**
   * How long studies with one bundled backbone and task will take. A newer request to the engine stops the measurement that the first needs.
   */
  | {
      readonly type: 'estimate';
      readonly id: number;
      readonly configs: readonly StudyConfig[];
      /** Seconds per image pass, as measured before; null: measure them. */
      readonly pace: number | null;
    }
  /**
   * Asks for predictions on single pictures. A newer question of the same line and a study stop it; while a study runs it is refused. The frames of a
   * camera are transferred.
   */
  | {
      readonly type: 'predict';
      readonly id: number;
      readonly line: string;
      /** Null: that of the last question. */
      readonly setting: PredictorSetting | null;
      readonly question: PictureQuestion;
    }
  /** Asks what variants attend to on one picture. The rules are those of predictions. */
  | {
      readonly type: 'look-inside';
      readonly id: number;
      readonly line: string;
      /** Null: that of the last question. */
      readonly setting: PredictorSetting | null;
      readonly question: InsideQuestion;
    }
  /** Stops a question about pictures that is not wanted any more. */
  | { readonly type: 'stop-predicting'; readonly id: number; readonly question: number }
  /** Reads an image file as the backbone of `config` sees it. */
  | {
      readonly type: 'read-picture';
      readonly id: number;
      readonly config: PredictorSetting['config'];
      readonly file: Blob;
    }
  /** Devices of a class train as clients of the federations that follow; news of them come over the port (CrewNews). Null: clients are simulated. */
  | { readonly type: 'lead-class'; readonly id: number; readonly port: MessagePort | null }
  /** Trains as a client of a class until the port is closed. */
  | {
      readonly type: 'join-class';
      readonly id: number;
      readonly port: MessagePort;
      /** Images of this device; null: its part of the study's. */
      readonly dataset: DroppedDataset | null;
    }
  /** Measures the engine for about a second, if no study runs. */
  | { readonly type: 'probe'; readonly id: number }
  /** The memory that studies of these settings would need on backbones of which the facts are known, if no study runs. */
  | {
      readonly type: 'plan-memory';
      readonly id: number;
      readonly config: StudyConfig;
      readonly facts: readonly ModelFacts[];
    }
  /** Bounds the memory of trainings from now on. @param bytes null: the device decides */
  | { readonly type: 'limit-memory'; readonly id: number; readonly bytes: number | null }
  /** "Measure this device", in about so many seconds. A study and another engine stop it. */
  | { readonly type: 'measure'; readonly id: number; readonly budget: number }
  /** Ends the measurement after the run it is in. */
  | { readonly type: 'stop-measuring'; readonly id: number }
  | { readonly type: 'pause'; readonly id: number }
  | { readonly type: 'resume'; readonly id: number }
  /** Advances a paused study by one training step. */
  | { readonly type: 'step'; readonly id: number }
  /** Ends the study and keeps its completed work. */
  | { readonly type: 'stop'; readonly id: number };

/** Sent by the page over the port of a class that it leads. */
export type CrewNews =
  | {
      readonly type: 'joined';
      readonly id: string;
      readonly name: string;
      /** The client that it trains. */
      readonly client: number;
      readonly hasOwnImages: boolean;
      /** Frames of its own (platform/links/port-link.ts). */
      readonly port: MessagePort;
    }
  | { readonly type: 'left'; readonly id: string }
  /** Seconds of the next rounds; null: no deadline. */
  | { readonly type: 'deadline'; readonly seconds: number | null };

/** Sent by the worker. */
export type WorkerResponse =
  | { readonly type: 'opened'; readonly id: number; readonly engine: EngineInfo; readonly notices: readonly string[] }
  /** Multiplications and additions per second in training. */
  | { readonly type: 'probed'; readonly id: number; readonly rate: number }
  /** Null for a backbone that the settings adapt nothing of. */
  | { readonly type: 'memory-planned'; readonly id: number; readonly memory: readonly (MemoryNote | null)[] }
  | { readonly type: 'measuring'; readonly id: number; readonly progress: Progress }
  /** Null: it was stopped. */
  | { readonly type: 'measured'; readonly id: number; readonly measurement: Measurement | null }
  /** Null: a newer request stopped the measurement. */
  | { readonly type: 'estimated'; readonly id: number; readonly estimate: Estimate | null }
  | { readonly type: 'event'; readonly id: number; readonly event: StudyEvent }
  | { readonly type: 'adapter-read'; readonly id: number; readonly adapter: ReadAdapter }
  | { readonly type: 'merged'; readonly id: number; readonly model: MergedModel }
  /** Null: a newer request stopped the question. */
  | { readonly type: 'gates-scored'; readonly id: number; readonly scores: GateScores | null }
  /** Null: it was stopped. */
  | { readonly type: 'predicted'; readonly id: number; readonly answers: PictureAnswers | null }
  /** Null: it was stopped. */
  | { readonly type: 'looked-inside'; readonly id: number; readonly answer: InsideAnswer | null }
  | { readonly type: 'picture-read'; readonly id: number; readonly picture: PictureInput }
  /** The request is complete (a run: after its 'finished' event). */
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** The request of a type. */
export type RequestOf<T extends WorkerRequest['type']> = Extract<WorkerRequest, { type: T }>;
