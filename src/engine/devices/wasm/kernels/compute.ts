/** What every kernel of a study does with the items of a command. */
import { activation, activationGradient, multiply } from './activation';
import { attention, attentionGradient } from './attention';
import { applyDora, doraMagnitudeGradient, doraScales } from './dora';
import { gemmPanels, gemmRows, merge, pack, repack } from './gemm';
import { Kernel } from './kernel-id';
import { loraAccumulate, loraBackward, loraForward, loraProject } from './lora';
import * as norm from './norm';
import { adamw, scaleSegments } from './optimizer';
import * as rows from './rows';
import * as scores from './scores';

/** Items [from, to) of a command; `extra` belongs to the segment they lie in. */
export function compute(c: usize, from: i32, to: i32, extra: usize): void {
  switch (load<i32>(c)) {
    case Kernel.fill:
      return rows.fill(c, from, to);
    case Kernel.copy:
      return rows.copy(c, from, to);
    case Kernel.pack:
      return pack(c, from, to);
    case Kernel.repack:
      return repack(c, from, to);
    case Kernel.merge:
      return merge(c, from, to);
    case Kernel.gemmRows:
      return gemmRows(c, from, to, extra);
    case Kernel.gemmPanels:
      return gemmPanels(c, from, to);
    case Kernel.loraForward:
      return loraForward(c, from, to, extra);
    case Kernel.loraBackward:
      return loraBackward(c, from, to, extra);
    case Kernel.loraProject:
      return loraProject(c, from, to, extra);
    case Kernel.loraAccumulate:
      return loraAccumulate(c, from, to);
    case Kernel.doraScales:
      return doraScales(c, from, to);
    case Kernel.applyDora:
      return applyDora(c, from, to, extra);
    case Kernel.doraMagnitudeGradient:
      return doraMagnitudeGradient(c, from, to);
    case Kernel.layerNorm:
      return norm.layerNorm(c, from, to);
    case Kernel.layerNormGradient:
      return norm.layerNormGradient(c, from, to);
    case Kernel.activation:
      return activation(c, from, to);
    case Kernel.activationGradient:
      return activationGradient(c, from, to);
    case Kernel.multiply:
      return multiply(c, from, to);
    case Kernel.attention:
      return attention(c, from, to);
    case Kernel.attentionGradient:
      return attentionGradient(c, from, to);
    case Kernel.gatherRows:
      return rows.gatherRows(c, from, to);
    case Kernel.scatterRows:
      return rows.scatterRows(c, from, to);
    case Kernel.assembleTokens:
      return rows.assembleTokens(c, from, to);
    case Kernel.embedTokens:
      return rows.embedTokens(c, from, to);
    case Kernel.normalizeRows:
      return norm.normalizeRows(c, from, to);
    case Kernel.normalizeRowsGradient:
      return norm.normalizeRowsGradient(c, from, to);
    case Kernel.groupScores:
      return scores.groupScores(c, from, to);
    case Kernel.groupScoresInputGradient:
      return scores.groupScoresInputGradient(c, from, to);
    case Kernel.groupScoresWeightGradient:
      return scores.groupScoresWeightGradient(c, from, to);
    case Kernel.crossEntropy:
      return scores.crossEntropy(c, from, to);
    case Kernel.sliceSlots:
      return rows.sliceSlots(c, from, to);
    case Kernel.addToSlots:
      return rows.addToSlots(c, from, to);
    case Kernel.rowNorms:
      return scores.rowNorms(c, from, to);
    case Kernel.scaleSegments:
      return scaleSegments(c, from, to);
    case Kernel.adamw:
      return adamw(c, from, to);
  }
}
