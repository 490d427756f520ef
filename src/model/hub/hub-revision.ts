/** What a model hub says about a revision of a repository: its commit, licence and files. */
import * as v from 'valibot';
import { parseJsonBytes } from '../validate-json.ts';
import { getWhole } from '../../platform/http/get-file.ts';
import { isCommit, ModelSourceError, type ModelRef } from './model-id.ts';
import type { HttpOptions } from '../../platform/http/request.ts';
import { parseDigest } from '../../platform/sha256.ts';
import { HttpRefusal } from '../../platform/http/source-error.ts';
import { HUB_WORDS } from './words.ts';

const MAX_API_ANSWER = 8_000_000;
const ApiSchema = v.object({
  sha: v.string(),
  cardData: v.nullish(v.object({ license: v.nullish(v.union([v.string(), v.array(v.string())]), null) }), null),
  tags: v.nullish(v.array(v.string()), []),
  siblings: v.nullish(
    v.array(v.object({ rfilename: v.string(), lfs: v.nullish(v.object({ sha256: v.nullish(v.string()) })) })),
    [],
  ),
});

export interface Resolved {
  readonly commit: string;
  readonly licence: string | null;
  /** SHA-256 of large files by name, because a page cannot read the headers behind redirects. */
  readonly digests: ReadonlyMap<string, string>;
  /** Paths of all files of the repository. */
  readonly files: readonly string[];
}

const licenceOf = ({ cardData, tags }: v.InferOutput<typeof ApiSchema>): string | null => {
  const named = cardData?.license ?? tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? null;
  return Array.isArray(named) ? named.join(', ') : named;
};

const digestsOf = ({ siblings }: v.InferOutput<typeof ApiSchema>): ReadonlyMap<string, string> =>
  new Map(
    siblings.flatMap(({ rfilename, lfs }) => {
      const digest = parseDigest(lfs?.sha256);
      return digest === null ? [] : [[rfilename, digest] as const];
    }),
  );

const filesOf = ({ siblings }: v.InferOutput<typeof ApiSchema>): readonly string[] =>
  (siblings ?? []).map(({ rfilename }) => rfilename);

export type HubRef = Extract<ModelRef, { kind: 'hub' }>;

async function ask(ref: HubRef, http: HttpOptions): Promise<Resolved> {
  const address = `${ref.hub}/api/models/${ref.repo}/revision/${encodeURIComponent(ref.revision)}?blobs=true`;
  const { bytes } = await getWhole(address, MAX_API_ANSWER, http);
  const answer = v.safeParse(ApiSchema, parseJsonBytes(HUB_WORDS.hubAnswer, bytes.buffer));
  if (!answer.success || !isCommit(answer.output.sha))
    throw new ModelSourceError(HUB_WORDS.noHub(new URL(ref.hub).host));
  const { output } = answer;
  return { commit: output.sha, licence: licenceOf(output), digests: digestsOf(output), files: filesOf(output) };
}

/**
 * Asks the hub which commit a revision is, and what lies in it.
 * @throws ModelSourceError when there is no such repository or revision, or the server is no hub
 */
export async function resolveRevision(ref: HubRef, http: HttpOptions): Promise<Resolved> {
  try {
    return await ask(ref, http);
  } catch (error) {
    if (error instanceof HttpRefusal && error.status === 404)
      throw new ModelSourceError(HUB_WORDS.noModel(ref.repo, ref.revision, new URL(ref.hub).host));
    throw error;
  }
}
