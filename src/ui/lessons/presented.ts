/** Which chart a step shows in presenter mode, and what each key does there. */
import type { LessonStep } from '../../lessons/lesson.ts';
import type { PartName } from '../../lessons/parts.ts';
import { EMBED_VIEWS, type EmbedView } from '../embed/views.ts';

/** What stands beside the words of a step. */
interface Presented {
  readonly part: PartName;
  /** Null: the map. */
  readonly view: EmbedView | null;
}

/**
 * Null for a step of text only, and where a teacher's link hides what it shows. For a run, the training curves are shown.
 * @param hidden by the teacher's link
 */
export function presentedBy({ part, map }: LessonStep, hidden: readonly PartName[]): Presented | null {
  const wanted = part === 'run' ? 'curves' : part;
  const view = EMBED_VIEWS.find(({ figure }) => figure.part === wanted) ?? null;
  const shown = view?.figure.part ?? (map && 'map');
  return shown && !hidden.includes(shown) ? { part: shown, view } : null;
}

export type PresenterAction =
  | { readonly kind: 'forward' | 'back' | 'run' | 'pause' | 'stop' | 'leave' }
  | { readonly kind: 'choose'; readonly choice: number };

/** Includes Page Up and Page Down, which presentation remotes send. */
const ACTIONS: Readonly<Record<string, PresenterAction>> = {
  ArrowRight: { kind: 'forward' },
  PageDown: { kind: 'forward' },
  ' ': { kind: 'forward' },
  Enter: { kind: 'forward' },
  ArrowLeft: { kind: 'back' },
  PageUp: { kind: 'back' },
  r: { kind: 'run' },
  p: { kind: 'pause' },
  s: { kind: 'stop' },
  Escape: { kind: 'leave' },
};

/** Whether a focused control needs a key for itself: a field all but those of remotes and the one that leaves. @param tag of its element */
export function keepsKey(tag: string, key: string): boolean {
  if (tag === 'INPUT') return !['PageDown', 'PageUp', 'Escape'].includes(key);
  return tag === 'BUTTON' && ['Enter', ' '].includes(key);
}

export function presenterAction(key: string, choices: number): PresenterAction | null {
  if (/^[1-9]$/.test(key)) return Number(key) <= choices ? { kind: 'choose', choice: Number(key) - 1 } : null;
  return ACTIONS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
