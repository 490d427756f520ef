/** The head of docs/results.md: what a teacher can take from it, and in which regime each claim holds. */
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { controlsSummary } from './controls-table.ts';
import { scheduleSummary } from './schedule-section.ts';
import { tableR3Summary } from './table-r3.ts';
import { papersRegime, readSearch, sharedRate, DEFAULT_SEARCH } from './regime-search.ts';
import { hundredths } from '../../src/core/number-format.ts';
import { MARGIN, rampSentence, regimesStudies, regimesSummary, regimesTable, subjectsTable } from './claims.ts';

export const onePage = (results: ReadonlyMap<Preset, StudyResult>): string => `## In one page

CopRA trains the same small adapters as LoRA, but in every step switches some layers off at random, fewer and fewer as training goes on. Two papers claim that such adapters are better to merge and to prune and no less accurate. Does that hold? Three
regimes were asked, and they do not always agree:

${regimesSummary(results)}

How many held, of how many that were asked, by what they are about:

${subjectsTable(results)}

A claim held if the difference between the methods is so large, and its spread over seeds and test images so small, that its 95 % interval leaves out 0 on the claimed side; it went the other way if the interval leaves out 0 on the other. What cannot be told may be small, or
need more seeds. That accuracy “does not suffer” held if the lower end of the interval lies above −${hundredths(MARGIN, 0)} point: a margin of ours, below which a loss counts as none. A claim of all values of a setting is “not at every value” if it is clear the other way at some. Methods each at its own best rate differ clearly only where the mean difference has the same sign at every rate that validation does not tell from the best. What is clear on these images alone has an interval over seeds that leaves out 0; what other images would add was not kept. The “gain” is what training adds to the backbone's accuracy; what is kept of it compares an arm with itself, so an arm that gains less can keep more: the papers' figures have accuracies, which stand beside it. Claims of one regime share runs, so they are no independent votes; and of claims without any difference about one in forty would hold by chance, and as many go the other way.

Their studies differ in more than the amount of data, so where they disagree it need not be the cause:

${regimesStudies(results)}

“The papers’ setting” is that of [CoTo's table r3](#cotos-table-r3-in-its-setting) as far as it is known; backbone and pictures stay small. There LoRA and CopRA train each at the learning rate that is best for it on validation images, in “Few images” and “Plenty of data” at one for both. ${papersRegime()} So “Few images” lies between the regimes: adapters see few images a class many times over. “Plenty of data” shows each of thousands of images a few times. The [regime map](#where-it-helps-the-regime-map) varies data and learning rate alone. Regimes share backbone, seeds and test images, of which some studies take a part: they are no replications of one another. All seeds of a study train on the same images; “Few images” is repeated with [other training images](#other-training-images).

${sharedRate(readSearch(DEFAULT_SEARCH), results)}

${tableR3Summary(results)}

${rampSentence(results)}

${controlsSummary(results)}

${scheduleSummary()}
### Claim by claim

The same claims with their differences, CopRA − LoRA or what is named, in percentage points with 95 % intervals. Behind merged and federated adapters stands what single runs of those studies, which are short, differ in already. A regime in which a claim was not asked has a dash.

${regimesTable(results)}`;
