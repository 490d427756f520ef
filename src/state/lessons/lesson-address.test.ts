import { expect, it, vi } from 'vitest';
import { followLesson } from './lesson-address.ts';
import { closeLessons, createLessonsStore, goToStep, openLesson } from './lessons-store.ts';

function opened(search: string) {
  const location = { pathname: '/', search, hash: '' };
  const replaceState = vi.fn((_: unknown, __: string, address?: string | URL | null) => {
    location.search = String(address).slice(1);
  });
  const lessons = createLessonsStore(search, null);
  followLesson(lessons, { location, history: { replaceState } });
  return { location, lessons };
}

it('a link of a step follows the reader, who finds the step again on the next load', () => {
  const { location, lessons } = opened('?lesson=two-seeds/average&shots=5');
  goToStep(lessons, 'two-seeds', 'compare');
  expect(location.search).toBe('?lesson=two-seeds/compare&shots=5');
  expect(createLessonsStore(location.search, null).getState().progress.lessons['two-seeds'].step).toBe('compare');
  openLesson(lessons, null);
  expect(location.search).toBe('?lesson=&shots=5');
  openLesson(lessons, 'pruning');
  expect(location.search).toBe('?lesson=pruning&shots=5');
  closeLessons(lessons);
  expect(location.search).toBe('?shots=5');
});

it('who leaves presenter mode stays out of it on the next load', () => {
  const { location, lessons } = opened('?lesson=lora/start&present');
  goToStep(lessons, 'lora', 'train');
  lessons.setState({ isPresenting: false });
  expect(location.search).toBe('?lesson=lora/train');
});

it('an address without a lesson stays without one', () => {
  const { location, lessons } = opened('?shots=5');
  lessons.setState({ isOpen: true, lesson: 'lora' });
  goToStep(lessons, 'lora', 'train');
  expect(location.search).toBe('?shots=5');
});
