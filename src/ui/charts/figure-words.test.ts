/** The words of all figures are in catalogues, also those under the pointer. */
import { afterEach, describe, expect, it } from 'vitest';
import { readSaved } from '../../../scripts/figures/saved.ts';
import { testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { withDomains } from '../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { PSEUDO } from '../../core/language/locale.ts';
import { pseudo } from '../../core/language/pseudo.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import { FEDERATED_RULES } from '../../copra/federated/rule-list.ts';
import { MERGE_METHODS } from '../../copra/merging/methods.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Axis, Figure, Mark } from './figure.ts';
import { figuresOf, madeFigures, type Shown, WIDTH } from './test-figures.ts';

/** An axis: its title, its ticks, and what stands over the numbers under the pointer. */
const ofAxis = (axis: Axis): (string | undefined)[] => [
  axis.title,
  axis.heading?.('0'),
  ...(axis.kind === 'names' ? axis.names : axis.ticks && 'at' in axis.ticks ? (axis.ticks.texts ?? []) : []),
];

/** A mark: its name, and what it says under the pointer. */
function ofMark(mark: Mark): (string | undefined)[] {
  switch (mark.kind) {
    case 'line':
      return [mark.name, mark.reading?.(0)];
    case 'points':
      return [mark.name, mark.reading(0)];
    case 'bars':
      return mark.series.flatMap(({ name, texts, reading }) => [name, ...(texts?.of ?? []), reading(0)]);
    case 'cells':
      return [mark.text?.(mark.values[0][0] ?? 0, 0, 0), mark.reading(0, 0)];
    case 'contour':
      return [mark.reading(0, 0)];
    case 'level':
      return [mark.name];
    case 'label':
      return [mark.text];
  }
}

const textsOf = ({ panels, xTitle, remark, colourBar }: Figure): (string | undefined)[] => [
  xTitle,
  remark,
  colourBar?.title,
  ...panels.flatMap((panel) => [
    panel.title,
    panel.remark,
    ...ofAxis(panel.x),
    ...ofAxis(panel.y),
    ...panel.marks.flatMap(ofMark),
  ]),
];

/** What is left of a text of the pseudo-language without what stands in its brackets, which may lie in one another. A name that is too long has no end. */
function outsideCatalogues(text: string): string {
  const left = text.replaceAll(/⟦[^⟦⟧]*(⟧|…$)/g, '');
  return left === text ? text : outsideCatalogues(left);
}

const wordsOf = (text: string): string[] => text.match(/\p{L}{3,}/gu) ?? [];

/** Names are the same in every language: of arms, own classes, styles, tasks, domains, rules, methods and ways of training. */
const namesOf = ({ config, task, multitask, domains, federated }: StudyResult): readonly string[] => [
  ...config.arms.map(({ name }) => name),
  ...(bundledById(config.task) ? [] : task.classes),
  ...(multitask?.tasks ?? []).map(({ name }) => name),
  ...(domains?.domains ?? []).map(({ name }) => name),
  ...(federated?.partitions ?? []).flatMap(({ kinds }) => kinds),
  ...FEDERATED_RULES.map(({ name }) => name),
  ...MERGE_METHODS.map(({ name }) => name),
  ...testedSearch('behind').candidates.map(({ name }) => name),
];

/** Units, and names of people and their devices: the same in every language. */
const SAME_EVERYWHERE = ['GFLOP', 'Grace', 'Ada’s laptop', 'a tab with a name'];

const shownTexts = (figures: Record<string, Shown>): string[] =>
  Object.entries(figures).flatMap(([figure, { build }]) =>
    !build ? [] : textsOf(build(WIDTH)).flatMap((text) => (text === undefined ? [] : [`${figure}: ${text}`])),
  );

describe('the words of figures', () => {
  afterEach(speakEnglish);

  it.each([
    ['made for a test', madeFigures, withDomains(studyResultFixture({ seeds: 3 }))],
    ...PRESETS.filter(({ id }) => ['geometry', 'federated', 'merge', 'many-tasks'].includes(id)).map((preset) => {
      const result = readSaved(preset);
      return [preset.id, () => figuresOf(result), result] as const;
    }),
  ] as const)('are in catalogues, also those under the pointer: %s', (_, figures, result) => {
    speak(PSEUDO, (_area, english) => pseudo({ ...english }) as object);
    const names = new Set([...namesOf(result), ...Object.keys(figures()), ...SAME_EVERYWHERE].flatMap(wordsOf));
    const withoutNames = (text: string): string =>
      namesOf(result).reduce((left, name) => left.replaceAll(name, ''), text);
    const isLiteral = (text: string): boolean => wordsOf(outsideCatalogues(text)).some((word) => !names.has(word));
    expect(shownTexts(figures()).filter(isLiteral)).toEqual([]);
    // Numbers of two or fewer decimals; three digits behind a point are thousands.
    speak('de', () => null);
    expect(shownTexts(figures()).filter((text) => /\d\.\d{1,2}(?!\d)/.test(withoutNames(text)))).toEqual([]);
  });
});
