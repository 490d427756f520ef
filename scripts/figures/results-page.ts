/** Generates docs/results.md from saved results, so that no number is copied by hand. */
import { hundredths } from '../../src/core/number-format.ts';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { READING_WORDS } from '../../src/study/readings/messages.ts';
import { mean } from '../../src/core/statistics.ts';
import type { LandscapeResult } from '../../src/study/analyses/landscape/result.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import { barrierMeasure } from '../../src/study/result/measures/paths.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { claimsTable } from './claims.ts';
import { onePage } from './one-page.ts';
import { controlsSection } from './controls-table.ts';
import { comparisonTable } from './comparison.ts';
import { drawsSection } from './draws.ts';
import type { Picture } from './pictures.ts';
import { ON_MOTIFS, OWN_MOTIFS } from './own-motifs.ts';
import { regimeMapSection } from './regime-map.ts';
import { DEFAULT_SEARCH, readSearch, searchTable } from './regime-search.ts';
import { scheduleSection } from './schedule-section.ts';
import { tableR3Section } from './table-r3.ts';

/** The task and its test images; of adapters of several tasks, all of them. */
function testedText({ multitask, task }: Pick<StudyResult, 'multitask' | 'task'>): string {
  if (!multitask) return `${task.name}, ${counted(task.test, 'test image')}`;
  const { tasks } = multitask;
  const images = tasks.reduce((sum, { test }) => sum + test, 0);
  return `${counted(tasks.length, 'task')} (${tasks.map(({ name }) => name).join('; ')}), ${counted(images, 'test image')}`;
}

/** A study in one line. */
export function settingsLine(preset: Preset, result: StudyResult): string {
  const { config, provenance } = result;
  const arms =
    config.arms.length === 2 ? config.arms.map(({ name }) => name).join(' and ') : counted(config.arms.length, 'arm');
  return [
    `Preset “${preset.name}”: ${arms}, seeds ${config.seeds.join(', ')}, ${counted(config.training.steps, 'step')}`,
    testedText(result),
    `${provenance.date.slice(0, 10)}, ${provenance.device}, ${Math.round(provenance.seconds)} s`,
  ].join(' · ');
}

function defaultStudy({ config, task }: StudyResult): string {
  const [baseline, other] = config.arms;
  const { training } = config;
  const { rank, alpha, projections, towers, learningRate, weightDecay } = baseline;
  return `- Task: ${task.name}, ${task.classes.length} classes, ${task.train} training, ${task.validation} validation and ${task.test} test images; concepts of the test
  images are in no training image. The bundled backbone was pretrained on plain pictures of all concepts, those of the test images too, so “zero-shot” is so in how the pictures are drawn, not in what they show. Chance ${hundredths(task.chance)} %, zero-shot ${task.zeroShot ? hundredths(task.zeroShot.accuracy) : '–'} %.
- Arms: ${baseline.name} and ${other.name}, rank ${rank}, α ${alpha}, on ${projections.join(', ')} of every layer (${towers.join(' and ')}); ${training.steps} steps of batch
  ${training.batchSize}, AdamW, learning rate ${learningRate}, ${training.learningRateSchedule}, weight decay ${weightDecay}${training.augment ? ', with augmentation' : ''}. ${other.name}: p rises from ${other.p0} to 1
  over ${hundredths(other.rampFraction)} % of the steps (${other.schedule}), one draw per ${other.granularity}; an empty draw switches on one at random.
- Seeds: ${config.seeds.join(', ')}. Both arms see the same initial factors, images and augmentation for equal seeds.`;
}

interface Saved {
  readonly preset: Preset;
  readonly result: StudyResult;
}

/**
 * @param defaults the saved result of the default study
 * @param pictures with the results they show
 */
export function resultsPage(
  defaults: Saved,
  pictures: readonly (Picture & { readonly result: StudyResult })[],
): string {
  const { result } = defaults;
  const results = new Map([
    [defaults.preset, result] as const,
    ...pictures.map(({ figure, result: own }) => [figure.preset, own] as const),
  ]);
  return `# Results

Written by \`npm run figures\` from its own results, which are also the saved results that the page shows for its presets (\`public/showcase/\`).
Nothing here is copied by hand; the sentences under the pictures are the page's own captions.

This is a small model on small pictures: expect the direction of the papers' findings, not their numbers.

${onePage(results)}

## The papers' claims in full

Most of them by three whole comparisons, the settings of the default one below; the others by the preset that looks at it. All numbers are per cent or percentage points: mean ± standard deviation (sd) over seeds or pairs of seeds, as in captions. What other seeds would change is in the intervals. Differences are
${result.config.arms[1].name} − ${result.config.arms[0].name}, paired by seed or pair, with 95 % intervals ([statistics.md](statistics.md)) ${scopeNote(result)}; those of
measures that rest on no images allow for other seeds. ${claimNote(result)}

${motifNote(results)}

${claimsTable(results)}

Gain kept is measured against each arm's own accuracy with everything on, so an arm that learned less can retain more of it; the
accuracies compare directly. The product path, in the table of all measures, interpolates ΔW instead of the factors.

${tableR3Section(results)}${drawsSection(result)}${regimeMapSection()}${controlsSection(results)}${scheduleSection()}## The default study

${settingsLine(defaults.preset, result)}

${defaultStudy(result)}

${searchTable(readSearch(DEFAULT_SEARCH))}

${comparisonTable(result)}

**Bold** marks differences whose 95 % interval excludes 0. Gain kept counts the runs and pairs whose gain is more than its own sampling error.

## The figures

${pictures.map(figureSection).join('\n\n')}
`;
}

/** Which results know the motifs of their test images: in the others each counts as its own. */
function motifNote(results: ReadonlyMap<Preset, Pick<StudyResult, 'task'>>): string {
  const named = (known: boolean): string[] =>
    [...results].flatMap(([{ name }, { task }]) => ((task.designEffect !== undefined) === known ? [`“${name}”`] : []));
  const [told, taken] = [named(true), named(false)];
  if (taken.length === 0) return `In all of these studies images of one motif count together ${ON_MOTIFS}.`;
  const before = `${told.length > 0 ? `In those of ${listed(taken)}` : 'In these studies'}, which are of earlier versions, ${OWN_MOTIFS}: their sampling errors, and what images add to their intervals, are too small ${ON_MOTIFS}.`;
  return told.length > 0 ? `In the studies of ${listed(told)} images of one motif count together. ${before}` : before;
}

/** The scope of the default study's intervals: results of versions that stored no answers do not cover other images. */
function scopeNote(result: StudyResult): string {
  const [baseline, other] = result.config.arms;
  const scope = armDifference(result, TEST_ACCURACY, baseline.id, other.id)?.scope;
  return scope ? READING_WORDS.scopes[scope] : 'where there are seeds enough';
}

const claimNote = ({ config }: StudyResult): string =>
  `The default study has ${config.seeds.length} seeds. There are many rows: of those without any difference about one in twenty would be clear by chance.`;

const ALIGNMENTS: readonly (readonly [name: string, alignment: LandscapeResult['alignment']])[] = [
  ['as the factors are', undefined],
  ['rotated', 'orthogonal'],
  ['with the best P', 'invertible'],
];

/** What is left of the barrier of every arm where the factors are aligned. */
export function alignmentFinding(result: StudyResult): string {
  const arms = result.config.arms.map(({ id, name }) => ({
    name,
    barriers: ALIGNMENTS.map(([, alignment]) =>
      mean(
        barrierMeasure('factor', alignment)
          .values(result, id)
          .map(({ value }) => value),
      ),
    ),
  }));
  const told = arms.map(
    ({ name, barriers }) =>
      `${name} ${listed(barriers.map((barrier, i) => `${hundredths(barrier)} ${ALIGNMENTS[i][0]}`))}`,
  );
  const removed = arms.flatMap(({ barriers: [unaligned, ...aligned] }) => aligned.map((left) => 1 - left / unaligned));
  return `Mean barriers of the factor path in points: ${told.join('; ')}. So alignment, which leaves the updates as they are, removes ${percentRange(removed)} of the barriers of both arms.`;
}

/** "77 to 90 %" */
const percentRange = (shares: readonly number[]): string =>
  `${[...new Set([Math.min(...shares), Math.max(...shares)].map((share) => String(Math.round(100 * share))))].join(' to ')} %`;

function figureSection({ figure, file, title, reading, result }: Picture & { readonly result: StudyResult }): string {
  return `### ${figure.heading}

![${title || figure.heading}](${file})

${[reading, figure.alignment ? alignmentFinding(result) : ''].filter(Boolean).join(' ')}

${settingsLine(figure.preset, result)}`;
}
