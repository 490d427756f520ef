/** An analysis is a folder in study, in share and in the page, and three registries: nothing else names it. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PAGE_PARTS } from '../../src/lessons/parts.ts';
import { ANALYSIS_SECTIONS } from '../../src/share/analyses/registry.ts';
import { ANALYSES } from '../../src/study/analyses/registry.ts';
import { ANALYSIS_IDS } from '../../src/study/config/settings/analyses.ts';
import { PART_KEYS } from '../../src/study/result/result-parts.ts';
import { SHOWN_ANALYSES } from '../../src/ui/analyses/registry.ts';

const IDS = ANALYSES.map(({ id }) => id);

/** What every study finds, whatever it analyses. */
const OF_STUDIES = ['runs', 'predictions', 'confusions'];

/** Planes are the part of a result that the analysis of a plane finds; other parts are called like their analysis. */
const NAMES = new Set<string>([...IDS, ...PART_KEYS.filter((key) => !OF_STUDIES.includes(key))]);

/** Layers that know nothing of studies: there, a plane is a plane. */
const BELOW = ['core', 'copra', 'engine', 'model', 'data'];

/** Where analyses are listed, one line each. */
const REGISTRIES = [
  'src/share/analyses/registry.ts',
  'src/study/analyses/registry.ts',
  'src/study/analyses/schemas.ts',
  'src/study/config/settings/help/messages.de.ts',
  'src/study/config/settings/help/messages.ts',
  'src/study/config/settings/messages.de.ts',
  'src/study/result/result-parts.ts',
  'src/ui/analyses/announced/messages.de.ts',
  'src/ui/analyses/announced/messages.ts',
  'src/ui/analyses/registry.ts',
];

/** What speaks of several analyses at once, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/share/config/shorthands.ts': 'frozen: addresses that say an analysis by one key',
  'src/share/link/base-config.ts': 'frozen: the settings from which links differ',
  'src/share/link/dictionary.ts': 'frozen: words of links',
  'src/share/link/sections/context.ts': 'frozen: numbers of images that accuracies in links may count',
  'src/share/link/sections/motifs.ts': 'motifs of the test images and of those of single analyses, told in one place',
  'src/share/python/bundled-files.ts': 'clients that differ by style need a table of the styles beside the images',
  'src/share/python/flower-files.ts': 'a federated study is an app of Flower as well',
  'src/share/python/study-in-python.ts': 'the analyses that are written in Python as well',
  'src/state/study/class-statistics.ts': 'three measures that a class compares',
  'src/state/study/estimates.ts': 'a federation of devices tells nothing of the pace of one',
  'src/state/study/images-diff.ts': 'which of the images that a study gets have changed: those of other domains too',
  'src/state/summary/findings.ts': 'the findings of the first screen',
  'src/state/summary/hand-pictures.ts': 'pictures without a single layer, which Shapley values were computed of',
  'src/state/summary/arm-summary.ts': 'the table of results: one row per measure',
  'src/study/analyses/words.de.ts': 'what analyses tell while they run',
  'src/study/analyses/words.ts': 'what analyses tell while they run',
  'src/study/config/evaluation-config.ts': 'adapters at hand are not trained again',
  'src/study/config/no-analyses.ts': 'those that every configuration has, switched off',
  'src/study/config/settings/shared.ts': 'settings that several analyses share',
  'src/study/map/presets.ts': 'presets of maps: which analyses their studies need',
  'src/study/predictions/chosen-pictures.ts': 'pictures whose layers were analysed are chosen first',
  'src/study/result/of-arm.ts': 'what a result holds of one arm: landscapes and prunings, for figures and tables',
  'src/study/result/result.ts': 'the parts that results of every version have',
  'src/study/result/sweep-table.ts': 'measures of a sweep',
  'src/study/run/glimpse-plan.ts': 'whether a path between two seeds is looked at while they train',
  'src/study/run/run-source.ts': 'which seeds and pairs are new',
  'src/study/run/training/snapshots.ts': 'what follows training: planes, distances, Shapley values at two steps',
  'src/study/run/study-work.ts': 'players counted for the clock',
  'src/ui/glossary/terms/messages.de.ts': 'words that the page explains',
  'src/ui/glossary/terms/messages.ts': 'words that the page explains',
  'src/ui/live/strategy/MergePicture.tsx': 'a picture of the method',
  'src/ui/live/strategy/Merging.tsx': 'a picture of the method',
  'src/ui/live/strategy/messages.de.ts': 'words of that picture',
  'src/ui/live/strategy/messages.ts': 'words of that picture',
  'src/ui/results/frontier/figure.ts': 'a point per arm that was pruned or has paths between its seeds',
  'src/ui/results/pictures/PictureLayers.tsx': 'the layers that help with one picture',
  'src/ui/results/summary/means-text.ts': 'how many seeds of a study some of them see',
  'src/ui/results/sweep/SweepFigure.tsx': 'measures of a sweep',
  'src/ui/results/sweep/sweep-plot.ts': 'measures of a sweep',
  'src/state/summary/glance.ts': 'rows that only some studies have',
  'src/ui/story/finding-parts.ts': 'the charts to which the findings of the first screen lead',
  'src/ui/use-run.ts': 'exact Shapley values need few players',
};

/** Folders of analyses, lessons and presets; measures lie by their subject; images have a geometry too; measuring a device has tasks of these names. */
const FREE = new RegExp(
  `/analyses/(${IDS.join('|')})/|^src/(lessons|ui/measure|share/measurement|study/presets|study/result/measures|(state|ui)/dataset)/`,
);

/** Names of analyses that a file says as a name or as a whole text. */
function namedIn(file: string): string[] {
  const named = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && NAMES.has(node.text)) named.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return [...named];
}

describe('analyses', () => {
  it('are the same in a study, in links and on the page', () => {
    expect(ANALYSIS_IDS.toSorted()).toEqual(IDS.toSorted());
    expect(Object.keys(ANALYSIS_SECTIONS).toSorted()).toEqual(IDS.toSorted());
    expect(SHOWN_ANALYSES.map(({ id }) => id).toSorted()).toEqual(IDS.toSorted());
  });

  it('have sections and figures under names of their own', () => {
    const tags = Object.values(ANALYSIS_SECTIONS).flatMap((sections) => sections.map(({ tag }) => tag));
    const parts = SHOWN_ANALYSES.flatMap(({ figures }) => figures.map(({ part }) => part));
    for (const names of [tags, parts]) expect(new Set<unknown>(names).size).toBe(names.length);
    for (const part of parts) expect(PAGE_PARTS).toContain(part);
  });

  it('can each be left out of a link that is too long', () => {
    for (const [id, sections] of Object.entries(ANALYSIS_SECTIONS)) {
      const figures = sections.flatMap(({ reductions }) => reductions.filter(({ figure }) => figure === 'asked'));
      expect(figures.length, id).toBeGreaterThan(0);
    }
  });

  it('are named in their folders and the registries, and elsewhere for a reason', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => `src/${file}`)
      .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)test-|\.test\./.test(file))
      .filter((file) => !BELOW.includes(file.split('/')[1]) && !FREE.test(file) && !REGISTRIES.includes(file));
    const naming = files.filter((file) => namedIn(file).length > 0);
    expect(naming.toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted());
  });
});
