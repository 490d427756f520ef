/** The head of docs/results.md: what a teacher can take from it, and in which regime each claim holds. */
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { controlsSummary } from './controls-table.ts';
import { scheduleSummary } from './schedule-section.ts';
import { regimesReading, regimesSummary, regimesTable } from './claims.ts';

export const onePage = (results: ReadonlyMap<Preset, StudyResult>): string => `## In one page

CopRA trains the same small adapters as LoRA, but in every step switches some layers off at random, fewer and fewer as training goes on. Two papers claim that such adapters are better to merge and to prune and no less accurate. Does that hold? It depends on
how much data there is.

${regimesSummary(results)}

Claim by claim:

${regimesReading(results)}

${controlsSummary(results)}
${scheduleSummary()}
“Few images” is the papers' regime: adapters see a few images a class many times over. “Plenty of data” shows each of thousands of images a few times. A claim
held if the difference between the methods is so large, and its spread over seeds and test images so small, that its 95 % interval leaves out 0 on the claimed side. What cannot be told may be small, or
need more seeds. The “gain” is what training adds to the backbone's accuracy; what is kept of it compares an arm with itself, so an arm that gains less can keep more. A regime in which a claim was not asked has a dash.

${regimesTable(results)}`;
