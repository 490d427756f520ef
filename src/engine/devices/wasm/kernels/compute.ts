/** What every kernel of a study does with the items of a command. */
import { activation, activationGradient, multiply } from './activation';
import { attention, attentionGradient } from './attention';
import { applyDora, doraMagnitudeGradient, doraScales } from './dora';
import { gemmPanels, gemmRows, merge, pack, repack } from './gemm';
import { KernelId } from './kernel-id';
import { loraAccumulate, loraBackward, loraForward, loraProject } from './lora';
import * as norm from './norm';
import { adamw, scaleSegments } from './optimizer';
import * as rows from './rows';
import * as scores from './scores';

/** Items [from, to) of a command; `extra` belongs to the segment they lie in. */
export function compute(c: usize, from: i32, to: i32, extra: usize): void {
  switch (load<i32>(c)) {
    case KernelId.fill:
      return rows.fill(c, from, to);
    case KernelId.copy:
      return rows.copy(c, from, to);
    case KernelId.pack:
      return pack(c, from, to);
    case KernelId.repack:
      return repack(c, from, to);
    case KernelId.merge:
      return merge(c, from, to);
    case KernelId.gemmRows:
      return gemmRows(c, from, to, extra);
    case KernelId.gemmPanels:
      return gemmPanels(c, from, to);
    case KernelId.loraForward:
      return loraForward(c, from, to, extra);
    case KernelId.loraBackward:
      return loraBackward(c, from, to, extra);
    case KernelId.loraProject:
      return loraProject(c, from, to, extra);
    case KernelId.loraAccumulate:
      return loraAccumulate(c, from, to);
    case KernelId.doraScales:
      return doraScales(c, from, to);
    case KernelId.applyDora:
      return applyDora(c, from, to, extra);
    case KernelId.doraMagnitudeGradient:
      return doraMagnitudeGradient(c, from, to);
    case KernelId.layerNorm:
      return norm.layerNorm(c, from, to);
    case KernelId.layerNormGradient:
      return norm.layerNormGradient(c, from, to);
    case KernelId.activation:
      return activation(c, from, to);
    case KernelId.activationGradient:
      return activationGradient(c, from, to);
    case KernelId.multiply:
      return multiply(c, from, to);
    case KernelId.attention:
      return attention(c, from, to);
    case KernelId.attentionGradient:
      return attentionGradient(c, from, to);
    case KernelId.gatherRows:
      return rows.gatherRows(c, from, to);
    case KernelId.scatterRows:
      return rows.scatterRows(c, from, to);
    case KernelId.assembleTokens:
      return rows.assembleTokens(c, from, to);
    case KernelId.embedTokens:
      return rows.embedTokens(c, from, to);
    case KernelId.normalizeRows:
      return norm.normalizeRows(c, from, to);
    case KernelId.normalizeRowsGradient:
      return norm.normalizeRowsGradient(c, from, to);
    case KernelId.groupScores:
      return scores.groupScores(c, from, to);
    case KernelId.groupScoresInputGradient:
      return scores.groupScoresInputGradient(c, from, to);
    case KernelId.groupScoresWeightGradient:
      return scores.groupScoresWeightGradient(c, from, to);
    case KernelId.crossEntropy:
      return scores.crossEntropy(c, from, to);
    case KernelId.sliceSlots:
      return rows.sliceSlots(c, from, to);
    case KernelId.addToSlots:
      return rows.addToSlots(c, from, to);
    case KernelId.rowNorms:
      return scores.rowNorms(c, from, to);
    case KernelId.scaleSegments:
      return scaleSegments(c, from, to);
    case KernelId.adamw:
      return adamw(c, from, to);
  }
}
