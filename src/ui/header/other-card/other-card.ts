/** Laptops with two cards compute on the small one without a word: browsers ask for the fast one on macOS alone. */
import type { GpuDescription } from '../../../engine/gpu-inspector.ts';
import { systemName } from '../../../engine/measure/place.ts';
import { OTHER_CARD_WORDS } from './messages.ts';

type Told = Pick<GpuDescription, 'name' | 'vendor' | 'architecture'>;

/** Names of what is part of a processor: "AMD Radeon(TM) Graphics", "AMD Radeon 780M". */
const BUILT_IN_AMD = /graphics|\d{3}M\b/i;
/** Those of Intel that are not: "Intel(R) Arc(TM) A770 Graphics". */
const APART_INTEL = /\b[AB]\d{3}M?\b/;

/** Whether it may be part of a processor. Most browsers tell no name: then any card of AMD may be. */
function mayBeBuiltIn({ name, vendor, architecture }: Told): boolean {
  if (vendor === 'intel') return !APART_INTEL.test(name);
  const isNamed = name !== [vendor, architecture].filter(Boolean).join(' ');
  return vendor === 'amd' && (!isNamed || BUILT_IN_AMD.test(name));
}

/** How to compute on the other card, should there be one; null: no browser there needs to be told, or this is no small one. */
export function otherCardHint(gpu: Told, userAgent: string): string | null {
  const system = systemName(userAgent);
  if (system !== 'Windows' && system !== 'Linux') return null;
  return mayBeBuiltIn(gpu) ? OTHER_CARD_WORDS[system] : null;
}
