import { describe, expect, it } from 'vitest';
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { without } from '../../../core/without.ts';
import { confusionsOf, mostTaken } from '../../../study/predictions/confusions.ts';
import { picturesOf } from '../../../study/predictions/pictures.ts';
import type { LessonView } from '../../lesson.ts';
import { classFacts, turnedByTraining } from '../../picture-facts.ts';
import { outcomeOf, saved, stepAt, view } from '../test-lessons.ts';
import { lessonPicture } from './messages.de.ts';
import { PICTURE_LESSON_WORDS } from './messages.ts';

describe('lesson 1', () => {
  it('counts the pictures that training wins and loses, and its question has the right class among its choices', () => {
    const turned = turnedByTraining(saved, 'lora')!;
    const pictures = picturesOf(saved);
    expect(turned.pictures).toBe(pictures.length);
    expect(turned.right).toBe(pictures.filter(({ backbone, label }) => backbone!.predicted === label).length);
    expect(turned.won).toBeGreaterThan(turned.lost);
    expect(turned.lost).toBeGreaterThan(0);
    const step = stepAt('picture/mistakes');
    const { worst } = classFacts(saved, 'lora')!;
    expect(step.prediction!.words(view(saved)).choices).toContain(worst.name);
    expect(step.prediction!.outcome(view(saved))).toContain(`least often right about **${worst.name}**`);
  });

  it('names the mistake that the figure heads itself with, and none where none is made', () => {
    const outcome = outcomeOf('picture/mistakes');
    const [, own] = confusionsOf(saved);
    const most = mostTaken(own, saved.task.classes.length)!;
    const [of, as] = [most.of, most.as].map((at) => shownClasses(saved)[at]);
    expect(outcome(saved)).toContain(
      `It most often takes “${of}” for “${as}”: in ${most.times} of the ${most.answers} answers`,
    );
    const right = saved.confusions!.map((confusion) => ({
      ...confusion,
      counts: confusion.counts.map((times, at) => (at % (saved.task.classes.length + 1) === 0 ? times : 0)),
    }));
    expect(outcome({ ...saved, confusions: right })).not.toContain('most often takes');
  });

  it('tells of the classes of the result shown, and of negatives where those are its pictures', () => {
    const classes = ['limes', 'plums', 'figs', 'pears', 'dates'];
    const config = { ...saved.config, task: 'dropped' };
    const rest = without(saved, 'confusions');
    const own = { ...rest, config, task: { ...saved.task, name: 'fruit', classes, chance: 0.2, zeroShot: null } };
    const said = (name: string, result: LessonView['result'], change: Partial<LessonView> = {}): string => {
      const step = stepAt(name);
      const shown = view(result, change);
      const { question = '', choices = [] } = step.prediction?.words(shown) ?? {};
      return [step.words(shown).text, question, ...choices].join('\n');
    };
    expect(said('picture/decide', saved)).toMatch(
      /9 classes it shows: food[^]* \*\*negative\*\* [^]*One in 9 or fewer,/,
    );
    expect(said('picture/decide', own)).toMatch(/5 classes it shows\. [^]*task “fruit”\. [^]*One in 5 or fewer,/);
    expect(said('picture/decide', null)).toMatch(/9 classes it shows: food/);
    expect(said('picture/decide', null, { saved: null })).toContain('several classes it shows.');
    expect(said('picture/camera', own)).not.toContain('nine');
    expect(said('picture/mistakes', saved)).toMatch(/Flags\nFood & drink\nPeople & body\nSymbols$/);
    expect(said('picture/mistakes', own)).toMatch(/limes\nplums\nfigs\ndates$/);
    const renamed = { ...saved, task: { ...saved.task, classes: saved.task.classes.map((name) => `my ${name}`) } };
    const choices = stepAt('picture/mistakes').prediction!.words(view(renamed)).choices;
    expect(choices).toHaveLength(4);
    expect(choices).toContain(classFacts(renamed, 'lora')!.worst.name);
    // What is least often right may change until all runs are tested.
    const running = { ...renamed, status: 'running' as const };
    expect(said('picture/mistakes', running)).toBe(said('picture/mistakes', without(running, 'confusions')));
  });

  it('its answers differ, whatever the number of classes', () => {
    const { choices } = PICTURE_LESSON_WORDS.decide;
    expect(choices(9)).toEqual([
      'One in 9 or fewer, as by guessing',
      'Clearly more, but less than half',
      'More than half',
    ]);
    expect(choices(2)).toEqual([
      'One in 2 or fewer, as by guessing',
      'Clearly more, but less than three quarters',
      'More than three quarters',
    ]);
  });

  it('speaks of a choice of pictures where there is one, and of a trade where some are lost and some won', () => {
    const { learned } = PICTURE_LESSON_WORDS;
    const turned = { name: 'LoRA', pictures: 96, right: 40, lost: 5, won: 20 };
    expect(outcomeOf('picture/learned')(saved)).toMatch(/hides a trade\. \(These pictures were chosen/);
    expect(learned.outcome(turned, 0.3, 0.6, 96)).toMatch(/hides a trade\.$/);
    const one = learned.outcome({ ...turned, lost: 0 }, 0.3, 0.6, 96);
    expect(one).not.toContain('trade');
    expect(one).toContain('30.0 % before and 60.0 % after.');
  });

  it('says in how many runs a picture is right, since no run need win or lose as many', () => {
    const turned = { name: 'LoRA', pictures: 96, right: 40, lost: 5, won: 20 };
    const said = PICTURE_LESSON_WORDS.learned.outcome(turned, 0.3, 0.6, 96);
    expect(said).toContain(
      '**20** that it had wrong are right in most runs of LoRA, and **5** that it had right are wrong in most.',
    );
    expect(lessonPicture.learned.outcome(turned, 0.3, 0.6, 96)).toContain(
      'sind in den meisten Läufen von LoRA **20** richtig, die es falsch hatte, und **5** falsch, die es richtig hatte.',
    );
  });

  it('counts the pictures that were tested, of a run with fewer', () => {
    const config = { ...saved.config, analyses: { ...saved.config.analyses, testImages: 100 } };
    expect(outcomeOf('picture/decide')({ ...saved, config })).toContain('of the 100 test pictures right.');
    expect(outcomeOf('picture/learned')({ ...saved, config })).toContain('over all 100 test pictures.)');
  });
});
