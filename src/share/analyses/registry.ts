/** The link sections of every analysis. */
import type { AnalysisId } from '../../study/config/config.ts';
import type { Section } from '../link/section.ts';
import { SCALED_UPDATES_SECTION } from './domains/link-scaled.ts';
import { DOMAINS_SECTION } from './domains/link.ts';
import { ATTENDANCE_SECTION } from './federated/link-attendance.ts';
import { DIVERGED_COURSES_SECTION } from './federated/link-diverged.ts';
import { OWN_IMAGES_SECTION } from './federated/link-own-images.ts';
import { FEDERATED_SECTION } from './federated/link.ts';
import { GEOMETRY_SECTION } from './geometry/link.ts';
import { MORE_LANDSCAPES_SECTION } from './landscape/link-more.ts';
import { LANDSCAPE_SECTION } from './landscape/link.ts';
import { MERGING_SECTION } from './merging/link.ts';
import { MULTITASK_SECTION } from './multitask/link.ts';
import { PLANES_SECTION } from './plane/link.ts';
import { PRUNING_SECTION } from './pruning/link.ts';
import { EVERY_COALITION_SECTION } from './shapley/link-coalitions.ts';
import { SHAPLEY_SECTION } from './shapley/link.ts';
import { SHARPNESS_SECTION } from './sharpness/link.ts';
import { SPECTRA_SECTION } from './spectra/link.ts';
import { TIMELINE_VARIANCES_SECTION } from './timeline/link-variances.ts';
import { TIMELINE_SECTION } from './timeline/link.ts';
import { TIMING_SECTION } from './timing/link.ts';

export const ANALYSIS_SECTIONS: Readonly<Record<AnalysisId, readonly Section[]>> = {
  landscape: [LANDSCAPE_SECTION, MORE_LANDSCAPES_SECTION],
  timeline: [TIMELINE_SECTION, TIMELINE_VARIANCES_SECTION],
  timing: [TIMING_SECTION],
  plane: [PLANES_SECTION],
  geometry: [GEOMETRY_SECTION],
  spectra: [SPECTRA_SECTION],
  sharpness: [SHARPNESS_SECTION],
  shapley: [SHAPLEY_SECTION, EVERY_COALITION_SECTION],
  pruning: [PRUNING_SECTION],
  merging: [MERGING_SECTION],
  federated: [FEDERATED_SECTION, ATTENDANCE_SECTION, DIVERGED_COURSES_SECTION, OWN_IMAGES_SECTION],
  multitask: [MULTITASK_SECTION],
  domains: [DOMAINS_SECTION, SCALED_UPDATES_SECTION],
};
