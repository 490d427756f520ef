import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counted, germanCount } from '../../src/core/counted.ts';
import { speak, speakEnglish } from '../../src/core/language/catalogue.ts';

test('one of a thing is no plural', () => {
  expect(counted(1, 'seed')).toBe('1 seed');
  expect(counted(0, 'seed')).toBe('0 seeds');
  expect(counted(20_000, 'class', 'classes')).toBe('20,000 classes');
});

test('a count is written as the language of its noun writes numbers', () => {
  speak('de', () => null);
  expect(germanCount(20_000, 'Klasse', 'Klassen')).toBe('20.000 Klassen');
  expect(germanCount(1, 'Klasse', 'Klassen')).toBe('1 Klasse');
  expect(counted(20_000, 'class', 'classes')).toBe('20,000 classes');
  speakEnglish();
});

/** What the page counts. Units of measured quantities (points, pixels, characters) are not among it. */
const NOUNS =
  'arms seeds steps runs adapters pairs images classes tasks clients rounds values layers coalitions projections merges files students templates heads evaluations masks studies maps threads prompts rows labels channels adapted';
/** A number of a template or of JSX with a plural literally behind it: "${seeds.length} seeds". */
const LITERAL = new RegExp(
  String.raw`\{([^{}]*)\}[ \n]+(?:(?:training|test|validation|client|different) )?(?:${NOUNS.replaceAll(' ', '|')})\b(?!=)`,
  'g',
);
/** What stands there is already a text of counted, a constant above one, or a word. */
const ALLOWED = [/\bcounted\(/, /^[A-Z_]+$/, /^(name|other|of)$|LoRA/];
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/ui/live/messages.ts': 'a speed: images/s',
  'src/ui/analyses/plane/PlaneFigure.tsx': 'points of a grid',
  'src/ui/analyses/geometry/PointsFigure.tsx': 'properties of a component',
  'src/share/config/config-query.ts': 'no words',
  'src/study/run/words.ts': 'LoRA or DoRA adapters, the training or test images: no numbers',
};

const files = ['ui', 'state', 'study', 'share', 'lessons', 'data']
  .flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' }).map((f) => `src/${folder}/${f}`),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)test-|\.test\./.test(file) && !(file in EXCEPTIONS));

test('every count of the page goes through it', () => {
  const literals = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(LITERAL)]
      .filter(([, number]) => !ALLOWED.some((allowed) => allowed.test(number)))
      .map(([text]) => `${file}: ${text}`),
  );
  expect(literals).toEqual([]);
});
