/** Questions about single pictures: of every line of questions the newest is answered, those before it are not. Keeps what questions of one setting have in common. */
import { comingCode } from '../platform/coming-code.ts';
import { readWhole, blobFile } from '../data/files/byte-file.ts';
import { imageDecoder } from '../data/image/decode.ts';
import type { Engine } from '../engine/engine.ts';
import type { LoadedBackbone } from '../model/load-backbone.ts';
import type { Predictor } from '../study/predictions/predictor.ts';
import type {
  InsideAnswer,
  InsideQuestion,
  PictureAnswers,
  PictureInput,
  PictureQuestion,
  PredictorSetting,
} from '../study/predictions/question.ts';
import { keepingLast, modelKey } from './keeping-last.ts';
import { unlessStopped } from './unless-stopped.ts';

type ModelSetting = Pick<PredictorSetting['config'], 'backbone' | 'imageSize'>;
type ModelLoader = (config: ModelSetting) => Promise<LoadedBackbone>;

/** Needed only when somebody asks; it brings in the algebra of merging. */
const predicting = () => comingCode(import('../study/predictions/predictor.ts'));

const MOST_BYTES = 256 * 2 ** 20;

export class PictureDesk {
  /** By line. */
  private readonly newest = new Map<string, { readonly id: number; readonly stop: AbortController }>();
  private setting: PredictorSetting | null = null;
  private predictor: { readonly engine: Engine; readonly predictor: Promise<Predictor> } | null = null;
  private modelOf: ModelLoader;

  constructor(private readonly loadModel: ModelLoader) {
    this.modelOf = keepingLast(modelKey, loadModel);
  }

  /** A question arrives: earlier ones of its line will not be answered. @returns what stops it */
  take(id: number, line: string): AbortSignal {
    this.newest.get(line)?.stop.abort();
    const stop = new AbortController();
    this.newest.set(line, { id, stop });
    return stop.signal;
  }

  /** @param id of a question; absent: any */
  stop(id?: number): void {
    for (const newest of this.newest.values()) if (id === undefined || newest.id === id) newest.stop.abort();
  }

  /** The engine does something else: it will have another backbone. */
  forgetEngine(): void {
    this.predictor?.predictor.then(
      (predictor) => predictor.forgetEngine(),
      () => undefined,
    );
  }

  /** A study needs the memory: weights are read again for the next question. */
  forgetModel(): void {
    this.predictor = null;
    this.modelOf = keepingLast(modelKey, this.loadModel);
  }

  /** Also for a question that is not answered: the next one may refer to its setting. */
  keep(setting: PredictorSetting | null): void {
    if (!setting) return;
    this.setting = setting;
    this.predictor = null;
  }

  /**
   * Null when the question was stopped.
   * @param open the engine @throws Error when there is none; the setting is kept
   * @param setting null: that of the last question
   */
  answer(
    open: () => Engine,
    setting: PredictorSetting | null,
    question: PictureQuestion,
    signal: AbortSignal,
  ): Promise<PictureAnswers | null> {
    return this.ask(open, setting, signal, (predictor) => predictor.answer(question, signal));
  }

  /** Like `answer`, of what variants attend to. */
  lookInside(
    open: () => Engine,
    setting: PredictorSetting | null,
    question: InsideQuestion,
    signal: AbortSignal,
  ): Promise<InsideAnswer | null> {
    return this.ask(open, setting, signal, (predictor) => predictor.lookInside(question, signal));
  }

  /** An image file as the backbone sees it. @throws Error saying why it is no picture */
  async read(config: ModelSetting, file: Blob): Promise<PictureInput> {
    const { preprocessing } = await this.modelOf(config);
    const decode = imageDecoder(preprocessing, () => Promise.reject(new Error('a drawing that was not drawn')));
    const pixels = await decode(await readWhole(blobFile(file), MOST_BYTES));
    return { kind: 'square', pixels: Uint8Array.from(pixels), size: preprocessing.imageSize };
  }

  private ask<R>(
    open: () => Engine,
    setting: PredictorSetting | null,
    signal: AbortSignal,
    question: (predictor: Predictor) => Promise<R>,
  ): Promise<R | null> {
    this.keep(setting);
    return unlessStopped(signal, async () => question(await this.predictorOn(open())));
  }

  private predictorOn(engine: Engine): Promise<Predictor> {
    const { setting } = this;
    if (!setting) throw new Error('Nobody said whose predictions are wanted.');
    if (this.predictor?.engine === engine) return this.predictor.predictor;
    const predictor = Promise.all([predicting(), this.modelOf(setting.config)]).then(
      ([{ Predictor }, model]) => new Predictor(engine, model, setting),
    );
    const made = { engine, predictor };
    this.predictor = made;
    // The next question tries again, unless there is another predictor by then.
    predictor.catch(() => {
      if (this.predictor === made) this.predictor = null;
    });
    return predictor;
  }
}
