/**
 * One trained adapter as a safetensors file. Tensors are called TOWER.layers.LAYER.PROJECTION.lora_A and …lora_B, in this project's terms; DoRA adds
 * ….magnitude, and a trained head adds head.weight and head.bias. Names and shapes alone determine the layout, so reading needs no other file.
 */
import {
  PROJECTIONS,
  TOWERS,
  type AdapterLayout,
  type HeadLayout,
  type LoraPair,
  type PairShape,
  type Player,
} from '../../core/adapter-layout.ts';
import { parseSafetensors, SafetensorsError, type SafetensorsFile } from '../../model/safetensors.ts';
import { unsoundValue } from '../../model/sound-values.ts';
import { writeSafetensors, type OutputTensor } from '../../model/write-safetensors.ts';
import { SHARE_CHECKS } from '../words.ts';

const FACTOR = new RegExp(
  `^(${TOWERS.join('|')})\\.layers\\.(\\d{1,4})\\.(${PROJECTIONS.join('|')})\\.(?:lora_A|lora_B|magnitude)$`,
);
const HEAD_NAMES = ['head.weight', 'head.bias'];

/** @param values [layout.size] @param half stores 16 bits of each value instead of 32 */
export function writeAdapter(
  layout: AdapterLayout,
  values: Float32Array,
  metadata: Readonly<Record<string, string>>,
  half = false,
): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, OutputTensor> = {};
  const put = (name: string, offset: number, shape: readonly number[]) => {
    const length = shape.reduce((product, n) => product * n, 1);
    tensors[name] = { shape, data: values.subarray(offset, offset + length), half };
  };
  for (const { tower, layer, projection, inFeatures, outFeatures, aOffset, bOffset, magnitudeOffset } of layout.pairs) {
    const module = `${tower}.layers.${layer}.${projection}`;
    put(`${module}.lora_A`, aOffset, [layout.rank, inFeatures]);
    put(`${module}.lora_B`, bOffset, [outFeatures, layout.rank]);
    if (magnitudeOffset !== null) put(`${module}.magnitude`, magnitudeOffset, [outFeatures]);
  }
  if (layout.head) {
    const { classes, features, weightOffset, biasOffset } = layout.head;
    put('head.weight', weightOffset, [classes, features]);
    put('head.bias', biasOffset, [classes]);
  }
  return writeSafetensors(tensors, metadata);
}

interface Found extends PairShape {
  readonly module: string;
  readonly rank: number;
}

function shapeOf(file: SafetensorsFile, name: string, dimensions: number): readonly number[] {
  const shape = file.tensors.get(name)?.shape;
  if (shape?.length !== dimensions || shape.some((size) => size < 1))
    throw new SafetensorsError(SHARE_CHECKS.dimensions(name, dimensions));
  return shape;
}

function findPairs(file: SafetensorsFile): Found[] {
  const modules = new Map<string, Pick<Found, 'tower' | 'layer' | 'projection'>>();
  for (const name of file.tensors.keys()) {
    if (HEAD_NAMES.includes(name)) continue;
    const match = FACTOR.exec(name);
    if (!match) throw new SafetensorsError(SHARE_CHECKS.noFactor(name));
    const [, tower, layer, projection] = match;
    modules.set(name.slice(0, name.lastIndexOf('.')), {
      tower: tower === 'text' ? 'text' : 'vision',
      layer: Number(layer),
      projection: PROJECTIONS.find((known) => known === projection) ?? 'q',
    });
  }
  const pairs = [...modules].map(([module, part]): Found => {
    const [rank, inFeatures] = shapeOf(file, `${module}.lora_A`, 2);
    const [outFeatures, otherRank] = shapeOf(file, `${module}.lora_B`, 2);
    if (rank !== otherRank) throw new SafetensorsError(SHARE_CHECKS.ranksOfFactors(module, rank, otherRank));
    return { module, ...part, rank, inFeatures, outFeatures };
  });
  const order = ({ tower, layer, projection }: Found) =>
    (TOWERS.indexOf(tower) * 10_000 + layer) * PROJECTIONS.length + PROJECTIONS.indexOf(projection);
  return pairs.sort((a, b) => order(a) - order(b));
}

/**
 * Reads what writeAdapter wrote.
 * @throws SafetensorsError naming the tensor that is missing, unknown, of another rank, or has values that no training leaves.
 */
export function readAdapter(bytes: Uint8Array): { layout: AdapterLayout; values: Float32Array<ArrayBuffer> } {
  const file = parseSafetensors(bytes);
  const found = findPairs(file);
  if (found.length === 0) throw new SafetensorsError(SHARE_CHECKS.noFactors);
  const [{ rank, module: first }] = found;
  const dora = file.tensors.has(`${first}.magnitude`);
  const players: Player[] = [];
  const playerOfPair: number[] = [];
  const pairs: LoraPair[] = [];
  const parts: [name: string, offset: number][] = [];
  let size = 0;
  const take = (name: string, length: number): number => {
    parts.push([name, size]);
    size += length;
    return size - length;
  };
  for (const { module, rank: own, ...pair } of found) {
    if (own !== rank) throw new SafetensorsError(SHARE_CHECKS.otherRank(module, own, rank));
    const { tower, layer, inFeatures, outFeatures } = pair;
    const last = players.at(-1);
    if (last?.tower !== tower || last.layer !== layer) players.push({ tower, layer });
    playerOfPair.push(players.length - 1);
    const aOffset = take(`${module}.lora_A`, rank * inFeatures);
    const bOffset = take(`${module}.lora_B`, outFeatures * rank);
    const magnitudeOffset = dora ? takeMagnitudes(file, module, outFeatures, take) : null;
    pairs.push({ ...pair, aOffset, bOffset, magnitudeOffset });
  }
  const head = file.tensors.has('head.weight') ? takeHead(file, take) : null;
  const values = new Float32Array(size);
  for (const [name, offset] of parts) {
    const part = file.float32(name);
    const unsound = unsoundValue(name, part);
    if (unsound) throw new SafetensorsError(unsound);
    values.set(part, offset);
  }
  return { layout: { rank, dora, pairs, players, playerOfPair, head, size }, values };
}

function takeMagnitudes(
  file: SafetensorsFile,
  module: string,
  outFeatures: number,
  take: (name: string, length: number) => number,
): number {
  const [length] = shapeOf(file, `${module}.magnitude`, 1);
  if (length !== outFeatures) throw new SafetensorsError(SHARE_CHECKS.magnitudes(module, length, outFeatures));
  return take(`${module}.magnitude`, outFeatures);
}

function takeHead(file: SafetensorsFile, take: (name: string, length: number) => number): HeadLayout {
  const [classes, features] = shapeOf(file, 'head.weight', 2);
  const [biases] = shapeOf(file, 'head.bias', 1);
  if (biases !== classes) throw new SafetensorsError(SHARE_CHECKS.head(classes, biases));
  const weightOffset = take('head.weight', classes * features);
  return { classes, features, weightOffset, biasOffset: take('head.bias', classes) };
}
