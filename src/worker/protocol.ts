/**
 * What the page can ask of the study worker, its turn at the engine, and the messages that follow. Both sides import this file and nothing from each other. A
 * further request is one entry of `Calls` and one of `RULES`, with a handler in worker.ts.
 */
import type { DroppedDataset } from '../data/dataset/dropped.ts';
import type { Task } from '../data/task.ts';
import type { BackendId } from '../engine/backends.ts';
import type { PageFacts } from '../engine/page-facts.ts';
import type { EngineInfo } from '../engine/engine.ts';
import type { Measurement } from '../engine/measure/measurement.ts';
import type { MeasureProgress } from '../engine/measure/run-protocol.ts';
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
import type { GatedAdapter, GateScores, OwnBenchTask } from '../study/run/gates-bench.ts';

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

/** What the page hears of the engine that was opened; the engine itself stays in the worker. */
export interface OpenedEngineInfo {
  readonly engine: EngineInfo;
  readonly notices: readonly string[];
  /** A new study may look at the graphics card again before it begins. Absent: none does. */
  readonly looksAgain?: true;
}

/** What a request holds, what answers it, and what the page hears of it before. */
interface Call<Asked extends object, Answer, News = never> {
  readonly asked: Readonly<Asked>;
  readonly answer: Answer;
  readonly news: News;
}

/** A study ends completely or by `stop`, after its 'finished' event. */
type StudyCall<Asked extends object> = Call<Asked, void, StudyEvent>;

/** Requests by name. A question that is stopped has the answer null: by a newer one of its name, another device or a study, or as it says. */
export interface Calls {
  /** Creates the engine (again). 'auto' selects the best backend that passes its self-test. Fails with the reason when no backend of that kind works here. */
  open: Call<{ backend: BackendId | 'auto'; page: PageFacts }, OpenedEngineInfo>;
  run: StudyCall<{
    config: StudyConfig;
    dataset: DroppedDataset | null;
    /** A study to which the missing seeds of `config` are added; null: a new study. */
    known: KnownStudy | null;
    /** The name under which it is saved while it runs and can be continued; null: any. */
    study: string | null;
    /** Id of the map in whose course it runs. Stopped by the reader, it is not kept to be resumed, because the map begins it again. */
    map?: string;
  }>;
  /** Continues an interrupted study from its checkpoint (checkpoint-store.ts), and waits for the class that trained its clients unless they are to be simulated. */
  continue: StudyCall<{ study: string; simulates: boolean; map?: string }>;
  /** Evaluates adapters on the task of `config` (evaluationConfig). */
  evaluate: StudyCall<{
    config: StudyConfig;
    dataset: DroppedDataset | null;
    adapters: readonly GivenAdapter[];
  }>;
  /** Reads a PEFT adapter for the backbone of `config`. Fails with what does not fit. */
  'read-adapter': Call<{ config: StudyConfig; files: PeftBytes }, ReadAdapter>;
  /** What is wrong with the names of classes to the backbone of `config`, which may not know the words in which they differ: sentences. */
  'check-classes': Call<
    { config: Pick<StudyConfig, 'backbone' | 'imageSize' | 'prompts'>; task: Pick<Task, 'classes' | 'prompts'> },
    readonly string[]
  >;
  /** Merges an adapter into the checkpoint of `config`'s backbone; `classes` name those of a trained classifier. */
  'merge-weights': Call<{ config: StudyConfig; adapter: FlatAdapter; classes: readonly string[] }, MergedModel>;
  /** Scores adapters with layers off on the task of `config`. */
  'score-gates': Call<
    {
      config: StudyConfig;
      /** Of their study. */
      precision: NotedPrecision;
      adapters: readonly GatedAdapter[];
      /** Null for a bundled task. */
      own: OwnBenchTask | null;
    },
    GateScores | null
  >;
  /** How long studies with bundled backbones will take. */
  estimate: Call<
    {
      configs: readonly StudyConfig[];
      /** Own images, which need no pixels; null: none of the studies is of them. */
      dataset: DroppedDataset | null;
      /** Seconds per image pass, as measured before; null: measure them, for about a second. */
      pace: number | null;
    },
    Estimate | null
  >;
  /**
   * Asks for predictions on single pictures. A newer question of the same line, a study and 'stop-predicting' stop it; while a study runs it is refused. The
   * frames of a camera are transferred: their pixels cannot be used again.
   */
  predict: Call<
    {
      line: string;
      /** Null: that of the last question. */
      setting: PredictorSetting | null;
      question: PictureQuestion;
    },
    PictureAnswers | null
  >;
  /** Asks what variants attend to on one picture. The rules are those of predictions. */
  'look-inside': Call<
    {
      line: string;
      /** Null: that of the last question. */
      setting: PredictorSetting | null;
      question: InsideQuestion;
    },
    InsideAnswer | null
  >;
  /** Stops a question about pictures that is not wanted any more, by its number. */
  'stop-predicting': Call<{ question: number }, void>;
  /** Reads an image file as the backbone of `config` sees it. Fails with why it is no picture. */
  'read-picture': Call<{ config: PredictorSetting['config']; file: Blob }, PictureInput>;
  /** Devices of a class train as clients of the federations that follow; news of them come over the port (CrewNews). Null: clients are simulated. */
  'lead-class': Call<{ port: MessagePort | null }, void>;
  /** Trains as a client of a class until the port is closed. */
  'join-class': Call<
    {
      port: MessagePort;
      /** Images of this device; null: its part of the study's. */
      dataset: DroppedDataset | null;
    },
    void
  >;
  /** Multiplications and additions per second in training, measured for about a second. */
  probe: Call<object, number>;
  /** The memory that studies of these settings would need on backbones of which the facts are known; null where they adapt nothing of one. */
  'plan-memory': Call<{ config: StudyConfig; facts: readonly ModelFacts[] }, readonly (MemoryNote | null)[]>;
  /** Bounds the memory of trainings from now on; null: the device decides. */
  'limit-memory': Call<{ bytes: number | null }, void>;
  /** "Measure this device", in about so many seconds. 'stop-measuring', a study and another engine stop it. */
  measure: Call<{ budget: number }, Measurement | null, MeasureProgress>;
  /** Ends the measurement after the run it is in. */
  'stop-measuring': Call<object, void>;
  pause: Call<object, void>;
  resume: Call<object, void>;
  /** Advances a paused study by one training step. */
  step: Call<object, void>;
  /** Ends the study and keeps its completed work. */
  stop: Call<object, void>;
}

export type CallName = keyof Calls;
export type Asked<N extends CallName> = Calls[N]['asked'];
export type Answer<N extends CallName> = Calls[N]['answer'];
export type News<N extends CallName> = Calls[N]['news'];

/** How a request takes its turn at the engine (turns.ts). */
interface Rule {
  /**
   * 'now': at once, it needs no engine. The others wait for those before them. 'device': questions about pictures and the device end for it. 'study': they do, and
   * the engine has the backbone of a study afterwards.
   */
  readonly turn: 'now' | 'engine' | 'device' | 'study';
  /** The engine keeps the bench on which gates are scored. */
  readonly keepsBench?: true;
}

/**
 * A request that may be left unanswered, by what it is about. A newer one of its name stops it, one about pictures a newer one of its line; another device and a
 * study stop all.
 */
interface QuestionRule extends Rule {
  readonly question: 'settings' | 'pictures' | 'device';
}

interface OrderRule extends Rule {
  readonly question?: undefined;
}

export const RULES: { readonly [N in CallName]: null extends Answer<N> ? QuestionRule : OrderRule } = {
  open: { turn: 'device' },
  run: { turn: 'study' },
  continue: { turn: 'study' },
  evaluate: { turn: 'study' },
  'read-adapter': { turn: 'now' },
  'check-classes': { turn: 'now' },
  'merge-weights': { turn: 'now' },
  'score-gates': { turn: 'engine', question: 'settings', keepsBench: true },
  estimate: { turn: 'engine', question: 'settings' },
  predict: { turn: 'engine', question: 'pictures' },
  'look-inside': { turn: 'engine', question: 'pictures' },
  'stop-predicting': { turn: 'now' },
  'read-picture': { turn: 'now' },
  'lead-class': { turn: 'now' },
  'join-class': { turn: 'study' },
  probe: { turn: 'engine' },
  'plan-memory': { turn: 'engine' },
  'limit-memory': { turn: 'now' },
  measure: { turn: 'engine', question: 'device' },
  'stop-measuring': { turn: 'now' },
  pause: { turn: 'now' },
  resume: { turn: 'now' },
  step: { turn: 'now' },
  stop: { turn: 'now' },
};

/** Whether another device stops it: the answer is null. */
export const isQuestion = (type: CallName): boolean => RULES[type].question !== undefined;

/** Sent by the page. `id` numbers a request; every answer carries it. */
export type WorkerRequest<N extends CallName = CallName> = {
  [K in N]: Asked<K> & { readonly type: K; readonly id: number };
}[N];

/** Sent by the worker whatever it was asked: what the reader is told while it opens a lost device again; null: it no longer does. */
export interface DeviceWait {
  readonly type: 'device-wait';
  readonly message: string | null;
}

/** Sent by the worker: news of a request, then how it ended. */
export type WorkerResponse<N extends CallName = CallName> =
  | { readonly type: 'event'; readonly id: number; readonly event: News<N> }
  | { readonly type: 'done'; readonly id: number; readonly answer: Answer<N> }
  | {
      readonly type: 'failed';
      readonly id: number;
      /** For people, in the language that the worker was told. */
      readonly message: string;
      /** Why, where the page does something about it; absent: it shows the message. */
      readonly why?: 'runs-elsewhere';
    };

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
