/** The forms of attention and its gradient: how many rows a workgroup owns, and how it goes through the others. */
import { BLOCK_THREADS, MAX_BLOCK_LENGTH } from '../kernels/attention-blocks.ts';
import { SHARING_THREADS, sharingBytes } from '../kernels/attention.ts';
import type { HeadShape } from '../kernels/head-vectors.ts';
import { fitsTile } from '../kernels/other-rows.ts';
import { apart, sizeClass, type Family, type Hardware } from './forms.ts';

export interface AttentionProblem {
  readonly pass: 'forward' | 'forward, kept' | 'gradient of q' | 'gradient of k and v';
  readonly head: HeadShape;
  readonly causal: boolean;
  /** Rows of a head that are computed: queries, or keys. */
  readonly own: number;
  /** Rows that each of them goes through. */
  readonly length: number;
  /** Heads of all live sequences. */
  readonly items: number;
}

export interface AttentionForm {
  /**
   * `rows`: a thread owns a row and reads the others from memory. `staged`: by way of workgroup memory. `packed`: as `rows`, but the rows of several
   * heads share a workgroup, so that short sequences leave no thread idle. `shared`: as `rows`, but four neighbours of a subgroup share a row, so that large heads stay in registers. `shared in memory`: the same where a
   * device has no subgroups, by way of workgroup memory. `blocks`: a thread owns four rows.
   */
  readonly kind: 'rows' | 'staged' | 'packed' | 'shared' | 'shared in memory' | 'blocks';
  readonly threads: number;
}

/** From this many rows on, a GPU stages them in workgroup memory, unless it was measured. */
const STAGED_FROM = 64;
/** From this many on it may be worth a try. */
const STAGED_MAYBE_FROM = 16;
/** Blocks hold the scores of as many rows in private memory: more of them would spill. */
const BLOCKS_UP_TO = 64;
/** The likely first: two subgroups of most cards, then four, then one. */
const THREADS = [64, 128, 32];
const LEAST_THREADS = 32;
/** Heads below fit in the registers of a thread. */
const SHARED_FROM = 32;

/** Whether the parts of a head are whole vectors. */
const isShareable = ({ size, width }: HeadShape): boolean =>
  width === 4 && size >= SHARED_FROM && size % (4 * SHARING_THREADS) === 0;

/**
 * A gradient holds five or six rows of a head at a time. From this size on that is more than the 255 values for which a thread of any card has registers:
 * on a row of its own it would keep the rest in memory.
 */
const SPILLS_FROM = 64;

const spills = ({ pass, head }: AttentionProblem): boolean => pass.startsWith('gradient') && head.size >= SPILLS_FROM;

const nameOf = ({ kind, threads }: AttentionForm): string => (kind === 'blocks' ? kind : `${kind}, ${threads} threads`);

function usual({ software, subgroup }: Hardware, problem: AttentionProblem): AttentionForm {
  const { head, own, length } = problem;
  if (software) return { kind: length <= MAX_BLOCK_LENGTH ? 'blocks' : 'rows', threads: BLOCK_THREADS };
  const isShared = subgroup !== null && spills(problem) && isShareable(head);
  // Enough to fill several subgroups, but few idle ones for short sequences.
  const threads = Math.min(64, Math.ceil((own * (isShared ? SHARING_THREADS : 1)) / 32) * 32);
  if (isShared) return { kind: 'shared', threads };
  return { kind: length >= STAGED_FROM && fitsTile(head) ? 'staged' : 'rows', threads };
}

export const ATTENTION: Family<AttentionProblem, AttentionForm> = {
  id: 'attention',
  siteOf: ({ pass, head, causal, own, length, items }) =>
    `${pass}, ${sizeClass(items)} heads of ${head.size}, ${own} by ${length}${causal ? ', causal' : ''}`,
  nameOf,
  usual,
  others(hardware, problem) {
    const { subgroups, invocations, workgroupBytes } = hardware;
    const { head, own, length } = problem;
    const isUseful = (count: number): boolean => count < 2 * own || count === LEAST_THREADS;
    const sharing = subgroups ? 'shared' : 'shared in memory';
    /** What is known to help comes first: registers that are enough, threads that do not idle, memory that is read once. */
    const kinds: readonly [AttentionForm['kind'], takes: (count: number) => boolean][] = [
      [sharing, (count) => isShareable(head) && (subgroups || sharingBytes(count) <= workgroupBytes)],
      // Nothing idles where workgroups are full anyway.
      ['packed', (count) => own % count !== 0],
      ['staged', (count) => isUseful(count) && fitsTile(head) && length >= STAGED_MAYBE_FROM],
      ['rows', isUseful],
    ];
    const forms = THREADS.filter((count) => count <= invocations).flatMap((count) =>
      kinds.flatMap(([kind, takes]): AttentionForm[] => (takes(count) ? [{ kind, threads: count }] : [])),
    );
    // Of a head that no thread has registers for, the others keep a part in memory.
    if (spills(problem)) forms.sort((a, b) => Number(b.kind === sharing) - Number(a.kind === sharing));
    const blocks: AttentionForm[] = length <= BLOCKS_UP_TO ? [{ kind: 'blocks', threads: BLOCK_THREADS }] : [];
    return apart(usual(hardware, problem), [...forms, ...blocks], nameOf);
  },
  // Compilers may contract their products and sums differently.
  sameOrder: () => false,
};
