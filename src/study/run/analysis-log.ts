/** Does analyses once: what each reports is kept beside the training, and told again when the study goes on. */
import { packCoalitions, unpackCoalitions, type FinishedAnalysis } from '../checkpoint/finished-analysis.ts';
import type { Analysis, Scene } from '../analyses/analysis.ts';
import type { AnalysisId } from '../config/config.ts';
import type { StudyEvent } from '../result/events.ts';
import { found as foundPart, PART_KEYS, type PartKey } from '../result/result-parts.ts';
import type { StudyResult } from '../result/result.ts';
import { reportPhase, type StudyContext } from './context.ts';

type Part = Extract<StudyEvent, { type: 'found' }>;

/**
 * What an analysis depends on besides the training and the images: its settings, those of analyses whose findings it takes, who computes, and the study to
 * which seeds are added, whose findings stand among its own.
 */
function keyOf(
  { config, engine, testedOn, known }: StudyContext,
  { id, takes = [] }: Analysis,
  appVersion: string,
): string {
  const { analyses } = config;
  const shared = Object.entries(analyses).filter(([, value]) => typeof value !== 'object' || value === null);
  const settings = [id, ...takes].map((each) => analyses[each] ?? null);
  const { backend, device } = engine.info;
  return JSON.stringify([
    ...[appVersion, backend, device, testedOn, Object.fromEntries(shared), settings],
    ...(known ? [known.provenance.date] : []),
  ]);
}

/** Emits what a kept analysis reported. */
function tellAgain({ emit }: Pick<StudyContext, 'emit'>, kept: FinishedAnalysis): void {
  const { found, predictions, notices, coalitions } = kept;
  for (const part of PART_KEYS) {
    const value = (found as Partial<StudyResult>)[part];
    // The loop loses which value belongs to which part.
    if (value !== undefined) emit({ type: 'found', part, found: value } as Part);
  }
  if (predictions.length > 0) emit(foundPart('predictions', predictions));
  for (const message of notices) emit({ type: 'notice', message });
  for (const packed of coalitions) emit({ type: 'coalitions', coalitions: unpackCoalitions(packed) });
}

/**
 * Runs an analysis, unless it was finished before the study went on.
 * @param resultNow the result so far
 */
export async function runOnce(
  context: StudyContext,
  scene: Scene,
  analysis: Analysis,
  { appVersion, resultNow }: { readonly appVersion: string; readonly resultNow: () => StudyResult },
): Promise<void> {
  const { keeper, crew } = context;
  // Devices of a class answer as they like: what they found is not what they would find again.
  const isOfClass = analysis.asksClass && crew() !== null;
  if (isOfClass) await keeper?.keepClass();
  if (!keeper || isOfClass)
    return analysis.run({ ...context, found: resultNow, begun: null, keepUnit: async () => {} }, scene);
  const id: AnalysisId = analysis.id;
  const key = keyOf(context, analysis, appVersion);
  const known = keeper.finishedOf(id, key);
  if (known) {
    tellAgain(context, known);
    if (!known.partial) return reportPhase(context, id, 1);
  }
  const parts = new Set<PartKey>(
    PART_KEYS.filter((part) => known && (known.found as Partial<StudyResult>)[part] !== undefined),
  );
  const predictions = [...(known?.predictions ?? [])];
  const notices = [...(known?.notices ?? [])];
  const coalitions = [...(known?.coalitions ?? [])];
  const emit = (event: StudyEvent): void => {
    if (event.type === 'found' && event.part === 'predictions') predictions.push(...event.found);
    else if (event.type === 'found') parts.add(event.part);
    if (event.type === 'coalitions') coalitions.push(packCoalitions(event.coalitions));
    if (event.type === 'notice') {
      if (notices.includes(event.message)) return;
      notices.push(event.message);
    }
    context.emit(event);
  };
  const keep = (partial: boolean): Promise<void> => {
    const result = resultNow();
    const found = Object.fromEntries([...parts].map((part) => [part, result[part]]));
    return keeper.keepFinished({ id, key, partial, found, predictions, notices, coalitions });
  };
  const own = { found: resultNow, begun: known ? known.found : null, keepUnit: () => keep(true) };
  await analysis.run({ ...context, emit, ...own }, scene);
  await keep(false);
}
