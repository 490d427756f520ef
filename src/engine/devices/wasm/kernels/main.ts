/**
 * Entry points. The host writes a list of commands and calls `run` on the main thread; helper threads sleep inside `helper` and execute
 * the same list. Threads claim items of a command from a shared counter, so that a slow or busy core delays nobody; what an item
 * computes does not depend on who computes it, so results are the same for any number of threads.
 */
import { activation, activationGradient } from './activation';
import { attention, attentionGradient } from './attention';
import { announce, awaitGeneration, barrier, claim, setThread } from './control';
import { applyDora, doraMagnitudeGradient, doraScales } from './dora';
import { gemmPanels, gemmRows, merge, pack, repack } from './gemm';
import { Kernel, Layout } from './kernel-id';
import { loraAccumulate, loraBackward, loraForward, loraProject } from './lora';
import * as norm from './norm';
import { adamw, scaleSegments } from './optimizer';
import * as rows from './rows';
import * as scores from './scores';

/** Items [from, to) of a command; `extra` belongs to the segment they lie in. */
function compute(c: usize, from: i32, to: i32, extra: usize): void {
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
    case Kernel.weightGradient:
      return rows.weightGradient(c, from, to);
    case Kernel.sumRows:
      return rows.sumRows(c, from, to);
    case Kernel.layerNorm:
      return norm.layerNorm(c, from, to);
    case Kernel.layerNormGradient:
      return norm.layerNormGradient(c, from, to);
    case Kernel.layerNormWeightGradient:
      return norm.layerNormWeightGradient(c, from, to);
    case Kernel.activation:
      return activation(c, from, to);
    case Kernel.activationGradient:
      return activationGradient(c, from, to);
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

/** Claimed items [from, to): directly, or through the command's segments (first item, first index, count, extra). */
function dispatch(c: usize, from: i32, to: i32): void {
  let segment = load<usize>(c, Layout.WORD_SEGMENTS * 4);
  if (!segment) return compute(c, from, to, 0);
  for (let s = load<i32>(c, Layout.WORD_SEGMENT_COUNT * 4); s > 0; s--) {
    const first = load<i32>(segment);
    if (first >= to) return;
    const start = load<i32>(segment, 4);
    const begin = max(from - first, 0);
    const end = min(to - first, load<i32>(segment, 8));
    if (begin < end) compute(c, start + begin, start + end, load<usize>(segment, 12));
    segment += 16;
  }
}

function executeList(): void {
  let c = load<usize>(Layout.CONTROL_COMMANDS);
  for (let n = load<i32>(Layout.CONTROL_COUNT); n > 0; n--) {
    const items = load<i32>(c, Layout.WORD_ITEMS * 4);
    const grain = load<i32>(c, Layout.WORD_GRAIN * 4);
    for (let from = claim(c, grain); from < items; from = claim(c, grain)) dispatch(c, from, min(items, from + grain));
    barrier();
    c += Layout.COMMAND_BYTES;
  }
}

/** Whether this build multiplies and adds in one instruction. */
export const relaxedSimd: bool = ASC_FEATURE_RELAXED_SIMD;

/** Executes the list with all threads; returns when all of it is done. Called on the main thread. */
export function run(threads: i32): void {
  setThread(0, threads);
  announce();
  executeList();
}

/** The life of helper thread `index`; returns when the host sets the quit word. */
export function helper(index: i32, threads: i32): void {
  setThread(index, threads);
  let seen = 0;
  while (true) {
    seen = awaitGeneration(seen);
    if (load<i32>(Layout.CONTROL_QUIT)) return;
    executeList();
  }
}
