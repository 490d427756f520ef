/** Answers questions about single pictures, one after the other. What questions have in common is made once: class prompts, and adapters made of others. */
import {
  allGates,
  createAdapterLayout,
  gatesOfPlayers,
  type AdapterLayout,
  type Player,
} from '../../core/adapter-layout.ts';
import { layoutKey, type ScaledAdapter } from '../../copra/align.ts';
import { attentionRollout } from '../../copra/attention-rollout.ts';
import { mergeAdapters } from '../../copra/merge-adapters.ts';
import { counted } from '../../core/counted.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import type { Engine, Objective, Variant } from '../../engine/engine.ts';
import { towerShapes } from '../../model/backbone.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { prepareImage } from '../../model/prepare-image.ts';
import { readHead } from './head.ts';
import { withEvaluator } from '../run/context.ts';
import { patchifyImages, type Patchified } from '../run/images.ts';
import { prepareQuestions } from '../run/objective.ts';
import type {
  InsideAnswer,
  InsideQuestion,
  PictureAnswers,
  PictureInput,
  PictureLook,
  PictureQuestion,
  PictureVariant,
  PredictorSetting,
} from './question.ts';
import { STUDY_NOTICES } from '../run/words.ts';

/** Variants of one layout and scale, which are evaluated together. */
interface Group {
  readonly layout: AdapterLayout;
  readonly scale: number;
  /** Their places in the question. */
  readonly places: number[];
  readonly variants: Variant[];
}

/** [height · width · 4] → [height · width · 3] */
function opaque(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) rgb.set(rgba.subarray(from, from + 3), to);
  return rgb;
}

function checkSize({ length }: ArrayLike<number>, width: number, height: number, channels: number): void {
  if (length !== width * height * channels)
    throw new RangeError(`A picture of ${width} × ${height} px came with ${counted(length, 'value')}.`);
}

/** [size, size, 3], at the size of the picture or of the backbone. */
function squareOf(picture: PictureInput, { preprocessing }: LoadedBackbone): Uint8Array {
  if (picture.kind === 'square') {
    checkSize(picture.pixels, picture.size, picture.size, 3);
    return picture.pixels;
  }
  const { pixels, width, height } = picture;
  checkSize(pixels, width, height, 4);
  return prepareImage(opaque(pixels), height, width, preprocessing);
}

/** Pictures as test images are: [pictures, patches, channels · patch²]. They may be of different sizes. */
function patchified(pictures: readonly PictureInput[], model: LoadedBackbone): Patchified {
  const each = pictures.map((picture) => {
    const pixels = squareOf(picture, model);
    return patchifyImages({ count: 1, pixels, labels: new Int32Array(1) }, model, null).patches;
  });
  const patches = new Float32Array(each.reduce((sum, { length }) => sum + length, 0));
  each.reduce((at, values) => {
    patches.set(values, at);
    return at + values.length;
  }, 0);
  return { count: pictures.length, patches, labels: new Int32Array(pictures.length) };
}

/** @param logits [rows, classes] @returns [rows, classes], each row adding up to 1 */
function softmax(logits: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const shares = new Float32Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    const row = logits.subarray(from, from + classes);
    const most = Math.max(...row);
    const weights = Float64Array.from(row, (value) => Math.exp(value - most));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, i) => (shares[from + i] = weight / sum));
  }
  return shares;
}

const gatesWithout = (layout: AdapterLayout, off: readonly Player[]): Uint8Array =>
  gatesOfPlayers(
    layout,
    layout.players.map(({ tower, layer }) => Number(!off.some((one) => one.tower === tower && one.layer === layer))),
  );

/** Class features that are fixed belong to a text tower without adapters. */
function classifies({ head, pairs }: AdapterLayout, { kind, classes }: Objective): boolean {
  if (kind === 'linear') return head?.classes === classes;
  return kind === 'clip' || pairs.every(({ tower }) => tower === 'vision');
}

export class Predictor {
  private readonly held: ReadonlyMap<string, ScaledAdapter>;
  /** Adapters made of others, for the variants of the last question. */
  private made = new Map<string, ScaledAdapter>();
  private prepared: { readonly words: string; readonly objective: Promise<Objective> } | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly model: LoadedBackbone,
    private readonly setting: PredictorSetting,
  ) {
    this.held = new Map(setting.adapters.map((adapter) => [adapter.id, adapter]));
  }

  /** The engine has loaded another backbone: the next question prepares it again. */
  forgetEngine(): void {
    this.prepared = null;
  }

  /**
   * @throws RangeError when a picture, an adapter or a word does not fit. Rejects with the signal's reason when it stops the question.
   */
  async answer(question: PictureQuestion, signal: AbortSignal): Promise<PictureAnswers> {
    const { pictures, variants, words } = question;
    const { tokenizer, backbone } = this.model;
    if (words.length > 0 && backbone.kind !== 'clip') throw new RangeError(STUDY_NOTICES.noWords);
    signal.throwIfAborted();
    const objective = await this.objectiveFor(words);
    const classes = [...this.setting.classes, ...words];
    const images = patchified(pictures, this.model);
    const probabilities = variants.map((): Float32Array<ArrayBuffer> | null => null);
    for (const group of this.groupsOf(variants, objective)) {
      signal.throwIfAborted();
      const { layout, scale, places } = group;
      const logits = await withEvaluator(
        { engine: this.engine, objective },
        layout,
        scale,
        images,
        async (evaluator, set) => {
          const evaluation = await evaluator.evaluate(group.variants, set, { logits: true, signal });
          if (!evaluation.logits) throw new Error('The device returns no logits.');
          return evaluation.logits; // [variants, pictures, classes]
        },
      );
      const each = pictures.length * classes.length;
      places.forEach((place, i) => {
        probabilities[place] = softmax(logits.subarray(i * each, (i + 1) * each), classes.length);
      });
    }
    const unknown = words.flatMap((word) => tokenizer?.unknownWords(word) ?? []);
    return { classes, probabilities, unknown };
  }

  /**
   * What variants attend to on one picture. No classifier is needed.
   * @throws RangeError when the picture or an adapter does not fit. Rejects with the signal's reason when it stops the question.
   */
  async lookInside({ picture, variants }: InsideQuestion, signal: AbortSignal): Promise<InsideAnswer> {
    signal.throwIfAborted();
    // With any words the engine has the vision tower.
    await (this.prepared?.objective ?? this.objectiveFor([]));
    const { layers, tokens, blankPatches = 0 } = this.model.backbone.vision.config;
    const { patches } = patchified([picture], this.model);
    const side = Math.sqrt(tokens - 1 - blankPatches);
    const made = new Map<string, ScaledAdapter>();
    const looks: PictureLook[] = [];
    for (const variant of variants) {
      const { layout, scale, values } = variant.parts.length > 0 ? this.adapterOf(variant, made) : this.zeroShot();
      const gates = variant.parts.length > 0 ? gatesWithout(layout, variant.off) : allGates(layout).fill(0);
      const maps = await this.engine.attention({ layout, scale }, { adapter: values, gates }, patches);
      looks.push(attentionRollout(maps, layers, tokens, side ** 2));
      signal.throwIfAborted();
    }
    return { side, looks };
  }

  /** Loads backbone and prompts into the engine, unless they are there from the last question. */
  private objectiveFor(words: readonly string[]): Promise<Objective> {
    const key = JSON.stringify(words);
    if (this.prepared?.words === key) return this.prepared.objective;
    const { config, classes, precision } = this.setting;
    const names = [...classes, ...words];
    const task = { classes: names, prompts: names.map(promptOf) };
    const objective = prepareQuestions(config, this.engine, this.model, task, precision);
    this.prepared = { words: key, objective };
    objective.catch(() => (this.prepared = null)); // The next question tries again.
    return objective;
  }

  /** Leaves out variants without a classifier of the classes. */
  private groupsOf(variants: readonly PictureVariant[], objective: Objective): Group[] {
    const made = new Map<string, ScaledAdapter>();
    const groups = new Map<string, Group>();
    const put = (place: number, { layout, scale, values }: ScaledAdapter, gates: Uint8Array): void => {
      const key = `${layoutKey(layout)} ${scale}`;
      const group = groups.get(key) ?? { layout, scale, places: [], variants: [] };
      groups.set(key, group);
      group.places.push(place);
      group.variants.push({ adapter: values, gates });
    };
    variants.forEach((variant, place) => {
      if (variant.parts.length === 0) return;
      const adapter = this.adapterOf(variant, made);
      if (classifies(adapter.layout, objective)) put(place, adapter, gatesWithout(adapter.layout, variant.off));
    });
    this.made = made;
    const frozen = objective.kind === 'linear' ? this.headOnly() : this.zeroShot([...groups.values()].at(0));
    if (frozen)
      variants.forEach(({ parts }, place) => {
        if (parts.length === 0) put(place, frozen, allGates(frozen.layout).fill(0));
      });
    return [...groups.values()];
  }

  /** @throws RangeError for an adapter that is not held, or when adapters do not fit together */
  private adapterOf({ parts, method }: PictureVariant, made: Map<string, ScaledAdapter>): ScaledAdapter {
    // A point at the end of a path is the adapter there.
    const used = parts.filter(({ weight }) => weight !== 0);
    const sources = used.map(({ adapter }) => {
      const found = this.held.get(adapter);
      if (!found) throw new RangeError(`There is no adapter “${adapter}” to predict with.`);
      return found;
    });
    if (sources.length === 1 && used[0].weight === 1) return sources[0];
    const key = JSON.stringify([method, used]);
    const merged =
      made.get(key) ??
      this.made.get(key) ??
      mergeAdapters(sources, { method, weights: used.map(({ weight }) => weight), density: 1 });
    made.set(key, merged);
    return merged;
  }

  /** @param shape of adapters with which the backbone is evaluated; absent: none brings one */
  private zeroShot(shape: Omit<ScaledAdapter, 'values'> = { layout: this.layoutOf(null), scale: 1 }): ScaledAdapter {
    return { layout: shape.layout, scale: shape.scale, values: new Float32Array(shape.layout.size) };
  }

  /** An adapter that is nothing but the head; null when there is none. */
  private headOnly(): ScaledAdapter | null {
    const { width } = this.model.backbone.vision.config;
    const { head, classes } = this.setting;
    const found = head === null ? null : readHead(head, classes.length, width);
    if (!found) return null;
    const layout = this.layoutOf({ classes: classes.length, features: width });
    const values = new Float32Array(layout.size);
    values.set(found, layout.head?.weightOffset);
    return { layout, scale: 1, values };
  }

  private layoutOf(head: Parameters<typeof createAdapterLayout>[2]): AdapterLayout {
    const targets = { rank: 1, towers: ['vision'], projections: ['q'] } as const;
    return createAdapterLayout(towerShapes(this.model.backbone), targets, head);
  }
}
