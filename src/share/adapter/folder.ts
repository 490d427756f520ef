/** An adapter as a PEFT folder, or as a zip of one. */
import { zipSync, type Zippable } from 'fflate';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { AdapterBase } from '../../model/peft/base.ts';
import { ADAPTER_CONFIG_FILE, PROVENANCE_FILE, ADAPTER_WEIGHTS_FILE } from '../../model/peft/config.ts';
import type { Naming } from '../../model/peft/family-names.ts';
import { writePeft, type FlatAdapter, type LoraScaling } from '../../model/peft/write.ts';
import { canBeOnHub } from '../../model/hub/adapters/base-names.ts';
import { folderOfModel, hubModel } from './base-model.ts';
import { provenanceJson, type Provenance } from './provenance.ts';
import { adapterReadme } from './readme.ts';
import type { TrainedFor } from './trained-for.ts';

export interface AdapterExport {
  readonly name: string;
  readonly adapter: FlatAdapter;
  readonly base: AdapterBase;
  /** StudyConfig.backbone */
  readonly backbone: string;
  /** SHA-256 of its weights; empty if unknown. */
  readonly weights: readonly OriginDigest[];
  /** The backbone that it was trained for, where that is another one. */
  readonly trainedFor: TrainedFor | null;
  readonly naming: Naming;
  readonly scaling: LoraScaling | null;
  /** Class names for a trained classifier; empty if nobody says them. */
  readonly classes: readonly string[];
  readonly provenance: Provenance;
  readonly appVersion: string;
}

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

/** The backbone that the files name, and where its folder is if no hub has it. */
function baseOf({ backbone, weights, trainedFor }: AdapterExport) {
  if (!trainedFor) return { ...hubModel(backbone), weights, folder: folderOfModel(backbone) };
  const { name, revision } = trainedFor;
  const folder = canBeOnHub(name) ? null : folderOfModel(name);
  return { baseModel: name, revision, weights: trainedFor.weights, folder };
}

/** File name → bytes. @throws RangeError when a factor cannot be written (peft/write.ts). */
export async function adapterFolder(exported: AdapterExport): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const { adapter, base, naming, scaling, provenance, appVersion } = exported;
  const classes = adapter.layout.head ? exported.classes : [];
  const named = baseOf(exported);
  const { baseModel, revision, weights: digests } = named;
  const { config, weights } = writePeft(adapter, { base, baseModel, revision, naming, scaling });
  return {
    [ADAPTER_CONFIG_FILE]: text(config),
    [ADAPTER_WEIGHTS_FILE]: weights,
    'README.md': text(adapterReadme({ ...exported, ...named })),
    [PROVENANCE_FILE]: text(await provenanceJson(provenance, digests, classes, appVersion)),
  };
}

/** What a zip holds as it is. */
const COMPRESSED = /\.png$/;

/** A zip with one folder. Equal contents give equal zips. */
export function zipFolder(
  folder: string,
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, bytes]): [string, Zippable[string]] => [
    `${folder}/${name}`,
    COMPRESSED.test(name) ? [bytes, { level: 0 }] : bytes,
  ]);
  // The earliest time a zip can hold; a fixed one keeps the file reproducible.
  return zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) });
}

/** Letters of a long name: as many of its beginning, and of its end, where the seed stands. */
const KEPT = { first: 45, last: 14 };

/** "CopRA · seed 3" → "copra-seed-3". Names that differ may give the same one. */
export function fileNameOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const { first, last } = KEPT;
  const short = plain.length > first + last + 1 ? `${plain.slice(0, first)}-${plain.slice(-last)}` : plain;
  return short.replace(/-+/g, '-').replace(/^-|-$/g, '') || 'adapter';
}
