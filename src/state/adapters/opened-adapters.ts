/** The PEFT adapters in opened files, read for the backbone of a study. */
import type { OriginDigest } from '../../model/hub/manifest.ts';
import { findAdapters, type OpenedFile } from '../../share/adapter/find.ts';
import { classesIn } from '../../share/adapter/provenance.ts';
import { hasDigests, otherBackboneNote, trainedFor } from '../../share/adapter/trained-for.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { Asks } from '../../worker/client.ts';
import type { NewAdapter } from './adapters-store.ts';

/**
 * One after the other: those before one that cannot be read are there.
 * @param digestOf SHA-256 of a backbone's weights
 * @throws Error saying what cannot be read or does not fit the backbone
 */
export async function* openedAdapters(
  files: readonly OpenedFile[],
  config: StudyConfig,
  client: Asks<'read-adapter'>,
  digestOf: (backbone: string) => Promise<readonly OriginDigest[]>,
): AsyncGenerator<NewAdapter, void, undefined> {
  const { backbone } = config;
  const found = await findAdapters(files);
  // Those of a bundled backbone come from its whole weights file. Where they cannot be had, names decide.
  const digests = found.some(({ copra }) => hasDigests(copra)) ? await digestOf(backbone).catch(() => []) : [];
  for (const { name, file, copra, config: peft, weights } of found) {
    const read = await client.ask('read-adapter', { config, files: { config: peft, weights: await weights() } });
    const { baseModel, revision, ...adapter } = read;
    const other = trainedFor({ baseModel, revision, copra }, backbone, digests);
    yield {
      ...adapter,
      kind: 'opened',
      name,
      backbone,
      trainedFor: other,
      provenance: { kind: 'file', file, baseModel, copra },
      classes: classesIn(copra, adapter.layout.head?.classes ?? 0),
      warnings: [...(other ? [otherBackboneNote(other, backbone)] : []), ...adapter.warnings],
    };
  }
}
