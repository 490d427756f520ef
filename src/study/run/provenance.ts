/** By whom a study is computed, as its result and its checkpoints tell it. */
import type { Engine } from '../../engine/engine.ts';
import type { CheckpointHead, StudyCheckpoint } from '../checkpoint/checkpoint.ts';
import type { StudyKernels } from '../kernels/study-kernels.ts';
import type { KnownStudy } from '../result/known-study.ts';
import type { StudyResult } from '../result/result.ts';
import { bothProvenances } from '../result/united-study.ts';

type Provenance = StudyResult['provenance'];

interface Computing {
  readonly engine: Pick<Engine, 'info'>;
  readonly appVersion: string;
  readonly resume?: StudyCheckpoint | null;
  readonly known?: KnownStudy | null;
}

/** Of what was computed before a study was interrupted. */
const before = ({ head }: StudyCheckpoint, own: Provenance): Provenance => {
  const { backend, device, appVersion } = head.computedBy ?? head;
  return { ...own, backend, device, appVersion, ...(own.kernels && { kernels: head.kernels ?? {} }) };
};

export function provenanceOf(
  { engine, appVersion: version, resume, known }: Computing,
  { choice, precision }: Pick<StudyKernels, 'choice' | 'precision'>,
) {
  const begun = engine.info;
  const own: Provenance = {
    date: resume?.head.started ?? new Date().toISOString(),
    backend: begun.backend,
    device: begun.device,
    software: begun.software,
    appVersion: version,
    seconds: 0,
    ...(Object.keys(choice).length > 0 && { kernels: choice }),
    ...(precision === 'f16' && { precision }),
  };
  /** A graphics card that was lost may have been followed by another one. */
  const now = ({ provenance }: StudyResult): Provenance => {
    const { device, software } = engine.info;
    const moved = { ...provenance, device, software, kernels: {}, seconds: 0 };
    return device === begun.device ? provenance : bothProvenances(provenance, moved);
  };
  return {
    atStart: resume ? bothProvenances(before(resume, own), own) : own,
    /** What a checkpoint says of the result so far. */
    computedBy(result: StudyResult): NonNullable<CheckpointHead['computedBy']> {
      const { backend, device, appVersion } = now(result);
      return { backend, device, appVersion };
    },
    /** Of the whole result, with the study to which seeds were added. */
    atEnd(result: StudyResult, seconds: number): Provenance {
      const whole = { ...now(result), seconds };
      return known ? bothProvenances(known.result.provenance, whole) : whole;
    },
  };
}
