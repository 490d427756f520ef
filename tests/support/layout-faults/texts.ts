/** Texts that are cut off, leave their card or the window, touch an edge, are squeezed into a column, or are broken within a word. */
import { ancestorsOf, boxOf, isShown, isSpokenOnly, once, place, px, quote, SLACK, styleOf } from './reading.ts';

/** Least pixels between a text and the edge of the card it is in. */
const EDGE = 3;
/** Below so many lines, a column of words is none. */
const COLUMN = 4;
/** Words on a line of it. */
const NARROW = 1.5;
/** Longer words, as names of files and addresses, may be broken. */
const LONGEST_WORD = 20;

/** What is there whole or not at all: where there is no room for it, it stands below its own box, out of view. */
const WHOLE_OR_ABSENT = 'header [class*="tagline"]';

const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll';
const clips = (value: string): boolean => value === 'hidden' || value === 'clip';

/** What an element does to a text within it; null if nothing. */
const frameOf = once((element: Element) => {
  const style = styleOf(element);
  if (style.display === 'inline' || style.display === 'contents') return null;
  const { overflowX, overflowY } = style;
  return {
    box: boxOf(element),
    shortens: style.textOverflow === 'ellipsis' && clips(overflowX),
    clipsX: clips(overflowX),
    clipsY: clips(overflowY),
    scrollsX: scrolls(overflowX),
    scrollsY: scrolls(overflowY),
    isFixed: style.position === 'fixed',
    /** A frame drawn around what it holds. */
    isCard:
      style.borderTopStyle !== 'none' &&
      [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth].every(
        (border) => parseFloat(border) > 0,
      ) &&
      style.borderTopColor !== 'rgba(0, 0, 0, 0)',
  };
});

/** What becomes of one line of a text in all that it is in. */
function lineFaults(text: string, line: DOMRect, parent: Element): string[] {
  const faults: string[] = [];
  let [seenX, seenY] = [true, true];
  let isShortened = false;
  for (const ancestor of ancestorsOf(parent)) {
    if (ancestor === document.body) break;
    const frame = frameOf(ancestor);
    if (!frame) continue;
    const { box } = frame;
    isShortened ||= frame.shortens;
    const beyond = {
      x: Math.max(box.left - line.left, line.right - box.right),
      y: Math.max(box.top - line.top, line.bottom - box.bottom),
    };
    const hidden = {
      x: seenX && !isShortened && frame.clipsX && beyond.x > SLACK,
      y: seenY && frame.clipsY && beyond.y > SLACK + 2,
    };
    if (hidden.x || hidden.y)
      faults.push(`${quote(text)} is cut off by ${px(hidden.x ? beyond.x : beyond.y)}${place(parent)}`);
    if (frame.isCard && seenX && !isShortened && beyond.x > -EDGE)
      faults.push(
        `${quote(text)} ${beyond.x > SLACK ? `leaves its card by ${px(beyond.x)}` : 'touches the edge of its card'}${place(parent)}`,
      );
    if (frame.isCard && seenY && beyond.y > SLACK)
      faults.push(`${quote(text)} leaves its card by ${px(beyond.y)} upright${place(parent)}`);
    if (frame.scrollsX) seenX = false;
    if (frame.scrollsY) seenY = false;
    if (frame.isFixed || (!seenX && !seenY)) break;
  }
  const width = document.documentElement.clientWidth;
  if (seenX && !isShortened && (line.left < -SLACK || line.right > width + SLACK))
    faults.push(`${quote(text)} leaves the window by ${px(Math.max(-line.left, line.right - width))}${place(parent)}`);
  return faults;
}

/** The boxes of a range that take up room: one or more a line. */
const boxesOf = (range: Range): DOMRect[] => [...range.getClientRects()].filter((rect) => rect.width > 0);

const linesOf = (boxes: readonly DOMRect[]): number => new Set(boxes.map((box) => Math.round(box.top))).size;

/** Words and numbers stay whole, and numbers with their signs, but where a soft hyphen says that a word may be broken. */
function brokenWords(node: Node, text: string, parent: Element): string[] {
  const range = document.createRange();
  const isBroken = (start: number, { length }: string): boolean => {
    range.setStart(node, start);
    range.setEnd(node, start + length);
    return linesOf(boxesOf(range)) > 1;
  };
  const words = [...text.matchAll(/[\p{L}\p{N}.,%\u00AD]+/gu)].filter(
    ({ 0: word, index }) => word.length <= LONGEST_WORD && !word.includes('\u00AD') && isBroken(index, word),
  );
  const joints = [...text.matchAll(/\d %|± \d/g)].filter(({ 0: joint, index }) => isBroken(index, joint));
  return [
    ...words.map(([word]) => `${quote(word)} is broken within${place(parent)}`),
    ...joints.map(([joint]) => `${quote(text)} is broken at “${joint}”${place(parent)}`),
  ];
}

const isAbsent = (parent: Element, boxes: readonly DOMRect[]): boolean =>
  parent.matches(WHOLE_OR_ABSENT) && boxes.every(({ top }) => top >= boxOf(parent).bottom - SLACK);

export function textFaults(root: Element): string[] {
  const faults: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const parent = node.parentElement;
    if (!text.trim() || !parent || parent.closest('svg, math, .katex, script, style, noscript, option')) continue;
    if (!isShown(parent) || isSpokenOnly(parent)) continue;
    range.selectNodeContents(node);
    const boxes = boxesOf(range);
    if (isAbsent(parent, boxes)) continue;
    const lines = linesOf(boxes);
    const words = text.trim().split(/\s+/).length;
    faults.push(...boxes.flatMap((box) => lineFaults(text, box, parent)));
    if (lines >= COLUMN && words / lines < NARROW)
      faults.push(`${quote(text)} is squeezed into ${lines} lines${place(parent)}`);
    if (lines > 1) faults.push(...brokenWords(node, text, parent));
  }
  return faults;
}
