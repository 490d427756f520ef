/**
 * Remembers what variants answered, so that a study evaluates nothing twice: the ends of a path are the runs, whose test comes first; pruning begins with everything
 * on and a sparsity of nothing; everything off is the backbone, whichever run it is asked of. Variants are known by what an evaluation reads: the factors of
 * the open gates, a head, and the images. Answers are those that the device gave, bit for bit.
 */
import { ContentHash } from '../../core/content-hash.ts';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { Evaluation, Evaluator, EvaluatorSpec, ImageSet, Objective, Variant } from '../../engine/engine.ts';
import type { Patchified } from './images.ts';

/** Answers of one variant on one set of images. */
interface Answers {
  /** [images] */
  readonly loss: Float32Array;
  readonly predicted: Int32Array;
  /** [images, classes]; null when nobody asked for them. */
  readonly logits: Float32Array | null;
}

/** Bytes of the answers that are remembered. */
const MOST_BYTES = 24 * 2 ** 20;
/** Of calls with more variants (coalitions) only those with every gate open, or none, are remembered: the others would drive out everything else. */
const MOST_VARIANTS = 512;

const bytesOf = ({ loss, predicted, logits }: Answers): number =>
  loss.byteLength + predicted.byteLength + (logits?.byteLength ?? 0);

const codes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

export class AnswerMemory {
  /** Least recently used first. */
  private readonly known = new Map<string, Answers>();
  private bytes = 0;
  private readonly objectives = new WeakMap<Objective, number>();
  private nextObjective = 0;
  private readonly images = new WeakMap<Float32Array, readonly number[]>();

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** An evaluator that asks `inner` only for what is not known. All of its sets must be of these images. */
  remembering(inner: Evaluator, spec: EvaluatorSpec, images: Pick<Patchified, 'patches' | 'labels'>): Evaluator {
    const task = this.nameOf(spec.objective, images);
    return {
      imageSet: (patches, labels) => inner.imageSet(patches, labels),
      get blockEvaluations() {
        return inner.blockEvaluations;
      },
      dispose: () => inner.dispose(),
      evaluate: (variants, set, options = {}) =>
        this.evaluate(inner, keysOf(spec, task, variants), variants, set, options),
    };
  }

  private async evaluate(
    inner: Evaluator,
    keys: readonly (string | null)[],
    variants: readonly Variant[],
    set: ImageSet,
    options: NonNullable<Parameters<Evaluator['evaluate']>[2]>,
  ): Promise<Evaluation> {
    const wantsLogits = options.logits ?? false;
    // What is known is taken at once: it may be driven out while the rest is evaluated.
    const taken = keys.map((key) => (key === null ? null : this.take(key, wantsLogits)));
    const placeOf = new Map<string, number>();
    const asked: number[] = [];
    const places = variants.map((_, i) => {
      const key = keys[i];
      const place = key === null ? undefined : placeOf.get(key);
      if (taken[i] || place !== undefined) return place ?? -1;
      if (key !== null) placeOf.set(key, asked.length);
      return asked.push(i) - 1;
    });
    const share = asked.length / Math.max(1, variants.length);
    const found =
      asked.length > 0
        ? await inner.evaluate(
            asked.map((i) => variants[i]),
            set,
            {
              ...options,
              ...(options.onProgress && {
                onProgress: (done: number) => options.onProgress?.(1 - share + share * done),
              }),
            },
          )
        : await nothing(options);
    if (asked.length === variants.length && found) {
      asked.forEach((i) => this.keep(keys[i], answersAt(found, i, set.count)));
      return found;
    }
    const answers = variants.map((_, i) => taken[i] ?? answersAt(found, places[i], set.count));
    asked.forEach((i) => this.keep(keys[i], answers[i]));
    return joined(answers, set.count, wantsLogits);
  }

  private take(key: string, wantsLogits: boolean): Answers | null {
    const answers = this.known.get(key);
    if (!answers || (wantsLogits && !answers.logits)) return null;
    this.known.delete(key);
    this.known.set(key, answers);
    return answers;
  }

  private keep(key: string | null, answers: Answers): void {
    if (key === null) return;
    const before = this.known.get(key);
    if (before) this.forget(key, before);
    this.known.set(key, answers);
    this.bytes += bytesOf(answers);
    for (const [oldest, of] of this.known) {
      if (this.bytes <= this.mostBytes) break;
      this.forget(oldest, of);
    }
  }

  private forget(key: string, answers: Answers): void {
    this.known.delete(key);
    this.bytes -= bytesOf(answers);
  }

  private numberOf(objective: Objective): number {
    const number = this.objectives.get(objective) ?? this.nextObjective++;
    this.objectives.set(objective, number);
    return number;
  }

  private nameOf(objective: Objective, { patches, labels }: Pick<Patchified, 'patches' | 'labels'>): readonly number[] {
    // Megabytes that a study asks for again and again.
    const ofPatches = this.images.get(patches) ?? new ContentHash().addFloats(patches).words;
    this.images.set(patches, ofPatches);
    return new ContentHash()
      .addWords([this.numberOf(objective), patches.length, labels.length])
      .addWords(ofPatches)
      .addWords(labels).words;
  }
}

/** Nothing to compute, and still a place to pause, stop and report. */
async function nothing({
  signal,
  between,
  onProgress,
}: NonNullable<Parameters<Evaluator['evaluate']>[2]>): Promise<null> {
  signal?.throwIfAborted();
  onProgress?.(1);
  await between?.();
  return null;
}

/** Copies: what is remembered must not hold a whole evaluation in memory. */
function answersAt(found: Evaluation | null, place: number, images: number): Answers {
  if (!found) throw new Error('A variant was neither known nor evaluated.');
  const { loss, predicted, logits } = found;
  const [from, to] = [place * images, (place + 1) * images];
  const classes = logits ? logits.length / loss.length : 0;
  return {
    loss: loss.slice(from, to),
    predicted: predicted.slice(from, to),
    logits: logits && logits.slice(from * classes, to * classes),
  };
}

function joined(answers: readonly Answers[], images: number, wantsLogits: boolean): Evaluation {
  const perVariant = answers[0]?.logits?.length ?? 0;
  const loss = new Float32Array(answers.length * images);
  const predicted = new Int32Array(answers.length * images);
  const logits = wantsLogits ? new Float32Array(answers.length * perVariant) : null;
  answers.forEach((of, i) => {
    loss.set(of.loss, i * images);
    predicted.set(of.predicted, i * images);
    if (logits && of.logits) logits.set(of.logits, i * perVariant);
  });
  return { loss, predicted, logits };
}

/** What variants are known by; null for those that are not remembered. */
function keysOf(
  { layout, scale }: EvaluatorSpec,
  task: readonly number[],
  variants: readonly Variant[],
): (string | null)[] {
  const ofAdapters = new Map<Float32Array, (pair: number | 'head') => readonly number[]>();
  const setting = new Float32Array([scale]);
  return variants.map(({ adapter, gates }) => {
    const open = gates.reduce((count, gate) => count + Number(gate !== 0), 0);
    if (variants.length > MOST_VARIANTS && open > 0 && open < gates.length) return null;
    let wordsOf = ofAdapters.get(adapter);
    if (!wordsOf) ofAdapters.set(adapter, (wordsOf = wordsOfParts(layout, adapter)));
    const hash = new ContentHash().addWords(task);
    if (layout.head) hash.addWords(wordsOf('head'));
    if (open > 0) hash.addFloats(setting);
    for (let pair = 0; pair < gates.length; pair++) if (gates[pair] !== 0) hash.addWords(wordsOf(pair));
    return hash.name;
  });
}

/** The contents of the parts of an adapter, each with where it acts; every part is read once. */
function wordsOfParts(layout: AdapterLayout, adapter: Float32Array): (part: number | 'head') => readonly number[] {
  const known = new Map<number | 'head', readonly number[]>();
  const { rank, head, pairs } = layout;
  const read = (part: number | 'head'): readonly number[] => {
    const hash = new ContentHash();
    if (part === 'head') return head ? hash.addFloats(adapter.subarray(head.weightOffset)).words : [];
    const { tower, layer, projection, inFeatures, outFeatures, aOffset, bOffset, magnitudeOffset } = pairs[part];
    hash.addWords([rank, layer, inFeatures, outFeatures, ...codes(`${tower} ${projection}`)]);
    hash.addFloats(adapter.subarray(aOffset, aOffset + rank * inFeatures));
    hash.addFloats(adapter.subarray(bOffset, bOffset + outFeatures * rank));
    if (magnitudeOffset !== null) hash.addFloats(adapter.subarray(magnitudeOffset, magnitudeOffset + outFeatures));
    return hash.words;
  };
  return (part) => {
    const words = known.get(part) ?? read(part);
    known.set(part, words);
    return words;
  };
}
