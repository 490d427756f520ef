import { testedBackbone } from '../facts.ts';
import type { LessonView } from '../lesson.ts';
import { COURSE_WORDS } from './messages.ts';

/** What the backbone makes of the pictures of a run and of those of the saved result: a run tests on fewer, which may be harder or easier. Null where that is not known. */
export function backbonesBeside({ result, saved }: LessonView): string | null {
  const [own, other] = [testedBackbone(result), testedBackbone(saved)];
  return own && other && COURSE_WORDS.backbones(own, other);
}
