import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/rng.ts';
import { contrastiveLoss } from '../../../scripts/pretrain/all-weights/contrastive-loss.ts';

/** The definition, over all B × B pairs. */
function byDefinition(cosines: Float64Array, captionOfImage: Int32Array, logitScale: number): number {
  const images = captionOfImage.length;
  const captions = cosines.length / images;
  const score = (i: number, j: number) => Math.exp(logitScale) * cosines[i * captions + captionOfImage[j]];
  let loss = 0;
  for (const scoreOf of [score, (i: number, j: number) => score(j, i)])
    for (let i = 0; i < images; i++) {
      const row = Array.from({ length: images }, (_, j) => scoreOf(i, j));
      const logSum = Math.log(row.reduce((sum, s) => sum + Math.exp(s), 0));
      const positives = row.filter((_, j) => captionOfImage[i] === captionOfImage[j]);
      loss += positives.reduce((sum, s) => sum + logSum - s, 0) / positives.length / images / 2;
    }
  return loss;
}

describe('contrastive loss', () => {
  it('of a hand example with a repeated caption', () => {
    // Images 0 and 1 share caption 0. With scores of ln 2 for right pairs and 0 otherwise, rows are (2, 2, 1) / 5 and (1, 1, 2) / 4:
    // image to text (2 ln 5/2 + ln 4/2) / 3, and text to image the same.
    const cosines = Float64Array.of(Math.log(2), 0, Math.log(2), 0, 0, Math.log(2));
    const { loss } = contrastiveLoss(cosines, Int32Array.of(0, 0, 1), 0);
    expect(loss).toBeCloseTo((2 * Math.log(5 / 2) + Math.log(2)) / 3, 12);
  });

  it('equals its definition over all pairs, with gradients', () => {
    const rng = stream(1, 'analysis');
    const captionOfImage = Int32Array.of(0, 1, 1, 2, 0, 1);
    const cosines = Float64Array.from({ length: 18 }, () => 2 * rng.uniform() - 1);
    const scale = 1.3;
    const { loss, dCosines, dLogitScale } = contrastiveLoss(cosines, captionOfImage, scale);
    expect(loss).toBeCloseTo(byDefinition(cosines, captionOfImage, scale), 12);
    const step = 1e-6;
    dCosines.forEach((gradient, i) => {
      const at = (sign: number) => byDefinition(cosines.with(i, cosines[i] + sign * step), captionOfImage, scale);
      expect(gradient).toBeCloseTo((at(1) - at(-1)) / (2 * step), 6);
    });
    const scaled = (sign: number) => byDefinition(cosines, captionOfImage, scale + sign * step);
    expect(dLogitScale).toBeCloseTo((scaled(1) - scaled(-1)) / (2 * step), 6);
  });

  it('stays finite at the largest temperature', () => {
    const { loss } = contrastiveLoss(Float64Array.of(-1, 1, 1, -1), Int32Array.of(0, 1), Math.log(100));
    expect(loss).toBeCloseTo(200, 6);
  });
});
