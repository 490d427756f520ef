/**
 * Several operations around linear maps as one, with fewer barriers than one after the other and the same bits: what reads nothing of one another
 * is recorded side by side, and what follows row by row is computed while the rows are in the cache.
 */
import { rowsOf, type Groups } from '../../../operands.ts';
import type { FusedOperations, LinearTerm } from '../../../optional-operations.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, WasmTensor } from '../wasm-tensor.ts';
import {
  backwardDirection,
  checkLora,
  effectiveWeights,
  forwardDirection,
  planProduct,
  recordProduct,
  skinnyGroups,
  type Direction,
  type Product,
  type WasmLinear,
} from './linear.ts';
import { loraRows, planFactorGradients, projectFactors } from './lora.ts';
import { ACTIVATION_WORK, activationCode, liveRows } from './rowwise.ts';

type Term = LinearTerm<WasmTensor, WasmLinear>;

/** f′ of an activation's input, which `applyLinearActivated` keeps in its place: the backward then multiplies and computes no exponential. */
class WasmSlopes extends WasmTensor {}

/** Records the merges of all terms side by side; returns their products. */
function products(r: Recorder, directions: readonly Direction[], terms: readonly Term[], groups: Groups): Product[] {
  const weights: ((group: number) => number)[] = [];
  r.beside(() => {
    terms.forEach(({ lora }, i) => weights.push(effectiveWeights(r, directions[i], groups, lora)));
  });
  return directions.map((direction, i) => planProduct(r, direction, groups, weights[i]));
}

/** Whether groups are added up by rank instead of by merged weights: their rows are recorded behind the product. */
function isSkinnyTerm({ lora }: Term, groups: Groups): boolean {
  if (!lora) return false;
  const isSkinny = skinnyGroups(groups, lora);
  return Array.from({ length: groups.count }, (_, group) => group).some(isSkinny);
}

/** Whether item i of a product is the same row in all of them, whatever weights its groups have: no segment is padded, or there is only one. */
const haveSameRows = (groups: Groups): boolean => groups.rowsPerGroup % 4 === 0 || groups.count === 1;

function areChained(products: readonly Product[], groups: Groups): boolean {
  const [{ kernel, items }] = products;
  if (kernel === KernelId.gemmRows && !haveSameRows(groups)) return false;
  return products.every((product) => product.kernel === kernel && product.items === items);
}

/** Adds the low-rank path of the groups that are added up by rank. */
function addSkinny(
  r: Recorder,
  kernel: KernelId.loraForward | KernelId.loraBackward,
  from: number,
  to: number,
  { map, lora }: Term,
  groups: Groups,
): void {
  if (lora) loraRows(r, kernel, from, to, map, groups, lora, skinnyGroups(groups, lora));
}

function activate(r: Recorder, x: WasmTensor, slopes: WasmTensor | null, code: number, groups: Groups): void {
  const { items, attach } = liveRows(r, groups);
  const grain = r.grain(items, x.cols * ACTIVATION_WORK);
  r.record(KernelId.activation, items, grain, code, x.cols, x.address, x.address, slopes?.address ?? 0);
  attach();
}

/** x = x ∘ f′. */
function multiplyBySlopes(r: Recorder, x: WasmTensor, slopes: number, groups: Groups): void {
  const { items, attach } = liveRows(r, groups);
  r.record(KernelId.multiply, items, r.grain(items, x.cols), x.cols, x.address, slopes, x.address);
  attach();
}

/** dy = dy ∘ f′(x). */
function activationGradient(r: Recorder, dy: WasmTensor, x: number, code: number, groups: Groups): void {
  const { items, attach } = liveRows(r, groups);
  const grain = r.grain(items, dy.cols * ACTIVATION_WORK);
  r.record(KernelId.activationGradient, items, grain, code, dy.cols, dy.address, x, dy.address);
  attach();
}

export function fusedOperations(r: Recorder): FusedOperations<WasmTensor, WasmLinear> {
  return {
    applyLinears(x, terms, groups) {
      const rows = rowsOf(groups);
      const from = addressOf(x, rows, terms[0].map.inFeatures, 'applyLinears x');
      for (const { lora } of terms) checkLora(lora, groups);
      r.begin();
      const ys = terms.map(({ map }) => r.tensor(rows, map.outFeatures));
      const directions = terms.map(({ map, lora }) => forwardDirection(map, lora));
      const planned = products(r, directions, terms, groups);
      r.beside(() => {
        planned.forEach((product, i) => {
          recordProduct(r, product, from, ys[i].address, terms[i].map.biasAddress, 0);
        });
      });
      r.beside(() => {
        terms.forEach((term, i) => addSkinny(r, KernelId.loraForward, from, ys[i].address, term, groups));
      });
      return ys;
    },

    applyLinearActivated(x, term, kind, groups, keep) {
      const { map, lora } = term;
      const rows = rowsOf(groups);
      const from = addressOf(x, rows, map.inFeatures, 'applyLinearActivated x');
      checkLora(lora, groups);
      r.begin();
      const activated = r.tensor(rows, map.outFeatures);
      const slopes = keep ? r.tensor(rows, map.outFeatures) : null;
      const code = activationCode(kind);
      const [product] = products(r, [forwardDirection(map, lora)], [term], groups);
      const byRows = product.kernel === KernelId.gemmRows && haveSameRows(groups) && !isSkinnyTerm(term, groups);
      const record = () => {
        recordProduct(r, product, from, activated.address, map.biasAddress, 0);
        addSkinny(r, KernelId.loraForward, from, activated.address, term, groups);
        activate(r, activated, slopes, code, groups);
      };
      if (byRows) r.chained(record);
      else record();
      return { hidden: slopes && r.takeOver(slopes, WasmSlopes), activated };
    },

    linearsBackward(terms, groups, { x, gradients, input }) {
      const rows = rowsOf(groups);
      const inputs = terms[0].map.inFeatures;
      const dys = terms.map(({ dy, map }) => addressOf(dy, rows, map.outFeatures, 'linearsBackward dy'));
      for (const { lora } of terms) checkLora(lora, groups);
      const { accumulate = null, activation = null } = input ?? {};
      const add = accumulate ? addressOf(accumulate, rows, inputs, 'linearsBackward accumulate') : 0;
      const hidden = activation ? addressOf(activation.hidden, rows, inputs, 'linearsBackward hidden') : 0;
      r.begin();
      const dx = input && (accumulate ? r.takeOver(accumulate) : r.tensor(rows, inputs));
      let directions: Direction[] = [];
      r.beside(() => {
        if (dx) directions = terms.map(({ map, lora }) => backwardDirection(r, map, lora));
      });

      const accumulations: (() => void)[] = [];
      let planned: Product[] = [];
      r.beside(() => {
        for (const { dy, lora } of terms) {
          const plan = lora && x && planFactorGradients(dy, x, groups, lora, gradients);
          if (plan) accumulations.push(projectFactors(r, plan));
        }
        if (dx) planned = products(r, directions, terms, groups);
      });

      const backward = (target: WasmTensor) => {
        planned.forEach((product, i) => {
          recordProduct(r, product, dys[i], target.address, 0, i > 0 ? target.address : add);
          addSkinny(r, KernelId.loraBackward, dys[i], target.address, terms[i], groups);
        });
        if (!activation) return;
        if (activation.hidden instanceof WasmSlopes) multiplyBySlopes(r, target, hidden, groups);
        else activationGradient(r, target, hidden, activationCode(activation.kind), groups);
      };
      const isChain =
        planned.length > 0 &&
        areChained(planned, groups) &&
        (activation === null || (planned[0].kernel === KernelId.gemmRows && haveSameRows(groups))) &&
        !terms.some((term) => isSkinnyTerm(term, groups));
      r.beside(() => {
        for (const accumulation of accumulations) accumulation();
        if (dx && isChain) r.chained(() => backward(dx));
      });
      if (dx && !isChain) backward(dx);
      return dx;
    },
  };
}
