/** The lessons in every language: what every step says, with and without a result, has its formulas and no mark or number left open. */
import { renderToString } from 'katex';
import { afterEach, expect, it } from 'vitest';
import { speakEnglish } from '../../src/core/language/catalogue.ts';
import { LOCALES, PSEUDO } from '../../src/core/language/locale.ts';
import { loadLanguage } from '../support/load-language.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { adapterFacts } from '../../src/lessons/facts.ts';
import { BACKBONES } from '../../src/state/models/backbones.ts';
import { COURSE_WORDS } from '../../src/lessons/course/messages.ts';
import { saved, savedFor, stepAt, steps, view } from '../../src/lessons/course/test-lessons.ts';
import type { LessonStep } from '../../src/lessons/lesson.ts';
import { runConfig } from '../../src/lessons/run-settings.ts';
import { parseLessonText, type Inline } from '../../src/lessons/text.ts';
import { EVERY_OTHER_KEPT } from '../../src/study/result/measures/pruning.ts';
import { PRUNING_WORDS } from '../../src/ui/analyses/pruning/messages.ts';

/** Everything a step says: of the saved result, of none, and of its own run. */
function saidBy(step: LessonStep): string[] {
  const { words, prediction, run } = step;
  const adapters = { runs: 3, merged: 0 };
  const pages = [view(savedFor(step), { adapters }), view(null, { saved: null })];
  if (run) pages.push(view({ ...saved, config: runConfig(run) }, { computedHere: true, adapters }));
  return pages.flatMap((page) => [
    words(page).title,
    words(page).text,
    ...(prediction
      ? [
          prediction.words(page).question,
          ...prediction.words(page).choices,
          prediction.outcome(page) ?? COURSE_WORDS.nothingToRead,
        ]
      : []),
    ...(run ? [run.label()] : []),
  ]);
}

const formulasOf = (pieces: readonly Inline[]): string[] =>
  pieces.flatMap((piece) =>
    piece.kind === 'formula' ? [piece.text] : 'children' in piece ? formulasOf(piece.children) : [],
  );

const formulasIn = (text: string): string[] =>
  parseLessonText(text).flatMap((block) => {
    if (block.kind === 'formula') return [block.text];
    return block.kind === 'list' ? block.items.flatMap(formulasOf) : formulasOf(block.children);
  });

/** What every language must have as often as English: formulas in a step's texts, and choices. */
const shapeOf = ({ prediction }: LessonStep, said: readonly string[]): [formulas: number[], choices: number] => [
  said.map((text) => formulasIn(text).length),
  prediction?.words(view(saved)).choices.length ?? 0,
];

function expectReadable(said: readonly string[]): void {
  for (const text of said) {
    expect(text.trim()).not.toBe('');
    expect(JSON.stringify(parseLessonText(text))).not.toMatch(/"kind":"text","text":"[^"]*(\$|\*\*|NaN|undefined)/);
    for (const formula of formulasIn(text))
      expect(() => renderToString(formula, { throwOnError: true, strict: 'error' })).not.toThrow();
  }
}

afterEach(speakEnglish);

it.each(steps)('$name is readable in every language, with the same formulas and choices', async ({ step }) => {
  const english = saidBy(step);
  expectReadable(english);
  const shape = shapeOf(step, english);
  for (const locale of LOCALES.filter((other) => other !== 'en')) {
    await loadLanguage(locale);
    const said = saidBy(step);
    expectReadable(said);
    expect(shapeOf(step, said)).toEqual(shape);
  }
});

it('the pseudo-language leaves formulas alone', async () => {
  const step = stepAt('two-seeds/why');
  const english = formulasIn(step.words(view(saved)).text);
  await loadLanguage(PSEUDO);
  expect(formulasIn(step.words(view(saved)).text)).toEqual(english);
});

it('numbers in formulas and sentences are those of the language', async () => {
  const step = stepAt('shapley/twelve');
  expect(step.words(view(saved)).text).toContain('$2^{16} = 65{,}536$');
  await loadLanguage('de');
  expect(step.words(view(saved)).text).toContain('$2^{16} = 65{.}536$');
  expect(step.prediction!.outcome(view(saved))).toMatch(/\*\*\d+,\d %\*\*/);
});

it.each(['en', 'de'] as const)('what lessons quote of the page has that name there: %s', async (locale) => {
  if (locale !== 'en') await loadLanguage(locale);
  const textOf = (id: string): string => stepAt(id).words(view(saved)).text;
  expect(textOf('honest/map')).toMatch(new RegExp(`[“„]${EVERY_OTHER_KEPT.name}[”“]`));
  const { even, odd } = PRUNING_WORDS.masks;
  for (const name of [even, odd]) expect(textOf('pruning/layers')).toMatch(new RegExp(`[“„]${name}[”“]`));
});

it('the adapter of lesson 2 is that of the bundled backbones', () => {
  const [arm] = saved.config.arms;
  for (const { id, facts } of BACKBONES) {
    const { vision, text } = facts;
    expect(adapterFacts({ backbone: id, arms: [arm] })).toMatchObject({
      layers: { vision: vision.layers, text: text!.layers },
      numbers: createAdapterLayout({ vision, text: text! }, arm).size,
      beside: [vision, text!].reduce(
        (sum, { layers, width, mlpWidth }) => sum + layers * (4 * width ** 2 + 2 * width * mlpWidth),
        0,
      ),
    });
    expect(Math.round((100 * adapterFacts(saved.config)!.numbers) / facts.parameters)).toBe(2);
  }
  expect(adapterFacts({ backbone: 'another', arms: [arm] })).toBeNull();
  const step = stepAt('lora/factors');
  expect(step.prediction!.outcome(view(saved))).toContain(
    'the 12 layers that read pictures and the 4 that read words. It has **24,576** numbers',
  );
});
