/** All available adapters in one form, whether from a run, opened or merged. */
import { hasPrompts } from '../../model/peft/base.ts';
import type { LoraScaling } from '../../model/peft/write.ts';
import { armOf, type Provenance } from '../../share/adapter/provenance.ts';
import { ADAPTER_NAMES } from '../../share/adapter/messages.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { frozenOf } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { isOfStudy, type AdaptersState, type ExtraAdapter, type StoredAdapter } from './adapters-store.ts';
import { runOf } from '../../study/result/run-names.ts';

export interface ListedAdapter extends Omit<ExtraAdapter, 'kind'> {
  readonly kind: 'run' | ExtraAdapter['kind'];
  /** Arm of the run; null for other adapters. */
  readonly arm: ArmConfig | null;
  readonly scaling: LoraScaling | null;
}

/** @param own the result of its study; null where another one is shown by now */
function fromRun(stored: StoredAdapter, own: StudyResult | null): ListedAdapter {
  const { id, armId, armName, seed, study, classes, layout, scale, values, base, gates } = stored;
  const arm = study.arms.find((candidate) => candidate.id === armId)!;
  const run = runOf(own?.runs, armId, seed);
  return {
    id,
    kind: 'run',
    name: ADAPTER_NAMES.run(PRESET_WORDS.arm({ id: armId, name: armName }), seed),
    layout,
    scale,
    values,
    base,
    backbone: study.backbone,
    trainedFor: null,
    classes,
    arm,
    scaling: { alpha: arm.alpha, rsLora: arm.rsLora },
    warnings: [],
    provenance: {
      kind: 'run',
      arm,
      seed,
      study,
      taskName: own?.task.name ?? null,
      gates,
      players: layout.players,
      classes,
      hasPrompts: hasPrompts(base),
      testAccuracy: run?.test?.accuracy ?? null,
      testImages: own && testedImages(own),
      frozen: own ? frozenOf(own.task) : null,
    },
  };
}

const armOfExtra = (provenance: Provenance): ArmConfig | null =>
  provenance.kind === 'file' ? armOf(provenance.copra) : null;

/** Runs first, in completion order. @param result that is shown; if it is of their study, it supplies the accuracies written to the files */
export function listAdapters(state: AdaptersState, result: StudyResult | null): ListedAdapter[] {
  const own = result && isOfStudy(state, result) ? result : null;
  return [
    ...state.adapters.map((stored) => fromRun(stored, own)),
    ...state.extras.map((extra): ListedAdapter => ({ ...extra, arm: armOfExtra(extra.provenance), scaling: null })),
  ];
}
