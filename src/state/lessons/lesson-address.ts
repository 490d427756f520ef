/** Keeps the lesson of an address in step, so that a page that is loaded anew goes on where the reader is. */
import { progressOf } from '../../lessons/progress.ts';
import { writeInAddress, type AddressBar } from '../page/address-part.ts';
import { LESSON_KEY, type LessonsState, type LessonsStore } from './lessons-store.ts';

const PRESENT_KEY = 'present';

/** The open lesson with its step; empty: the list of lessons; null: none is open. */
export function lessonInAddress({ isOpen, lesson, progress }: LessonsState): string | null {
  if (!isOpen) return null;
  if (lesson === null) return '';
  const { step } = progressOf(progress, lesson);
  return step === '' ? lesson : `${lesson}/${step}`;
}

/** An address without a lesson stays without one: that lessons are open is no part of what people copy, unless they came by a link of one. */
export function followLesson(lessons: LessonsStore, browser: AddressBar): void {
  lessons.subscribe((state, before) => {
    const keys = new URLSearchParams(browser.location.search);
    const place = lessonInAddress(state);
    if (place !== lessonInAddress(before) && keys.has(LESSON_KEY)) writeInAddress(browser, LESSON_KEY, place);
    if (before.isPresenting && !state.isPresenting && keys.has(PRESENT_KEY)) writeInAddress(browser, PRESENT_KEY, null);
  });
}
