/** copra.json: the origin of an adapter, for which PEFT's own files have no room. */
import * as v from 'valibot';
import { MERGE_METHODS } from '../../copra/merging/methods.ts';
import { plainName } from '../../core/plain-name.ts';
import { without } from '../../core/without.ts';
import type { Player } from '../../core/adapter-layout.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import { sha256Of } from '../../platform/sha256.ts';
import { ArmSchema, type ArmConfig, type StudyConfig } from '../../study/config/config.ts';
import { promptsOf } from '../../study/config/prompts.ts';
import type { GateStatistics } from '../../study/result/run-adapter.ts';
import type { Frozen } from '../../study/result/frozen.ts';
import { ADAPTER_NAMES } from './messages.ts';

/** A run of a study. */
export interface RunProvenance {
  readonly kind: 'run';
  readonly arm: ArmConfig;
  readonly seed: number;
  readonly study: StudyConfig;
  /** What its task is called; null where it is not known any more. */
  readonly taskName: string | null;
  readonly gates: GateStatistics;
  readonly players: readonly Player[];
  /** Those that the study tells apart; empty where they are not known any more. */
  readonly classes: readonly string[];
  /** Whether classes are told by prompts, as CLIP does. */
  readonly hasPrompts: boolean;
  /** Measured in the study; null if unknown. */
  readonly testAccuracy: number | null;
  /** What it is over; null where nobody knows it any more. */
  readonly testImages: number | null;
  /** Accuracy of the frozen backbone; null if it was not measured. */
  readonly frozen: Pick<Frozen, 'name' | 'accuracy'> | null;
}

/** An adapter merged from other adapters. */
export interface MergeProvenance {
  readonly kind: 'merge';
  readonly method: string;
  readonly density: number | null;
  readonly sources: readonly { readonly name: string; readonly weight: number; readonly from: Provenance }[];
}

/** An adapter opened from a file. `copra` is the unchanged content of its own copra.json. */
export interface FileProvenance {
  readonly kind: 'file';
  readonly file: string;
  readonly baseModel: string | null;
  readonly copra: unknown;
}

export type Provenance = RunProvenance | MergeProvenance | FileProvenance;

/** Sorts keys, so that equal studies have equal text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

/** SHA-256 of a study's configuration, hexadecimal: equal for equal studies. */
export const studyHash = (study: StudyConfig): Promise<string> =>
  sha256Of(new TextEncoder().encode(JSON.stringify(canonical(study))));

/** What all sources of a merge say; null unless they agree. */
export function common<T>([first, ...others]: readonly T[]): T | null {
  const text = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === text) ? first : null;
}

/** Sources of a merge, with the prompts that all of them have once beside them: there may be thousands. */
function sharingPrompts(sources: readonly Record<string, unknown>[]): Record<string, unknown> {
  const prompts = common(sources.map((source) => source.prompts)) ?? null;
  return prompts === null ? { sources } : { prompts, sources: sources.map((source) => without(source, 'prompts')) };
}

async function describe(provenance: Provenance): Promise<Record<string, unknown>> {
  switch (provenance.kind) {
    case 'run': {
      const { arm, seed, study, taskName, gates, players, classes, hasPrompts, testAccuracy, testImages, frozen } =
        provenance;
      return {
        kind: 'run',
        method: arm.method,
        arm,
        seed,
        study_sha256: await studyHash(study),
        backbone: study.backbone,
        image_size: study.imageSize ?? null,
        task: study.task,
        ...(taskName !== null && { task_name: taskName }),
        ...(classes.length > 0 && { classes }),
        ...(classes.length > 0 &&
          hasPrompts && { prompts: promptsOf(study, { classes, prompts: classes.map(promptOf) }) }),
        shots: study.shots,
        draw: study.draw ?? 0,
        training: study.training,
        test_accuracy: testAccuracy,
        test_images: testImages,
        [frozen?.name === 'head only' ? 'head_only_accuracy' : 'zero_shot_accuracy']: frozen && frozen.accuracy,
        gates: {
          steps: gates.steps,
          layers: players.map(({ tower, layer }, i) => ({ tower, layer, active_steps: gates.activeSteps[i] })),
        },
      };
    }
    case 'merge':
      return {
        kind: 'merge',
        method: provenance.method,
        density: provenance.density,
        ...sharingPrompts(
          await Promise.all(
            provenance.sources.map(async ({ name, weight, from }) => ({ name, weight, ...(await describe(from)) })),
          ),
        ),
      };
    case 'file':
      return { kind: 'file', file: provenance.file, base_model: provenance.baseModel, copra: provenance.copra };
  }
}

/**
 * @param weights SHA-256 of the backbone's weights; empty if unknown
 * @param classes of its classifier; empty if it has none, or nobody says
 */
export async function provenanceJson(
  provenance: Provenance,
  weights: readonly OriginDigest[],
  classes: readonly string[],
  appVersion: string,
): Promise<string> {
  const digests = weights.map(({ file, sha256, confirmed }) => ({ file, sha256, confirmed_by_hub: confirmed }));
  const json = {
    format: 1,
    made_with: `CopRA Playground ${appVersion}`,
    ...(digests.length > 0 && { backbone_weights: digests }),
    ...(await describe(provenance)),
    // Those of the classifier, which has to be told apart by them when it is opened.
    ...(classes.length > 0 && { classes }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

const Named = v.looseObject({
  kind: v.string(),
  method: v.optional(v.string()),
  seed: v.optional(v.number()),
  arm: v.optional(v.looseObject({ name: v.string() })),
});

/** The arm an adapter was trained under, from its copra.json; null if that names no valid one. */
export function armOf(copra: unknown): ArmConfig | null {
  const parsed = v.safeParse(v.looseObject({ arm: ArmSchema }), copra);
  return parsed.success ? parsed.output.arm : null;
}

/** The classes of the classifier, from its copra.json; empty if that does not name so many. */
export function classesIn(copra: unknown, count: number): string[] {
  const parsed = v.safeParse(v.looseObject({ classes: v.pipe(v.array(v.string()), v.length(count)) }), copra);
  return parsed.success ? parsed.output.classes.map(plainName) : [];
}

const ruleName = (method: string): string => MERGE_METHODS.find(({ id }) => id === method)?.name ?? plainName(method);

/** A name for an adapter from its copra.json: "CopRA · seed 3"; null if that has none. */
export function nameOf(copra: unknown): string | null {
  const parsed = v.safeParse(Named, copra);
  if (!parsed.success) return null;
  const { kind, method, seed, arm } = parsed.output;
  if (kind === 'run' && arm && seed !== undefined) return ADAPTER_NAMES.run(plainName(arm.name), seed);
  return kind === 'merge' && method ? ADAPTER_NAMES.mergeBy(ruleName(method)) : null;
}
