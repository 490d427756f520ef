/**
 * Other domains of a task: its classes, drawn or transformed in ways in which none of its training images is. They test an adapter out of
 * distribution. load-other-domains.ts makes their images.
 */
import type { Task } from '../task.ts';
import { HELD_OUT_STYLES, PRETRAINING_STYLES, type StyleId } from './atlas.ts';
import type { DomainId } from './domains.ts';
import { bundledById, type BundledTask } from './tasks.ts';

/** How a domain changes pictures. */
export interface Look {
  /** Display name. */
  readonly name: string;
  readonly styles: readonly StyleId[];
  readonly domain: DomainId;
}

const transformed = (name: string, domain: DomainId): Look => ({ name, styles: PRETRAINING_STYLES, domain });

/** By id, in display order. Ids are part of addresses: never rename one. */
const LOOKS = {
  plain: transformed('Plain', 'plain'),
  negative: transformed('Negative', 'colour-negative'),
  swap: transformed('Swapped colours', 'channel-swap'),
  sketch: transformed('Sketch', 'sketch'),
  mosaic: transformed('Mosaic', 'mosaic'),
  night: transformed('Night', 'night'),
  openmoji: { name: 'OpenMoji', styles: [HELD_OUT_STYLES[0]], domain: 'plain' },
  fxemoji: { name: 'Firefox OS', styles: [HELD_OUT_STYLES[1]], domain: 'plain' },
} as const satisfies Readonly<Record<string, Look>>;

export type OtherDomainId = keyof typeof LOOKS;

export const OTHER_DOMAINS = Object.keys(LOOKS) as readonly OtherDomainId[];

export const otherDomainName = (id: OtherDomainId): string => LOOKS[id].name;

export const lookOf = (id: OtherDomainId): Look => LOOKS[id];

const isSameLook = (task: Pick<BundledTask, 'styles' | 'domain'>, { styles, domain }: Look): boolean =>
  task.domain === domain && task.styles.join() === styles.join();

/**
 * The domains that a task can be tested on besides its own. Own images can be transformed, but not drawn in another style, and plain is how
 * they are.
 */
export function otherDomainsOf({ id }: Pick<Task, 'id'>): OtherDomainId[] {
  const bundled = bundledById(id);
  return OTHER_DOMAINS.filter((domain) =>
    bundled ? !isSameLook(bundled, LOOKS[domain]) : domain !== 'plain' && LOOKS[domain].styles === PRETRAINING_STYLES,
  );
}
