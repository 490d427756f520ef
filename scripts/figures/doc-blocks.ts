/** The numbers in the written pages, computed from the saved results. */
import packageJson from '../../package.json' with { type: 'json' };
import { hundredths } from '../../src/core/number-format.ts';
import { FEDERATED_RULES } from '../../src/copra/federated/rule-list.ts';
import { MERGE_METHODS } from '../../src/copra/merging/methods.ts';
import { LESSONS } from '../../src/lessons/course/index.ts';
import { mergeFewShots } from '../../src/study/presets/merge-few-shots.ts';
import { merge } from '../../src/study/presets/merge.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { DEFAULT_SAVED } from '../../src/state/page/saved-results.ts';
import { GLOSSARY } from '../../src/ui/glossary/terms/messages.ts';
import { PAGE_PARTS } from '../../src/lessons/parts.ts';
import { counted } from '../../src/core/counted.ts';
import { mean } from '../../src/core/statistics.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { mergingRows } from '../../src/ui/analyses/merging/merging-plot.ts';
import type { Blocks } from './blocks.ts';
import { tableR3Summary } from './table-r3.ts';
import { markdownTable } from '../markdown-table.ts';
import { benchmarkBlocks } from './benchmarks.ts';
import { captionOf } from './captions.ts';
import { aimsTable, collectedCards } from './cards.ts';
import { rampSentence, regimesSummary } from './claims.ts';
import { simplerSentence } from './controls-table.ts';
import { readSearch, sharedRate, DEFAULT_SEARCH } from './regime-search.ts';
import { collectedDevices, devicesTable, missingDevices } from './devices.ts';
import { oneStudyTable } from './one-study.ts';
import type { SavedResults } from './saved.ts';
import { armSettings, studySettings } from './settings-tables.ts';

const imagesOf = ({ shots }: StudyResult['config']): string =>
  shots === null ? 'all images' : `${counted(shots, 'image')} a class`;

function settings({ config, task }: StudyResult): string {
  const [first, second] = config.arms.map(({ name }) => name);
  const without = task.zeroShot
    ? ` Without training the backbone reaches ${hundredths(task.zeroShot.accuracy)} %.`
    : '';
  return (
    `The default study trains ${first} and ${second} on ${task.name} (${counted(task.classes.length, 'class', 'classes')}, ${imagesOf(config)}) with ` +
    `${counted(config.seeds.length, 'seed')} each, ${counted(config.training.steps, 'step')}.${without}`
  );
}

/** Relative link: the repository's workflow is two folders above the page that shows it, wherever it is hosted. */
const WORKFLOW = '../../actions/workflows/ci.yml';

/** The badges at the top; the version is that of package.json. */
function badges(): string {
  const { version, license } = packageJson;
  const fact = (name: string, value: string): string => `https://img.shields.io/badge/${name}-${value}-blue`;
  return [
    `[![tests](${WORKFLOW}/badge.svg)](${WORKFLOW})`,
    `[![version ${version}](${fact('version', version)})](CHANGELOG.md)`,
    `[![licence ${license}](${fact('licence', license)})](LICENSE)`,
  ].join(' ');
}

/** One row per merge method, one column per arm. */
function mergesTable(result: StudyResult): string {
  const groups = (result.merging ?? []).map((group) => ({
    name: result.config.arms.find(({ id }) => id === group.arm)?.name ?? 'all adapters',
    single: mean(group.runs.map(({ accuracy }) => accuracy)),
    rows: mergingRows(group, 'accuracy'),
  }));
  const heads = ['test accuracy, %', ...groups.map(({ name }) => name)];
  const names = groups[0].rows.map(({ name }) => name);
  return markdownTable(heads, [
    ['A single run, mean', ...groups.map(({ single }) => hundredths(single))],
    ...names.map((name) => [
      name,
      ...groups.map(({ rows }) => hundredths(rows.find((row) => row.name === name)?.value)),
    ]),
  ]);
}

/** What the figure says, over what. */
const mergesSentence = (result: StudyResult): string =>
  `${imagesOf(result.config)}, ${counted(result.config.seeds.length, 'seed')} each. ${captionOf('merging', result)}`;

/** The words of the page and what they mean. */
const glossaryTable = (): string =>
  markdownTable(
    ['Word', 'What it means'],
    Object.values(GLOSSARY).map(({ name, text }) => [`**${name}**`, text]),
  );

/** Block texts by block name in README.md and docs/. */
export function docBlocks(saved: SavedResults): Blocks {
  const devices = collectedDevices();
  const results = new Map(PRESETS.filter((preset) => preset.saved).map((preset) => [preset, saved(preset)]));
  return {
    badges: badges(),
    'default-study': settings(saved(DEFAULT_SAVED)),
    'regimes-summary': regimesSummary(results),
    'shared-rate': sharedRate(readSearch(DEFAULT_SEARCH), results),
    ramp: rampSentence(results),
    simpler: simplerSentence(results),
    'table-r3': tableR3Summary(results),
    'merging-table': mergesTable(saved(mergeFewShots)),
    'merging-sentence': mergesSentence(saved(mergeFewShots)),
    'merging-ways': String(MERGE_METHODS.length),
    'federated-ways': String(FEDERATED_RULES.length),
    'lesson-count': String(LESSONS.length),
    'merging-plenty-table': mergesTable(saved(merge)),
    'merging-plenty-sentence': mergesSentence(saved(merge)),
    glossary: glossaryTable(),
    'study-settings': studySettings(),
    'arm-settings': armSettings(),
    'devices-processors': devicesTable(devices, 'processor'),
    'devices-cards': devicesTable(devices, 'card'),
    'devices-missing': missingDevices(devices),
    'devices-aims': aimsTable(collectedCards()),
    'one-study': oneStudyTable(),
    ...benchmarkBlocks(),
    'page-parts': PAGE_PARTS.map((part) => `\`${part}\``).join(', '),
  };
}
