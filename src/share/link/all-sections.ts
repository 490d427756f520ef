/** All sections of a link but the description of the study (sections/meta.ts), in link order. */
import { ANALYSIS_SECTIONS } from '../analyses/registry.ts';
import type { Section } from './section.ts';
import { CONFUSIONS_SECTION } from './sections/confusions.ts';
import { EARLIER_IMAGE_VARIANCES_SECTION, IMAGE_VARIANCES_SECTION } from './sections/image-variances.ts';
import { LOSSES_SECTION } from './sections/losses.ts';
import {
  CREDIT_MOTIFS_SECTION,
  DOMAIN_MOTIFS_SECTION,
  MOTIFS_SECTION,
  TASKS_MOTIFS_SECTION,
} from './sections/motifs.ts';
import { RUNS_SECTION } from './sections/runs.ts';
import { TAKEN_SECTION } from './sections/taken.ts';
import { TESTED_VALIDATIONS_SECTION } from './sections/tested-validations.ts';

/** Tags of the most important sections, and of what they need. They follow the description, because a truncated link loses its last sections. */
const FIRST = [28, 3, 4, 2, 34, 5, 8, 9, 12];

/** These sections first, then the others by tag; loss curves are long and matter least. */
function placeOf({ tag }: Section): number {
  if (tag === LOSSES_SECTION.tag) return Infinity;
  return FIRST.includes(tag) ? FIRST.indexOf(tag) - FIRST.length : tag;
}

export const SECTIONS: readonly Section[] = [
  RUNS_SECTION,
  MOTIFS_SECTION,
  DOMAIN_MOTIFS_SECTION,
  TASKS_MOTIFS_SECTION,
  CREDIT_MOTIFS_SECTION,
  IMAGE_VARIANCES_SECTION,
  EARLIER_IMAGE_VARIANCES_SECTION,
  LOSSES_SECTION,
  TAKEN_SECTION,
  TESTED_VALIDATIONS_SECTION,
  CONFUSIONS_SECTION,
  ...Object.values(ANALYSIS_SECTIONS).flat(),
].toSorted((a, b) => placeOf(a) - placeOf(b));
