/** The head of docs/results.md: what a teacher can take from it, and in which regime each claim holds. */
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { controlsSummary } from './controls-table.ts';
import { scheduleSummary } from './schedule-section.ts';
import { tableR3Summary } from './table-r3.ts';
import { papersRegime, readSearch, sharedRate, DEFAULT_SEARCH } from './regime-search.ts';
import { hundredths } from '../../src/core/number-format.ts';
import { MARGIN, regimesReading, regimesStudies, regimesSummary, regimesTable } from './claims.ts';

export const onePage = (results: ReadonlyMap<Preset, StudyResult>): string => `## In one page

CopRA trains the same small adapters as LoRA, but in every step switches some layers off at random, fewer and fewer as training goes on. Two papers claim that such adapters are better to merge and to prune and no less accurate. Does that hold? Two
regimes were asked, and they do not always agree:

${regimesSummary(results)}

Their studies differ in more than the amount of data, so where they disagree it need not be the cause:

${regimesStudies(results)}

The [regime map](#where-it-helps-the-regime-map) varies data and learning rate alone. All seeds of a study train on the same images; “Few images” is repeated with [other training images](#other-training-images).

Claim by claim, with [ours] behind what the papers do not show in this measure:

${regimesReading(results)}

${controlsSummary(results)}

${tableR3Summary(results)}

${scheduleSummary()}
${sharedRate(readSearch(DEFAULT_SEARCH), results)}

“Few images” lies between the regimes: adapters see few images a class many times over. ${papersRegime()} “Plenty of data” shows each of thousands of images a few times. A claim
held if the difference between the methods is so large, and its spread over seeds and test images so small, that its 95 % interval leaves out 0 on the claimed side. What cannot be told may be small, or
need more seeds. That accuracy “does not suffer” held if the lower end of the interval lies above −${hundredths(MARGIN, 0)} point: a margin of ours, below which a loss counts as none. A claim of all values of a setting is “not at every value” if it is clear the other way at some. What is clear on these images alone has an interval over seeds that leaves out 0; what other images would add was not kept. The “gain” is what training adds to the backbone's accuracy; what is kept of it compares an arm with itself, so an arm that gains less can keep more: the papers' figures have accuracies, which stand beside it. Behind merged and federated adapters stands what single runs of those studies, which are short, differ in already. A regime in which a claim was not asked has a dash.

${regimesTable(results)}`;
