/** Plans which bytes of the remote files are fetched, and the safetensors file they form here: only the tensors a backbone needs. */
import type { SafetensorsHeader, TensorInfo } from '../safetensors.ts';

/** A range of a remote file that is kept, and its target position. */
export interface Piece {
  readonly file: string;
  /** In the remote file. */
  readonly begin: number;
  readonly end: number;
  /** In our file. */
  readonly target: number;
}

export interface WeightsPlan {
  /** Length and header of our file: its first bytes. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** In the order in which they are written. */
  readonly pieces: readonly Piece[];
  readonly totalBytes: number;
  readonly files: readonly RemoteWeights[];
}

/** A remote file, its header read. */
export interface RemoteWeights {
  readonly file: string;
  readonly dataStart: number;
  readonly header: SafetensorsHeader;
  /** The bytes before dataStart. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** Size of the file in bytes; null if the server does not report it. */
  readonly size: number | null;
  /** SHA-256 of the file as its source names it. */
  readonly digest: string | null;
  /** The server's version of the file; null if it reports none, or the file cannot change. */
  readonly version: string | null;
}

/** Versions by file, for files with a version from the server. */
export const versionsOf = ({ files }: WeightsPlan): Record<string, string> =>
  Object.fromEntries(files.flatMap(({ file, version }) => (version === null ? [] : [[file, version]])));

/** Gaps up to this length are cheaper to skip over than to ask around. */
const MERGE_GAP = 1_000_000;

/** The header is part of a model's SHA-256. Another order or spelling would change the ids of models that links and studies use. */
function encodeHead(tensors: readonly (readonly [string, TensorInfo])[]): Uint8Array<ArrayBuffer> {
  const entries = tensors.map(([name, { dtype, shape, begin, end }]) => [
    name,
    { dtype, shape, data_offsets: [begin, end] },
  ]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + padded).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
  head.set(json, 8);
  return head;
}

/** @param isNeeded says for every tensor of every file whether it is kept from that file */
export function planWeights(
  files: readonly RemoteWeights[],
  isNeeded: (name: string, file: string) => boolean,
): WeightsPlan {
  const kept: [string, TensorInfo][] = [];
  const sources: { file: string; begin: number; end: number }[] = [];
  let length = 0;
  for (const { file, dataStart, header } of files) {
    const wanted = [...header.tensors]
      .filter(([name]) => isNeeded(name, file))
      .sort(([, a], [, b]) => a.begin - b.begin);
    for (const [name, info] of wanted) {
      const bytes = info.end - info.begin;
      kept.push([name, { ...info, begin: length, end: length + bytes }]);
      length += bytes;
      if (bytes > 0) sources.push({ file, begin: dataStart + info.begin, end: dataStart + info.end });
    }
  }
  const head = encodeHead(kept);
  const pieces: Piece[] = [];
  let target = head.length;
  for (const { file, begin, end } of sources) {
    const last = pieces.at(-1);
    if (last?.file === file && last.end === begin) pieces[pieces.length - 1] = { ...last, end };
    else pieces.push({ file, begin, end, target });
    target += end - begin;
  }
  return { head, pieces, totalBytes: head.length + length, files };
}

/** The pieces still missing when the first `have` bytes of our file are stored. */
function remaining(plan: WeightsPlan, have: number): Piece[] {
  return plan.pieces.flatMap((piece) => {
    const done = Math.max(0, have - piece.target);
    return piece.begin + done >= piece.end
      ? []
      : [{ ...piece, begin: piece.begin + done, target: piece.target + done }];
  });
}

/** Pieces of one file whose gaps are short, and the stretch that one request fetches for them. */
export interface PieceGroup {
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

function groupPieces(pieces: readonly Piece[]): PieceGroup[] {
  const groups: PieceGroup[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last?.file === piece.file && piece.begin - last.end <= MERGE_GAP)
      groups[groups.length - 1] = { ...last, end: piece.end, pieces: [...last.pieces, piece] };
    else groups.push({ file: piece.file, begin: piece.begin, end: piece.end, pieces: [piece] });
  }
  return groups;
}

/**
 * Plans the requests. A file that is needed almost completely is fetched completely, so that its SHA-256 can be computed.
 * @param have bytes of our file already stored
 */
export function planRequests(plan: WeightsPlan, have: number): PieceGroup[] {
  const sizeOf = new Map(plan.files.map(({ file, dataStart, size }) => [file, { dataStart, size }]));
  return groupPieces(remaining(plan, have)).map((group) => {
    const { dataStart, size } = sizeOf.get(group.file)!;
    const isFresh = group.begin === plan.pieces.find(({ file }) => file === group.file)?.begin;
    const reaches = size !== null && group.begin - dataStart <= MERGE_GAP && size - group.end <= MERGE_GAP;
    return isFresh && reaches ? { ...group, begin: dataStart, end: size } : group;
  });
}
