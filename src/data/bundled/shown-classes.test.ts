import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { CLASS_WORDS } from './class-words.ts';
import { shownClass, shownClasses, shownPart } from './shown-classes.ts';
import { taskNames } from './task-names.de.ts';
import { BUNDLED_TASKS, className } from './tasks.ts';

afterEach(speakEnglish);

it('every class of a bundled task has a name for people, and no name is of no class', () => {
  const classes = new Set(BUNDLED_TASKS.flatMap((task) => task.classes.map(className)));
  expect(new Set(Object.keys(CLASS_WORDS))).toEqual(classes);
  for (const { id, classes: own } of BUNDLED_TASKS) {
    const shown = shownClasses({ config: { task: id }, task: { classes: own.map(className) } });
    expect(new Set(shown).size).toBe(own.length);
  }
});

it('own images keep the names of their folders, and a link without names those that it gives', () => {
  expect(shownClass('groups9-negative', 'food drink')).toBe('Food & drink');
  expect(shownClass('dropped', 'food drink')).toBe('food drink');
  expect(shownClass('groups9-negative', 'class 1')).toBe('class 1');
  expect(shownClass('groups9-negative', 'constructor')).toBe('constructor');
  expect(shownPart('groups9-negative', 'food drink … symbols')).toBe('Food & drink … Symbols');
  expect(shownPart('animals', 'Food and drink')).toBe('Food and drink');
});

it('the tasks of many are called as the chooser of tasks calls them', () => {
  speak('de', (area) => (area === 'taskNames' ? taskNames : null));
  expect(shownPart('animals', 'Food and drink')).toBe('Essen und Trinken');
  expect(shownPart('dropped', 'Objects')).toBe('Objects');
});
