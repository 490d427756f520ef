/** Class prompts of a study: templates around the class names, or a custom prompt per class. */
import { PLACE, type StudyConfig } from './config.ts';
import type { Task } from '../../data/task.ts';

/** "a photo of a {}." and "cat" → "a photo of a cat.", whatever marks the name has: "US$$" stays so. */
export const filledPrompt = (template: string, className: string): string =>
  template.replaceAll(PLACE, () => className);

/** One list of prompts per class: the task's own without settings; a class with a custom prompt has only that one. */
export function promptsOf(config: Pick<StudyConfig, 'prompts'>, task: Pick<Task, 'classes' | 'prompts'>): string[][] {
  const { prompts } = config;
  if (!prompts) return task.prompts.map((prompt) => [prompt]);
  return task.classes.map((name) => {
    const own = Object.hasOwn(prompts.perClass, name) ? prompts.perClass[name] : null;
    return own === null ? prompts.templates.map((template) => filledPrompt(template, name)) : [filledPrompt(own, name)];
  });
}
