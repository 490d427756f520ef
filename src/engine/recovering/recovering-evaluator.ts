/** An evaluator that is rebuilt, with its image sets, on a new device. An interrupted evaluation is repeated. */
import type { Engine, Evaluation, EvaluateOptions, Evaluator, EvaluatorSpec, ImageSet, Variant } from '../engine.ts';
import { persist, type Rebuilt, type Recovery } from './recovery.ts';

/** The images on the host, and the set that holds them on the present device. */
class KeptImages implements ImageSet {
  constructor(
    readonly patches: Float32Array,
    readonly labels: Int32Array,
    public inner: ImageSet,
    private readonly onDispose: () => void,
  ) {}

  get count(): number {
    return this.labels.length;
  }

  dispose(): void {
    this.onDispose();
    this.inner.dispose();
  }
}

export class RecoveringEvaluator implements Evaluator, Rebuilt {
  private inner: Evaluator;
  private readonly sets = new Set<KeptImages>();
  /** By devices that are gone. */
  private earlierEvaluations = 0;

  constructor(
    private readonly recovery: Recovery,
    private readonly spec: EvaluatorSpec,
    private readonly onDispose: () => void,
  ) {
    this.inner = recovery.engine.createEvaluator(spec);
  }

  imageSet(patches: Float32Array, labels: Int32Array): ImageSet {
    const set = new KeptImages(patches, labels, this.inner.imageSet(patches, labels), () => this.sets.delete(set));
    this.sets.add(set);
    return set;
  }

  evaluate(variants: readonly Variant[], images: ImageSet, options?: EvaluateOptions): Promise<Evaluation> {
    return persist(this.recovery, () =>
      this.inner.evaluate(variants, images instanceof KeptImages ? images.inner : images, options),
    );
  }

  get blockEvaluations(): number {
    return this.earlierEvaluations + this.inner.blockEvaluations;
  }

  rebuild(engine: Engine): Promise<void> {
    this.earlierEvaluations += this.inner.blockEvaluations;
    this.inner = engine.createEvaluator(this.spec);
    for (const set of this.sets) set.inner = this.inner.imageSet(set.patches, set.labels);
    return Promise.resolve();
  }

  dispose(): void {
    this.onDispose();
    this.inner.dispose();
  }
}
